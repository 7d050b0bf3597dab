import Testing

@testable import Networks

@Suite struct LivenessTests {
    @Test func deadTermsAndTheirSourcesDrop() throws {
        var net = NetworkBuilder(input: Shape(2, 4, 4))
        let kept = try net.convolution(net.input, "kept", to: 2, .init(1))
        let lost = try net.convolution(net.input, "lost", to: 2, .init(3))
        let x = try net.add(.add, [kept, try net.add(.zero, lost)])
        let after = try net.batchNorm(x, "after")
        let live = try net.finish(after).live()
        #expect(live.parameters.map(\.name) == ["kept.weight", "after.weight", "after.bias"])
        #expect(live.cost.macs == 2 * 2 * 16)
        #expect(live.cost.activationBytes == 2 * 128)
    }

    @Test func aConcatenationKeepsItsWidth() throws {
        var net = NetworkBuilder(input: Shape(2, 4, 4))
        let lost = try net.add(.zero, try net.convolution(net.input, "lost", to: 3, .init(1)))
        let x = try net.add(.concatenate, [lost, net.input])
        let y = try net.convolution(x, "next", to: 4, .init(1))
        let live = try net.finish(y).live()
        #expect(live.nodes.map(\.layer).contains(.blank(Shape(3, 4, 4))))
        #expect(live.parameters.map(\.extents) == [[4, 5, 1, 1]])
        #expect(live.nodes[live.output].shape == Shape(4, 4, 4))
    }

    @Test func nothingIsLiveWithoutAPath() throws {
        var net = NetworkBuilder(input: Shape(2, 4, 4))
        let x = try net.batchNorm(try net.add(.zero, net.input), "bn")
        let network = net.finish(x)
        #expect(!network.isConnected)
        #expect(network.liveCost == NetworkCost())
        let error = try #require(throws: NetworkError.self) { try network.live() }
        #expect(error.description.contains("no path"))
    }

    @Test func aDeadFactorKillsAProduct() throws {
        var net = NetworkBuilder(input: Shape(2, 4, 4))
        let x = try net.add(.multiply, [net.input, try net.add(.zero, net.input)])
        #expect(!net.finish(x).isConnected)
    }

    @Test func aWholeNetworkIsItsOwnLivePart() throws {
        var net = NetworkBuilder(input: Shape(2, 4, 4))
        let x = try net.classifier(try net.convolution(net.input, "conv", to: 4, .init(3)), "fc", classes: 3)
        let network = net.finish(x)
        #expect(try network.live() == network)
    }
}
