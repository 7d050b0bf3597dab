public import Networks

/// The size search space of NATS-Bench: the channels of five layers, 8 to 64 in steps of 8, 32,768 architectures.
///
/// The cell is fixed: the topology space's best. Layers 2 and 4 are residual reductions, the others cells; where the
/// channels change, the cell's skip becomes a 1×1 convolution with batch norm. The network is the authors'
/// `DynamicShapeTinyNet`. Published "FLOPs" are multiply-adds, the classifier's bias included.
public struct NATSSize: Space {
    /// `nats_size`.
    public let name = "nats_size"
    /// One line on the space.
    public let summary = "the size space of NATS-Bench: channels of 5 layers, 8 to 64"
    /// The defining paper.
    public let citation = """
        X. Dong, L. Liu, K. Musial and B. Gabrys, "NATS-Bench: Benchmarking NAS Algorithms for Architecture \
        Topology and Size", IEEE TPAMI 44(7), 2022
        """
    /// CIFAR's images, `[3, 32, 32]`.
    public let input = Shape(3, 32, 32)
    /// CIFAR-10's classes.
    public let classes = 10
    /// The channels of each layer.
    public let genes = (1...5).map { layer in Gene("layer\(layer)", widths.map(String.init)) }

    private static let widths = Array(stride(from: 8, through: 64, by: 8))
    private static let cell: [UInt8] = [3, 3, 3, 1, 3, 3]

    /// The benchmark's space.
    public init() {}

    /// Reads `8:8:8:16:32`.
    public func genes(from text: String) throws -> [UInt8] {
        var cursor = TextCursor(text, space: name, example: "8:16:24:32:64")
        var values: [UInt8] = []
        for layer in genes.indices {
            if layer > 0 { try cursor.expect(":") }
            values.append(try cursor.number(of: Self.widths, "the channels of layer \(layer + 1)"))
        }
        try cursor.end()
        return values
    }

    /// The channels joined by colons.
    public func text(of genes: [UInt8]) -> String {
        genes.map { String(Self.widths[Int($0)]) }.joined(separator: ":")
    }

    /// The authors' network, named as in their code.
    public func network(of genes: [UInt8], input: Shape, classes: Int) throws -> Network {
        try chain(classes).network(of: genes, input: input)
    }

    /// Prices from the cost of each layer under the channels that it has and gets.
    public func costModel(input: Shape, classes: Int) throws -> any CostModel {
        try ChainCost(chain(classes), bases: genes.map(\.choices.count), input: input)
    }

    private func chain(_ classes: Int) -> Chain {
        let stem = Chain.Part(genes: [0]) { try NATSCell.stem(&$0, $1, channels: Self.widths[Int($2[0])]) }
        let layers = genes.indices.map { layer in
            Chain.Part(genes: layer == 0 ? [0] : [layer - 1, layer]) { net, x, genes in
                let width = Self.widths[Int(genes[layer])]
                let name = "cells.\(layer)"
                return layer % 2 == 1
                    ? try NATSCell.reduction(&net, x, name, channels: width)
                    : try NATSCell.cell(Self.cell, &net, x, name, channels: width)
            }
        }
        let head = Chain.Part(genes: [4]) { net, x, _ in try NATSCell.head(&net, x, classes: classes) }
        return Chain([stem] + layers + [head], counting: .weightsAndBiases)
    }
}
