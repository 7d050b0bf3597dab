import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

@Suite struct InitializationTests {
    let networks: [Network]

    init() throws {
        try Torch.setThreads(1)
        networks = try [[3, 3, 3, 3, 3, 3], [2, 3, 1, 4, 3, 3]].map { genes in
            try NATSTopology(channels: 16, cells: 1).network(for: Architecture(space: "nb201", genes: genes))
        }
    }

    private func tensors(_ network: Network, _ kind: Initialization = .standard, seed: UInt64 = 0) throws
        -> [String: Tensor]
    {
        let model = try Model(network, initialization: kind, seed: Seed(seed))
        return Dictionary(uniqueKeysWithValues: zip(model.parameterNames, model.parameters))
    }

    @Test func aPlaceHasTheSameWeightsInEveryArchitecture() throws {
        let (one, other) = (try tensors(networks[0]), try tensors(networks[1]))
        let shared = one.keys.filter { other[$0] != nil && other[$0]!.shape == one[$0]!.shape }
        #expect(shared.count > 30)
        for name in shared { #expect(try one[name]!.isEqual(to: other[name]!)) }
        let name = "cells.0.layers.1.op.1.weight"
        #expect(try !one[name]!.isEqual(to: tensors(networks[0], seed: 1)[name]!))
        #expect(try !one[name]!.isEqual(to: one["cells.0.layers.5.op.1.weight"]!))
    }

    @Test(arguments: Initialization.allCases)
    func weightsHaveTheirDeviation(_ kind: Initialization) throws {
        let all = try tensors(networks[0], kind)
        // A 3×3 convolution from 64 to 64 channels, and the classifier from 64 to 10.
        let (inputs, outputs) = (576.0, 576.0)
        let variance: Double =
            switch kind {
            case .standard: 1 / (3 * inputs)
            case .xavier: 2 / (inputs + outputs)
            case .kaimingNormal: 2 / inputs
            case .normal: 1
            }
        let weight = try #require(all["cells.4.layers.0.op.1.weight"])
        #expect(weight.shape == [64, 64, 3, 3])
        // Six standard errors of 36,864 draws.
        #expect(try abs(weight.mean().item()) < 6 * (variance / 36864).squareRoot())
        #expect(try abs(weight.variance().item() / variance - 1) < 6 * (2.0 / 36864).squareRoot())
        let bias = try #require(all["classifier.bias"])
        #expect(try bias.abs().max().item() <= (kind == .normal ? 0 : 0.125))
        #expect(try kind == .normal || bias.abs().max().item() > 0)
        #expect(try all["stem.1.weight"]!.min().item() == 1 && all["stem.1.bias"]!.abs().max().item() == 0)
    }

    @Test func uniformWeightsStayWithinTheirBound() throws {
        let weight = try #require(try tensors(networks[0])["cells.4.layers.0.op.1.weight"])
        let bound = 1.0 / 24
        #expect(try weight.abs().max().item() <= bound)
        #expect(try weight.abs().max().item() > 0.999 * bound)
    }

    /// The stream must not change: published seeds depend on it.
    @Test func theStreamStays() throws {
        let stem = try #require(try tensors(networks[0])["stem.0.weight"])
        try expect(stem.reshaped(-1).sliced(0..<3), isCloseTo: streamOfStem, tolerance: 1e-7)
    }

    private let streamOfStem: [Double] = [
        0.06573658436536789, -0.12179765105247498, -0.05732429027557373,
    ]
}
