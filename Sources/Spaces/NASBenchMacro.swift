public import Networks

/// NAS-Bench-Macro: eight layers in three stages, each an identity or one of two inverted residuals, 6,561
/// architectures.
///
/// The first layer of a stage halves the maps and doubles the channels; the identity is there a 1×1 convolution with
/// batch norm. The published FLOPs are multiply-adds of weights, without biases.
public struct NASBenchMacro: Space {
    /// `macro`.
    public let name = "macro"
    /// One line on the space.
    public let summary = "NAS-Bench-Macro: 8 layers, each identity, MB3 3×3 or MB6 5×5"
    /// The defining paper.
    public let citation = """
        X. Su, T. Huang, Y. Li, S. You, F. Wang, C. Qian, C. Zhang and C. Xu, "Prioritized Architecture Sampling \
        with Monto-Carlo Tree Search", CVPR 2021
        """
    /// CIFAR's images, `[3, 32, 32]`.
    public let input = Shape(3, 32, 32)
    /// CIFAR-10's classes.
    public let classes = 10
    /// The block of each layer.
    public let genes = (0..<8).map { Gene("layer\($0)", ["identity", "mb3_k3", "mb6_k5"]) }

    /// The layers of each stage.
    private static let stages = [0..<2, 2..<5, 5..<8]

    /// The benchmark's space.
    public init() {}

    /// Reads eight digits from 0 to 2, such as `02110210`.
    public func genes(from text: String) throws -> [UInt8] {
        var cursor = TextCursor(text, space: name, example: "02110210")
        let values = try genes.map { try cursor.digit(below: 3, "the block of \($0.name)") }
        try cursor.end()
        return values
    }

    /// The eight digits.
    public func text(of genes: [UInt8]) -> String { genes.map(String.init).joined() }

    /// Identities after a stage's first layer do nothing, wherever they stand: 3,969 classes.
    public func canonicalText(of genes: [UInt8]) -> String {
        let ranges = Self.stages.map { $0.dropFirst() }
        return text(of: movingIdentities(0, of: genes, behindOthersIn: ranges))
    }

    /// The authors' network, named as in their code (`stem`, `features`, `out`, `classifier`).
    public func network(of genes: [UInt8], input: Shape, classes: Int) throws -> Network {
        try chain(classes).network(of: genes, input: input)
    }

    /// Prices from the cost of each block in each layer.
    public func costModel(input: Shape, classes: Int) throws -> any CostModel {
        try ChainCost(chain(classes), bases: genes.map(\.choices.count), input: input)
    }

    private func chain(_ classes: Int) -> Chain {
        let stem = Chain.Part { net, x, _ in try Self.convBNReLU(&net, x, "stem", to: 32, .init(3)) }
        let layers = genes.indices.map { layer in
            Chain.Part(genes: [layer]) { net, x, genes in
                let starts = Self.stages.contains { $0.lowerBound == layer }
                return try Self.block(genes[layer], &net, x, "features.\(layer)", starts: starts)
            }
        }
        let head = Chain.Part { net, x, _ in
            let wide = try Self.convBNReLU(&net, x, "out", to: 1_280, .init(1))
            return try net.classifier(wide, "classifier", classes: classes)
        }
        return Chain([stem] + layers + [head])
    }

    private static func block(
        _ choice: UInt8, _ net: inout NetworkBuilder, _ x: Int, _ name: String, starts: Bool
    ) throws -> Int {
        let inputs = net.shape(of: x).channels
        let outputs = starts ? 2 * inputs : inputs
        let stride = starts ? 2 : 1
        if choice == 0 {
            guard starts else { return try net.add(.identity, x) }
            let convolved = try net.convolution(x, name + ".downsample.0", to: outputs, .init(1, stride: 2))
            return try net.batchNorm(convolved, name + ".downsample.1")
        }
        let (expansion, kernel) = choice == 1 ? (3, 3) : (6, 5)
        var y = try convBNReLU(&net, x, name + ".conv", to: expansion * inputs, .init(1))
        y = try net.batchNorm(try net.depthwise(y, name + ".conv.3", .init(kernel, stride: stride)), name + ".conv.4")
        y = try net.convolution(try net.activation(y), name + ".conv.6", to: outputs, .init(1))
        y = try net.batchNorm(y, name + ".conv.7")
        return starts ? y : try net.add(.add, [y, x])
    }

    private static func convBNReLU(
        _ net: inout NetworkBuilder, _ x: Int, _ name: String, to channels: Int, _ window: Layer.Window
    ) throws -> Int {
        let convolved = try net.convolution(x, name + ".0", to: channels, window)
        return try net.activation(try net.batchNorm(convolved, name + ".1"))
    }
}
