import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

/// An architecture to run, shown by its space.
private struct Subject: CustomTestStringConvertible, Sendable {
    let name: String
    let network: Network
    var testDescription: String { name }

    static let all: [Subject] = {
        do {
            let mine = try ChainSpace(
                name: "mine", input: Shape(3, 16, 16), classes: 7, stem: 8,
                stages: [
                    ChainStage([.mbconvSE], kernels: [3, 5], expansions: [3], channels: [8], depths: [1, 2]),
                    ChainStage([.dsconv, .residual], channels: [16], depths: [1], stride: 2),
                ])
            let spaces: [any Space] = [
                NATSTopology(channels: 4, cells: 1), NATSSize(), NASBenchMacro(), FBNet(), DARTS(channels: 4, cells: 3),
                mine,
            ]
            return try spaces.flatMap { space in
                var random = Random(seed: 5)
                return try (0..<3).map { number in
                    let architecture = try space.sample(count: 1, using: &random)[0]
                    let input = space.name == "fbnet" ? Shape(3, 32, 32) : Shape(3, 16, 16)
                    let network = try space.network(for: architecture, input: input, classes: 7)
                    return Subject(name: "\(space.name) \(number)", network: network)
                }
            }
        } catch { preconditionFailure("the tests' networks must build: \(error)") }
    }()
}

private func images(_ network: Network, _ count: Int, dtype: DType = .float32) throws -> Tensor {
    let shape = [count, network.input.channels, network.input.height, network.input.width]
    return try Tensor.randn(shape, using: Generator(seed: 1)).to(dtype)
}

@Suite struct ModelTests {
    init() throws { try Torch.setThreads(1) }

