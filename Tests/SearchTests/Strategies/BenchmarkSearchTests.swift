import Search
import Spaces
import Statistics
import Testing

/// Searches of published tables.
@Suite struct BenchmarkSearchTests {
    /// How many queries a run needs for the best value of a table; `cap` + 1 where it does not find it.
    private func queries(
        _ name: String, _ domain: SearchDomain, _ column: BenchmarkColumn, seed: UInt64, cap: Int
    ) throws -> Int {
        let best = try #require(column.values.max())
        var strategy = try #require(Strategies.named(name)).make(domain)
        var generator = Random(seed: seed)
        let trials = try SearchLoop.run(
            &strategy, queries: cap, objectives: 1, using: &generator,
            evaluate: { .values([column.value(for: $0.genes) ?? .nan]) }, isDone: { $0 == [best] })
        return trials.last?.outcome.values == [best] ? trials.count : cap + 1
    }

    /// Random search of n classes expects (n + 1)/2 queries for one of them; local search needs far fewer.
    @Test func `local search finds the best cell of CIFAR-100`() throws {
        let column = try Tables.shipped.accuracy(space: "nb201", data: "cifar100")
        let domain = try SearchDomain(NATSTopology())
        #expect(domain.pool?.architectures.count == 6_466)
        let runs = try (0..<10).map { try queries("local_search", domain, column, seed: $0, cap: 1_000) }
        #expect(try #require(Quantiles(runs.map(Double.init))).median < 150)
    }

    /// Of 3,969 classes; in those that begin with three large blocks, so that an unoptimised build is quick.
    @Test func `auto finds the best architecture of NAS-Bench-Macro`() throws {
        let column = try Tables.shipped.accuracy(space: "macro", data: "cifar10")
        #expect(try SearchDomain(NASBenchMacro()).pool?.architectures.count == 3_969)
        let domain = try SearchDomain(NASBenchMacro()) { $0.genes.prefix(3).allSatisfy { $0 == 2 } }
        #expect(try queries("auto", domain, column, seed: 0, cap: 60) <= 60)
    }

    /// The front of accuracy and latency, as an area above the reference point.
    @Test func `the hypervolume of NSGA-II comes near the table's`() throws {
        let accuracy = try Tables.shipped.accuracy(space: "nb201", data: "cifar10")
        let latency = try Tables.shipped.latency(space: "nb201", device: "raspi4")
        let domain = try SearchDomain(NATSTopology(), objectives: 2)
        var strategy: any Strategy = try NSGA2(domain)
        var generator = Random(seed: 0)
        let trials = try SearchLoop.run(&strategy, queries: 2_000, objectives: 2, using: &generator) { architecture in
            .values([
                accuracy.value(for: architecture.genes) ?? .nan, -(latency.value(for: architecture.genes) ?? .nan),
            ])
        }
        #expect(trials.count == 2_000)
        func volume(_ points: [[Double]]) throws -> Double {
            let objectives = try Objectives([points.map { $0[0] }, points.map { $0[1] }], [.maximise, .maximise])
            return try Hypervolume.measure(objectives, reference: [0, -(latency.values.max() ?? 0)])
        }
        let whole = try volume(
            accuracy.values.indices.map { row in
                [accuracy.values[row], -(latency.value(for: accuracy.index.genes(at: row)) ?? .nan)]
            })
        #expect(try volume(trials.map(\.outcome.values)) > 0.99 * whole)
    }
}
