import Networks
import Testing

@testable import Spaces

/// The elastic space: what its genes stand for, and the parts that its networks share.
@Suite struct OFATests {
    static func tiny() throws -> OFASpace {
        try OFASpace(blocks: 2, depths: [2, 1], widths: [3, 2], kernels: [5, 3], resolutions: [8, 6])
    }

    @Test func `the paper's space has its size`() {
        // ((3·3)² + (3·3)³ + (3·3)⁴)⁵ ≈ 2·10¹⁹ networks differ; genes of layers beyond the depth come on top.
        let space = OFASpace.paper
        #expect(space.genes.count == 5 * (1 + 4 * 2))
        let stage = 3.0 * 6_561
        #expect(space.combinations == stage * stage * stage * stage * stage)
    }

    /// Multiply-adds of the parts of MobileNetV3-Large that do not change, and of one layer, by hand.
    @Test func `the largest network of the paper adds up`() throws {
        let space = OFASpace.paper
        let network = try space.network(of: space.largest, input: space.input, classes: 1_000)
        let shapes = network.blocks.map { "\($0.name) \($0.output)" }
        #expect(shapes.contains("stem 16×112×112"))
        #expect(shapes.contains("blocks.4 160×7×7"))
        #expect(shapes.contains("mix 1280×1×1"))
        // The stem: 3·9·16 weights and 2·16 of its batch norm; the fixed layer: 16·9 + 16·16 weights and 2·2·16.
        #expect(network.parameters.prefix(9).map(\.count) == [432, 16, 16, 144, 16, 16, 256, 16, 16])
        let layer = network.parameters.filter { $0.name.hasPrefix("blocks.1.layers.0.") }
        // 24 → 144 → 40 channels, kernel 7, squeezed to 40: (144/4 + 4)/8·8 = 40.
        let (convolutions, squeeze, norms): (Int, Int, Int) = (16_272, 11_704, 656)
        #expect(convolutions == [24 * 144, 144 * 49, 144 * 40].reduce(0, +))
        #expect(squeeze == [144 * 40, 40, 40 * 144, 144].reduce(0, +))
        #expect(norms == [2 * 144, 2 * 144, 2 * 40].reduce(0, +))
        #expect(layer.reduce(0) { $0 + $1.count } == convolutions + squeeze + norms)
    }

    @Test func `layers beyond the depth change nothing`() throws {
        let space = try Self.tiny()
        let one = try space.parse("r8|d1:k3w2,k3w2|d2:k5w3,k3w2").genes
        let other = try space.parse("r8|d1:k3w2,k5w3|d2:k5w3,k3w2").genes
        #expect(one != other)
        #expect(space.canonicalText(of: one) == "r8|d1:k3w2|d2:k5w3,k3w2")
        #expect(space.canonicalText(of: one) == space.canonicalText(of: other))
        #expect(
            try space.network(of: one, input: space.input, classes: 10)
                == space.network(of: other, input: space.input, classes: 10))
    }

    @Test func `distinct networks are as many as the formula says`() throws {
        let space = try OFASpace(blocks: 2, depths: [1, 2], widths: [2, 3], kernels: [3, 5])
        let texts = Set(space.architectures.map { space.canonicalText(of: $0.genes) })
        #expect(texts.count == (4 + 16) * (4 + 16))
    }

    @Test func `every parameter is a leading part of the largest network's`() throws {
        let space = try Self.tiny()
        let largest = try space.network(of: space.largest, input: space.input, classes: 10)
        let extents = Dictionary(uniqueKeysWithValues: largest.parameters.map { ($0.name, $0.extents) })
        for architecture in space.architectures.prefix(4_096) {
            for parameter in try space.network(for: architecture).parameters {
                let whole = try #require(extents[parameter.name])
                #expect(zip(parameter.extents, whole).allSatisfy { $0 <= $1 })
            }
        }
    }

    @Test func `resolutions shrink the images`() throws {
        let space = try Self.tiny()
        let small = try space.parse("r6|d1:k3w2,k3w2|d2:k5w3,k3w2").genes
        #expect(try space.network(of: small, input: Shape(3, 32, 16), classes: 2).input == Shape(3, 24, 12))
        #expect(space.input(of: small, within: Shape(3, 32, 16)) == Shape(3, 24, 12))
        let model = try space.costModel(input: Shape(3, 32, 32), classes: 5)
        let network = try space.network(of: small, input: Shape(3, 32, 32), classes: 5)
        #expect(try model.cost(of: small).raw == network.cost)
    }

    @Test func `channel groups fit their tensors`() throws {
        let space = OFASpace.paper
        let network = try space.network(of: space.largest, input: space.input, classes: 10)
        let extents = Dictionary(uniqueKeysWithValues: network.parameters.map { ($0.name, $0.extents) })
        let groups = space.channelGroups
        #expect(groups.count == 20 + 12)
        for member in groups.flatMap({ group in group.members.map { (group, $0) } }) {
            #expect(try #require(extents[member.1.name])[member.1.dimension] == member.0.counts.last)
        }
        #expect(Set(groups.flatMap(\.members)).count == groups.flatMap(\.members).count)
    }

    @Test func `names state the choices`() throws {
        #expect(try Self.tiny().name == "ofa_tiny_b2_d1_2_w2_3_k3_5_r6_8")
        #expect(OFASpace.paper.name == "ofa_mbv3")
    }

    @Test(arguments: [
        (0, [1, 2], [2, 3], [3, 5]), (2, [0, 1], [2], [3]), (2, [1, 1], [2], [3]), (2, [1], [2], [3]),
        (2, [1, 2], [2], [3, 4]), (2, [], [2], [3]), (2, [1, 2], [2], []), (2, [1, 200], [2], [3]),
    ])
    func `senseless choices are refused`(blocks: Int, depths: [Int], widths: [Int], kernels: [Int]) {
        #expect(throws: SpaceError.self) {
            try OFASpace(blocks: blocks, depths: depths, widths: widths, kernels: kernels)
        }
    }

    @Test func `cells share weights by operation`() throws {
        let space = NATSTopology(channels: 4, cells: 1)
        let network = try space.network(of: [2, 3, 0, 1, 4, 3], input: Shape(3, 8, 8), classes: 10)
        let names = network.nodes.indices.filter { !network.nodes[$0].parameters.isEmpty }.map {
            space.sharedName(ofNode: $0, in: network)
        }
        #expect(names.contains("cells.0.layers.0.nor_conv_1x1.op.1"))
        #expect(names.contains("cells.0.layers.0.nor_conv_1x1.op.2"))
        #expect(names.contains("cells.0.layers.1.nor_conv_3x3.op.2"))
        #expect(names.contains("cells.1.conv_a.op.1"))
        #expect(Set(names).count == names.count)
    }
}
