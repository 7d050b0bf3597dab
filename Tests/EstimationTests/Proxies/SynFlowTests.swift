import Networks
import Spaces
import Statistics
import Tensors
import Testing
import Training

@testable import Estimation

/// The forward pass that counts paths, against derivatives in `float64`.
@Suite(.serialized)
struct SynFlowTests {
    private func probe(_ network: Network, seed: UInt64 = 5, dtype: DType = .float64) -> Probe {
        Probe(network, weights: Weights(seed: Seed(seed), dtype: dtype), examples: nil, needs: .weights)
    }

    /// NATS-Bench's networks, with pools, dead edges and long chains of 3×3 convolutions; its size space; and
    /// NAS-Bench-Macro's depthwise convolutions.
    @Test(arguments: 0..<12)
    func equalsTheDerivative(_ number: Int) throws {
        try Torch.setThreads(1)
        var random = Random(seed: UInt64(number))
        let spaces: [any Space] = [NATSTopology(channels: 4, cells: 2), NATSSize(), NASBenchMacro()]
        let space = spaces[number % 3]
        let network = try space.network(for: space.sample(using: &random))
        guard network.isConnected, PathFlow.applies(to: network) else { return }
        let value = try SynFlow().value(of: probe(network))
        let reference = try SynFlow().terms(of: probe(network)).reduce(0, +)
        #expect(abs(value - reference) <= 1e-5 * reference, "\(value), not \(reference)")
    }

    /// Chains that reach across half the map, where nothing repeats any more, and input sizes of all kinds.
    @Test(arguments: [8, 12, 17, 32, 33])
    func repetitionsAreExact(_ side: Int) throws {
        try Torch.setThreads(1)
        for depth in [1, 3, 9] {
            var net = NetworkBuilder(input: Shape(2, side, side))
            var x = net.input
            for layer in 0..<depth {
                let convolved = try net.convolution(
                    x, "c\(layer)", to: 3, .init(layer % 3 == 2 ? 5 : 3), bias: layer % 2 == 1)
                x = layer == 0 ? convolved : try net.add(.add, [net.add(.averagePool(.init(3)), x), convolved])
            }
            let network = net.finish(try net.classifier(x, "classifier", classes: 4))
            let value = try SynFlow().value(of: probe(network))
            let reference = try SynFlow().terms(of: probe(network)).reduce(0, +)
            #expect(abs(value - reference) <= 1e-5 * reference, "depth \(depth): \(value), not \(reference)")
        }
    }

    /// The largest network of NAS-Bench-201 exceeds `float32`'s range, and is known to `float64`'s digits.
    @Test func largeValuesDoNotOverflow() throws {
        try Torch.setThreads(1)
        let space = NATSTopology()
        let cell = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|"
        let network = try space.network(for: space.parse(cell))
        let value = try SynFlow().value(of: probe(network, dtype: .float32))
        #expect(value > 1e47 && value < 1e51)
        let reference = try SynFlow().terms(of: probe(network)).reduce(0, +)
        #expect(abs(value - reference) <= 1e-5 * reference)
    }

    /// Beyond the range of `Double` there is no number.
    @Test func overflowHasNoScore() throws {
        try Torch.setThreads(1)
        var net = NetworkBuilder(input: Shape(64, 2, 2))
        var x = net.input
        for layer in 0..<200 { x = try net.convolution(x, "c\(layer)", to: 64, .init(3)) }
        let network = net.finish(try net.classifier(x, "classifier", classes: 10))
        let probe = Probe(network, weights: Weights(.normal, seed: Seed(0)), examples: nil, needs: .weights)
        #expect(try Score { try SynFlow().value(of: probe) } == .none("the value is infinite"))
    }
}
