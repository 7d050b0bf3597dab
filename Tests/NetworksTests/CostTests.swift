import Testing

@testable import Networks

/// Counts on small graphs, worked out by hand.
@Suite struct CostTests {
    /// A block with a shortcut: input a (4·8·8 floats = 1,024 B), convolution b, ReLU c, sum of a and c.
    private func shortcut() throws -> Network {
        var net = NetworkBuilder(input: Shape(4, 8, 8))
        var x = try net.convolution(net.input, "conv", to: 4, .init(3), bias: true)
        x = try net.activation(x)
        x = try net.add(.add, [x, net.input])
        return net.finish(x)
    }

    @Test func aShortcutKeepsItsInputAlive() throws {
        let cost = try shortcut().cost
        #expect(cost.parameters == 4 * 4 * 9 + 4)
        #expect(cost.macs == 4 * 4 * 9 * 64)
        #expect(cost.activationBytes == 3 * 1_024)
        // While the sum runs, the input, the ReLU's result and the sum are alive; the convolution's is gone.
        #expect(cost.peakBytes == 3 * 1_024)
        #expect(cost.depth == 1)
    }

    @Test func withoutReadersTheInputIsFreed() throws {
        var net = NetworkBuilder(input: Shape(4, 8, 8))
        let x = try net.activation(try net.activation(try net.activation(net.input)))
        #expect(net.finish(x).cost.peakBytes == 2 * 1_024)
    }

    @Test func biasesCountWhereTheConventionSaysSo() throws {
        var net = NetworkBuilder(input: Shape(64, 4, 4))
        let x = try net.classifier(net.input, "fc", classes: 10)
        #expect(net.finish(x).cost.macs == 640)
        let y = try net.classifier(net.input, "fc", classes: 10)
        #expect(net.finish(y, counting: .weightsAndBiases).cost.macs == 650)
    }

    @Test func viewsNeedNoMemory() throws {
        var net = NetworkBuilder(input: Shape(2, 4, 4))
        let x = try net.add(.flatten, try net.add(.identity, net.input))
        let cost = net.finish(x).cost
        #expect(cost.activationBytes == 0)
        #expect(cost.peakBytes == 128)
    }

    @Test(arguments: [
        (Layer.Window(3), 32, 32), (Layer.Window(3, stride: 2), 32, 16), (Layer.Window(5, stride: 2), 15, 8),
        (Layer.Window(3, dilation: 2), 32, 32), (Layer.Window(5, stride: 2, dilation: 2), 32, 16),
        (Layer.Window(2, stride: 2, padding: 0), 33, 16), (Layer.Window(1, stride: 2), 31, 16),
    ])
    func windowsStepAsInPyTorch(window: Layer.Window, length: Int, steps: Int) throws {
        var net = NetworkBuilder(input: Shape(1, length, length))
        let x = try net.add(.maxPool(window), net.input)
        #expect(net.shape(of: x) == Shape(1, steps, steps))
    }

    @Test func groupsDivideWeightsAndWork() throws {
        var net = NetworkBuilder(input: Shape(8, 4, 4))
        let x = try net.convolution(net.input, "grouped", to: 16, .init(1), groups: 2)
        let y = try net.depthwise(x, "depthwise", .init(3))
        let network = net.finish(y)
        #expect(network.parameters.map(\.extents) == [[16, 4, 1, 1], [16, 1, 3, 3]])
        #expect(network.cost.macs == 16 * 4 * 16 + 16 * 9 * 16)
        #expect(network.cost.depth == 2)
    }

    @Test func squeezedFactorsSpreadOverMaps() throws {
        var net = NetworkBuilder(input: Shape(8, 4, 4))
        let gate = try net.activation(try net.add(.globalAveragePool, net.input), .hardSigmoid)
        let x = try net.add(.multiply, [net.input, gate])
        #expect(net.shape(of: x) == Shape(8, 4, 4))
    }

    @Test func aFragmentTellsBothPeaks() throws {
        let piece = try Fragment(input: Shape(4, 8, 8)) { try $0.activation(try $0.activation($1)) }
        #expect(piece.cost.peakBytes == 2 * 1_024)
        #expect(piece.holdingPeakBytes == 3 * 1_024)
        #expect(!piece.isView)
        #expect(try Fragment(input: Shape(4, 8, 8)) { try $0.add(.identity, $1) }.isView)
    }
}
