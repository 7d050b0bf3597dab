import Networks
import Search
import Spaces
import Statistics
import Testing

@Suite struct PopulationEvolutionTests {
    private let space = Spaces.named("macro")!

    /// The cost of architectures: live parameters to be small, depth of the live part to be large.
    private func judge(limit: Int = .max) throws -> (GeneMatrix) throws -> [PopulationEvolution.Verdict] {
        let model = try space.costModel(input: space.input, classes: space.classes)
        return { matrix in
            try model.costs(of: matrix).map { cost in
                .init(
                    values: [Double(cost.live.depth), -Double(cost.live.parameters)],
                    isFeasible: cost.live.macs <= limit)
            }
        }
    }

    @Test func `The front of a small space is found, and is the true one`() throws {
        var random = Random(Seed(0))
        let judge = try judge()
        let found = try PopulationEvolution(size: 60, generations: 40).run(in: space, using: &random, judge: judge)
        let all = try judge(GeneMatrix(space: space.name, length: space.genes.count, Array(space.architectures)))
        let values = all.map(\.values)
        let objectives = try Objectives((0..<2).map { goal in values.map { $0[goal] } }, [.maximise, .maximise])
        let front = Set(Pareto.front(objectives).map { values[$0] })
        #expect(front.count > 5)
        #expect(front.isSubset(of: Set(found.map(\.values))))
    }

    @Test func `One objective comes ordered, without isomorphic members and inside the constraint`() throws {
        var random = Random(Seed(1))
        let judge = try judge(limit: 60_000_000)
        let found = try PopulationEvolution(size: 20, generations: 10).run(in: space, using: &random) { matrix in
            try judge(matrix).map { .init(values: [$0.values[1]], isFeasible: $0.isFeasible) }
        }
        #expect(found.count == 20)
        #expect(found.map { $0.values[0] } == found.map { $0.values[0] }.sorted(by: >))
        #expect(Set(found.map { space.canonicalText(of: $0.architecture.genes) }).count == 20)
        let model = try space.costModel(input: space.input, classes: space.classes)
        for member in found { #expect(try model.cost(of: member.architecture.genes).live.macs <= 60_000_000) }
        var again = Random(Seed(1))
        let second = try PopulationEvolution(size: 20, generations: 10).run(in: space, using: &again) { matrix in
            try judge(matrix).map { .init(values: [$0.values[1]], isFeasible: $0.isFeasible) }
        }
        #expect(second == found)
    }

    @Test func `A constraint that nothing meets ends with an error`() throws {
        var random = Random(Seed(0))
        #expect {
            try PopulationEvolution(size: 100, generations: 3).run(in: space, using: &random, judge: judge(limit: 1))
        } throws: { error in
            guard case SearchError.nothingFeasible("macro", let examined, false) = error else { return false }
            return examined >= SearchDomain.patience
        }
        #expect(throws: SearchError.setting("population", expected: "at least 4")) {
            try PopulationEvolution(size: 3)
        }
    }
}