    @Test(arguments: Subject.all)
    fileprivate func everyLayerHasItsShapeAndGradientsAreFinite(_ subject: Subject) throws {
        let model = try Model(subject.network, options: .init(dead: .keep))
        let input = try images(subject.network, 3).requireGrad()
        let logits = try model.forward(input, mode: .training) { flow in
            #expect(flow.output.count == 3 * flow.node.shape.count, "\(flow.node.name) \(flow.node.layer)")
            return nil
        }
        #expect(logits.shape == [3, 7])
        let gradients = try gradIfUsed([logits.sum()], [input] + model.parameters)
        #expect(!gradients.contains { $0 == nil })
        for gradient in gradients { #expect(try gradient!.isFinite().all()) }
    }

    @Test(arguments: Subject.all)
    fileprivate func deadPartsDoNotChangeTheResult(_ subject: Subject) throws {
        guard subject.network.isConnected else { return }
        let input = try images(subject.network, 3, dtype: .float64)
        let results = try Model.Dead.allCases.map { dead in
            let model = try Model(subject.network, seed: Seed(3), options: .init(dtype: .float64, dead: dead))
            return try noGrad { try model.forward(input, mode: .training) }
        }
        try expect(results[0], isCloseTo: results[1].array())
    }

    @Test(arguments: Subject.all)
    fileprivate func channelsLastDoesNotChangeTheResult(_ subject: Subject) throws {
        let input = try images(subject.network, 2, dtype: .float64)
        let results = try [false, true].map { last in
            let options = Model.Options(dtype: .float64, dead: .keep, channelsLast: last)
            return try noGrad { try Model(subject.network, options: options).forward(input, mode: .training) }
        }
        try expect(results[0], isCloseTo: results[1].array())
    }

    @Test func aNetworkWithoutPathIsRefusedUnlessKept() throws {
        let space = NATSTopology(channels: 4, cells: 1)
        let network = try space.network(for: Architecture(space: space.name, genes: [0, 0, 0, 0, 0, 0]))
        #expect(throws: NetworkError.self) { try Model(network) }
        #expect(try Model(network, options: .init(dead: .keep)).weights.count == 8)
    }

    @Test func deadPartsHaveGradientsOfZeroWhereKept() throws {
        let space = NATSTopology(channels: 4, cells: 1)
        // Node 1 leads nowhere: its incoming convolution is dead.
        let network = try space.network(for: Architecture(space: space.name, genes: [3, 2, 0, 1, 0, 3]))
        let model = try Model(network, options: .init(dead: .keep))
        try model.forward(images(network, 2), mode: .training).sum().backward()
        let dead = try #require(model.parameterNames.firstIndex(of: "cells.0.layers.0.op.1.weight"))
        #expect(try model.parameters[dead].grad?.abs().max().item() == 0)
        #expect(try !Model(network).parameterNames.contains("cells.0.layers.0.op.1.weight"))
    }

    @Test func aTapSeesAndReplaces() throws {
        let network = try NATSTopology(channels: 4, cells: 1).network(
            for: Architecture(space: "nb201", genes: [3, 3, 3, 3, 3, 3]))
        let model = try Model(network)
        var places: [Int] = []
        let logits = try model.forward(images(network, 2), mode: .batch) { flow in
            places.append(flow.index)
            return flow.node.name == "classifier" ? try flow.output * 0 + 5 : nil
        }
        #expect(places == Array(1..<network.nodes.count))
        try expect(logits, isCloseTo: Array(repeating: 5, count: 20))
    }

    @Test func normalisationFollowsTheMode() throws {
        let network = try NATSTopology(channels: 4, cells: 1).network(
            for: Architecture(space: "nb201", genes: [3, 1, 1, 1, 1, 1]))
        let model = try Model(network, options: .init(dtype: .float64))
        let input = try images(network, 4, dtype: .float64)
        func first(_ mode: Model.Mode) throws -> (input: Tensor, output: Tensor) {
            var seen: (Tensor, Tensor)?
            _ = try model.forward(input, mode: mode) { flow in
                if flow.node.name == "stem.1" { seen = (flow.input, flow.output) }
                return nil
            }
            return try #require(seen)
        }
        try expect(first(.batch).output.mean(0, 2, 3), isCloseTo: [0, 0, 0, 0])
        try expect(model.runningVariances[0], isCloseTo: [1, 1, 1, 1])
        let (bare, same) = try first(.unnormalized)
        try expect(same, isCloseTo: bare.array())
        _ = try first(.training)
        let unbiased: [Double] = try bare.variance(0, 2, 3).array()
        try expect(model.runningVariances[0], isCloseTo: unbiased.map { 0.9 + 0.1 * $0 })
        let mean: [Double] = try bare.mean(0, 2, 3).array()
        let seen = try first(.evaluation).output.mean(0, 2, 3)
        let expected = zip(mean, unbiased).map { ($0 - 0.1 * $0) / (0.9 + 0.1 * $1 + 1e-5).squareRoot() }
        try expect(seen, isCloseTo: expected)
    }

    @Test func resultsAreReleasedAfterTheirLastReader() throws {
        final class Weak { weak var tensor: Tensor? }
        let network = try NATSTopology(channels: 4, cells: 1).network(
            for: Architecture(space: "nb201", genes: [3, 3, 3, 3, 3, 3]))
        let model = try Model(network)
        var results: [Weak] = []
        var most = 0
        try noGrad {
            _ = try model.forward(images(network, 2), mode: .batch) { flow in
                results.append(Weak())
                results.last?.tensor = flow.output
                most = max(most, results.count { $0.tensor != nil })
                return nil
            }
        }
        // Within a cell: three earlier nodes, terms of a sum, and the layer at work.
        #expect(most <= 7)
        #expect(!results.contains { $0.tensor != nil })
    }

    @Test func otherParametersMakeAnotherModel() throws {
        let network = try NATSTopology(channels: 4, cells: 1).network(
            for: Architecture(space: "nb201", genes: [3, 3, 3, 3, 3, 3]))
        let model = try Model(network)
        let positive = try noGrad { try model.mapping { try $0.abs() } }
        #expect(try positive.weights[0].min().item() >= 0)
        #expect(try model.weights[0].min().item() < 0)
    }

    @Test(arguments: [Layer.Window(3), .init(2, stride: 2, padding: 0), .init(3, stride: 2)])
    func meansByConvolutionAreAveragePools(_ window: Layer.Window) throws {
        var net = NetworkBuilder(input: Shape(5, 9, 8))
        let pooled = try net.add(.averagePool(window), net.input)
        let network = net.finish(pooled)
        let results = try [DType.float32, .float64].map { dtype in
            let model = try Model(network, options: .init(dtype: dtype))
            let input = try images(network, 2, dtype: dtype).clone().requireGrad()
            let output = try model.forward(input, mode: .training)
            return (output, try grad([output.square().sum()], [input])[0])
        }
        try expect(results[0].0, isCloseTo: results[1].0.array(), tolerance: 1e-6)
        try expect(results[0].1, isCloseTo: results[1].1.array(), tolerance: 1e-6)
        // Images of another size than the network's go through too.
        let other = try Tensor.ones([1, 5, 6, 6])
        #expect(try Model(network).forward(other, mode: .training).max().item() == 1)
    }

    @Test func manyThreadsComputeTheSame() throws {
        let blueprint = Blueprint(Subject.all[0].network, dead: .keep)
        let results = try Parallel.map(16, chunk: 1) { _ in
            try Torch.setThreads(1)
            let model = try blueprint.model(dtype: .float64)
            let logits = try model.forward(images(blueprint.network, 2, dtype: .float64), mode: .training)
            return try logits.array(of: Double.self)
        }
        #expect(Set(results).count == 1)
    }
}
