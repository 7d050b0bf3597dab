import Networks
import Testing

@testable import Spaces

/// What every space promises, checked on each of them.
@Suite struct Conformance {
    static let spaces: [any Space] = Spaces.all

    @Test(arguments: spaces)
    func costModelEqualsTheGraph(space: any Space) throws {
        var generator = SplitMix(seed: 1)
        let model = try space.costModel(input: space.input, classes: space.classes)
        for architecture in try space.sample(count: 40, using: &generator) {
            let network = try space.network(for: architecture)
            let cost = try model.cost(of: architecture.genes)
            #expect(cost.raw == network.cost, "\(space.describe(architecture))")
            #expect(cost.live == network.liveCost, "\(space.describe(architecture))")
        }
    }
}
