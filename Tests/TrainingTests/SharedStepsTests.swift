import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

/// That a model computes nothing twice, and the same as when it computes everything. With a tap it does the latter.
@Suite struct SharedStepsTests {
    init() throws { try Torch.setThreads(1) }

    /// A network by its space's name.
    struct Subject: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let network: Network
    }

    static let subjects: [Subject] = {
        do {
            let topology = NATSTopology(channels: 4, cells: 1)
            let genes: [[UInt8]] = [
                [3, 3, 3, 3, 3, 3], [4, 4, 4, 4, 4, 4], [4, 2, 4, 3, 4, 4], [1, 3, 2, 4, 1, 3], [3, 2, 0, 1, 0, 3],
                [0, 0, 0, 2, 0, 0], [1, 1, 1, 1, 1, 1],
            ]
            let cells = try genes.map { genes in
                Subject(
                    testDescription: "nb201 \(genes)",
                    network: try topology.network(
                        for: Architecture(space: topology.name, genes: genes), input: Shape(3, 16, 16), classes: 7))
            }
            let spaces: [any Space] = [topology, NASBenchMacro(), FBNet(), DARTS(channels: 4, cells: 3)]
            return try cells
                + spaces.flatMap { space in
                    var random = Random(seed: 2)
                    return try space.sample(count: 3, using: &random).map { architecture in
                        let input = space.name == "fbnet" ? Shape(3, 32, 32) : Shape(3, 16, 16)
                        let network = try space.network(for: architecture, input: input, classes: 7)
                        return Subject(testDescription: "\(space.name) \(architecture.genes)", network: network)
                    }
                }
        } catch { preconditionFailure("the tests' networks must build: \(error)") }
    }()

    @Test(arguments: subjects, Model.Dead.allCases)
    func `sharing changes no result`(_ subject: Subject, _ dead: Model.Dead) throws {
        guard dead == .keep || subject.network.isConnected else { return }
        let shape = subject.network.input
        let input = try Tensor.randn(
            [3, shape.channels, shape.height, shape.width], using: Generator(seed: 1)
        ).to(.float64)
        let found = try [nil, { _ in nil } as Model.Tap].map { tap in
            let model = try Model(
                subject.network, seed: Seed(3), options: .init(dtype: .float64, dead: dead, channelsLast: true))
            let logits = try model.forward(input, mode: .training, tap: tap)
            let gradients = try gradIfUsed([logits.square().sum()], model.parameters)
            return (try [logits] + gradients.map { try #require($0) }, try model.state())
        }
        for (shared, whole) in zip(found[0].0, found[1].0) {
            #expect(shared.shape == whole.shape)
            #expect(try (shared - whole).abs().max().item() <= 1e-9 * max(1, whole.abs().max().item()))
        }
        for (shared, whole) in zip(found[0].1.entries, found[1].1.entries) {
            #expect(try (shared.tensor() - whole.tensor()).abs().max().item() == 0, "\(shared.name)")
        }
    }

    @Test func `edges that leave a node share their activation`() throws {
        let space = NATSTopology(channels: 4, cells: 1)
        let network = try space.network(for: Architecture(space: space.name, genes: [3, 3, 3, 3, 3, 3]))
        let plan = Plan(network)
        func activations(_ steps: [Plan.Step]) -> Int {
            steps.count { if case .activation = network.nodes[$0.node].layer { true } else { false } }
        }
        // Of six edges a cell: three leave the first node, two the second, one the third.
        #expect(activations(plan.steps) - activations(plan.shared.steps) == 3 * 3)
        #expect(plan.steps.count - plan.shared.steps.count == 3 * 3)
    }
}
