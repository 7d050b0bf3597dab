public import Networks

/// The FBNet search space as HW-NAS-Bench and HELP use it: 22 layers in seven stages with nine operations each, about
/// 10²¹ architectures.
///
/// All nine operations are allowed in every layer: where stride or channels change, `skip` is a 1×1 convolution with
/// batch norm and ReLU, as in HW-NAS-Bench. The network is that of its ImageNet setting (strides 2 in stem and
/// stages 2, 3, 4, 6, head of 1,984 channels) for images of at least 64 rows, and of its CIFAR setting (stride 1 in
/// stem and stage 2, head of 1,504 channels) below.
public struct FBNet: Space {
    /// `fbnet`.
    public let name = "fbnet"
    /// One line on the space.
    public let summary = "FBNet: 22 layers with 9 mobile blocks each"
    /// The defining papers.
    public let citation = """
        B. Wu, X. Dai, P. Zhang, Y. Wang, F. Sun, Y. Wu, Y. Tian, P. Vajda, Y. Jia and K. Keutzer, "FBNet: \
        Hardware-Aware Efficient ConvNet Design via Differentiable Neural Architecture Search", CVPR 2019; \
        C. Li et al., "HW-NAS-Bench: Hardware-Aware Neural Architecture Search Benchmark", ICLR 2021
        """
    /// ImageNet's images, `[3, 224, 224]`.
    public let input = Shape(3, 224, 224)
    /// ImageNet's classes.
    public let classes = 1_000
    /// The operation of each layer.
    public let genes = (1...22).map { Gene("layer\($0)", blocks.map(\.name) + ["skip"]) }

    private static let blocks: [(name: String, kernel: Int, expansion: Int, groups: Int)] = [
        ("k3_e1", 3, 1, 1), ("k3_e1_g2", 3, 1, 2), ("k3_e3", 3, 3, 1), ("k3_e6", 3, 6, 1),
        ("k5_e1", 5, 1, 1), ("k5_e1_g2", 5, 1, 2), ("k5_e3", 5, 3, 1), ("k5_e6", 5, 6, 1),
    ]
    private static let stages: [(layers: Range<Int>, channels: Int, stride: Int, smallStride: Int)] = [
        (0..<1, 16, 1, 1), (1..<5, 24, 2, 1), (5..<9, 32, 2, 2), (9..<13, 64, 2, 2),
        (13..<17, 112, 1, 1), (17..<21, 184, 2, 2), (21..<22, 352, 1, 1),
    ]
    private static let skip = UInt8(blocks.count)

    /// The benchmark's space.
    public init() {}

    /// Reads 22 digits from 0 to 8 joined by `_`.
    public func genes(from text: String) throws -> [UInt8] {
        var cursor = TextCursor(text, space: name, example: "7_8_1_8_4_8_8_8_7_4_1_4_7_3_2_7_3_2_4_2_4_5")
        var values: [UInt8] = []
        for gene in genes {
            if !values.isEmpty { try cursor.expect("_") }
            values.append(try cursor.digit(below: gene.choices.count, "the operation of \(gene.name)"))
        }
        try cursor.end()
        return values
    }

    /// The 22 digits joined by `_`.
    public func text(of genes: [UInt8]) -> String { genes.map(String.init).joined(separator: "_") }

    /// Skips after a stage's first layer do nothing, wherever they stand in their stage.
    public func canonicalText(of genes: [UInt8]) -> String {
        text(of: movingIdentities(Self.skip, of: genes, behindOthersIn: Self.stages.map { $0.layers.dropFirst() }))
    }

    /// HW-NAS-Bench's network, named as in its code (`stem`, `cells`, `header`, `fc`).
    public func network(of genes: [UInt8], input: Shape, classes: Int) throws -> Network {
        try chain(input, classes).network(of: genes, input: input)
    }

    /// Prices from the cost of each operation in each layer.
    public func costModel(input: Shape, classes: Int) throws -> any CostModel {
        try ChainCost(chain(input, classes), bases: genes.map(\.choices.count), input: input)
    }

    private func chain(_ input: Shape, _ classes: Int) -> Chain {
        let isSmall = input.height < 64
        let stem = Chain.Part { net, x, _ in
            try Self.convBNReLU(&net, x, "stem.", to: 16, .init(3, stride: isSmall ? 1 : 2))
        }
        let layers = Self.stages.flatMap { stage in
            stage.layers.map { layer in
                let starts = layer == stage.layers.lowerBound
                let stride = starts ? (isSmall ? stage.smallStride : stage.stride) : 1
                return Chain.Part(genes: [layer]) { net, x, genes in
                    try Self.block(genes[layer], &net, x, "cells.\(layer).", to: stage.channels, stride: stride)
                }
            }
        }
        let head = Chain.Part { net, x, _ in
            let wide = try Self.convBNReLU(&net, x, "header.", to: isSmall ? 1_504 : 1_984, .init(1))
            return try net.classifier(wide, "fc", classes: classes)
        }
        return Chain([stem] + layers + [head])
    }

    private static func block(
        _ choice: UInt8, _ net: inout NetworkBuilder, _ x: Int, _ name: String, to channels: Int, stride: Int
    ) throws -> Int {
        let inputs = net.shape(of: x).channels
        let keeps = stride == 1 && inputs == channels
        guard choice != skip else {
            return keeps
                ? try net.add(.identity, x) : try convBNReLU(&net, x, name, to: channels, .init(1, stride: stride))
        }
        let block = blocks[Int(choice)]
        var y = try net.convolution(x, name + "conv1", to: inputs * block.expansion, .init(1), groups: block.groups)
        y = try net.activation(try net.batchNorm(y, name + "bn1"))
        if block.groups > 1 { y = try net.add(.channelShuffle(groups: block.groups), y) }
        y = try net.depthwise(y, name + "conv2", .init(block.kernel, stride: stride))
        y = try net.activation(try net.batchNorm(y, name + "bn2"))
        y = try net.convolution(y, name + "conv3", to: channels, .init(1), groups: block.groups)
        y = try net.batchNorm(y, name + "bn3")
        return keeps ? try net.add(.add, [y, x]) : y
    }

    private static func convBNReLU(
        _ net: inout NetworkBuilder, _ x: Int, _ name: String, to channels: Int, _ window: Layer.Window
    ) throws -> Int {
        let convolved = try net.convolution(x, name + "conv", to: channels, window)
        return try net.activation(try net.batchNorm(convolved, name + "bn"))
    }
}
