import Search
import Spaces
import Statistics
import Testing

/// Statistics over the measurements of all 15,625 cells of the topology space, against published figures.
@Suite struct PublishedTests {
    /// On CIFAR-10 a cell's 3×3 convolutions hold 243,040 parameters each and its 1×1 convolutions 28,000: the number
    /// of parameters has Spearman's ρ = .753/.728/.691 with the accuracy.
    @Test(arguments: [("cifar10", 0.753), ("cifar100", 0.728), ("imagenet16_120", 0.691)])
    func parametersPredictAccuracy(_ data: String, _ expected: Double) throws {
        let accuracy = try Tables.shipped.accuracy(space: "nb201", data: data)
        let parameters = (0..<accuracy.index.count).map { row in
            accuracy.index.genes(at: row).reduce(0.0) { $0 + ($1 == 3 ? 243_040 : $1 == 2 ? 28_000 : 0) }
        }
        let rho = try #require(try Correlation(.spearman, parameters, accuracy.values).coefficient)
        #expect((rho - expected).magnitude < 6e-4)
    }

    /// Cross-data-set correlations of the benchmark, .980, .959 and .964.
    @Test(arguments: [
        ("cifar10", "cifar100", 0.980), ("cifar10", "imagenet16_120", 0.959), ("cifar100", "imagenet16_120", 0.964),
    ])
    func dataSetsAgree(_ first: String, _ second: String, _ expected: Double) throws {
        let (x, y) = try (
            Tables.shipped.accuracy(space: "nb201", data: first), Tables.shipped.accuracy(space: "nb201", data: second)
        )
        let rho = try #require(try Correlation(.spearman, x.values, y.values).coefficient)
        #expect((rho - expected).magnitude < 6e-4)
    }

    /// The most accurate cell and the fastest one lie at the ends of the front.
    @Test func frontOfAccuracyAndLatency() throws {
        let accuracy = try Tables.shipped.accuracy(space: "nb201", data: "cifar10").values
        let latency = try Tables.shipped.latency(space: "nb201", device: "pixel3").values
        let objectives = try Objectives([accuracy, latency], [.maximise, .minimise])
        let front = Pareto.front(objectives).sorted { latency[$0] < latency[$1] }
        #expect(front.last.map { accuracy[$0] } == 94.3733)
        #expect(front.first.map { latency[$0] } == latency.min())
        #expect(zip(front, front.dropFirst()).allSatisfy { accuracy[$0] <= accuracy[$1] })
        let volume = try Hypervolume.measure(objectives, reference: [0, 40])
        #expect(volume < 94.3733 * 40 && volume > 0.9 * 94.3733 * 40)
    }
}
