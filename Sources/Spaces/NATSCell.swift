import Networks

/// The cell that NATS-Bench's two spaces share: four nodes, an operation on each of the six edges between them.
enum NATSCell {
    /// The operations on an edge, by the number that a gene holds.
    static let operations = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
    /// The number of the operation that passes nothing.
    static let none: UInt8 = 0
    /// The number of the operation that passes its input on.
    static let skip: UInt8 = 1
    /// The edges `node<-source` in the order of the text form.
    static let edges: [(node: Int, source: Int)] = [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)]
    /// The paths from node 0 to node 3, as edge numbers.
    static let paths = [[3], [0, 4], [1, 5], [0, 2, 5]]

    /// The edges on a path from node 0 to node 3, as bits; 0 when there is none.
    static func liveEdges(_ genes: Span<UInt8>) -> Int {
        var passing = 0
        for edge in genes.indices where genes[edge] != none { passing |= 1 << edge }
        let paths: InlineArray<4, Int> = [0b001000, 0b010001, 0b100010, 0b100101]
        var live = 0
        for path in paths.indices where passing & paths[path] == paths[path] { live |= paths[path] }
        return live
    }

    /// Adds the operation `number` on one edge, from the channels at `input` to `channels`; returns its last node.
    static func operation(
        _ number: UInt8, _ net: inout NetworkBuilder, _ input: Int, _ name: String, channels: Int
    ) throws -> Int {
        let widens = net.shape(of: input).channels != channels
        switch number {
        case 0: return try net.add(.zero, input)
        case 1 where widens:
            let projected = try net.convolution(input, name + ".conv", to: channels, .init(1))
            return try net.batchNorm(projected, name + ".bn")
        case 1: return try net.add(.identity, input)
        case 2, 3: return try reluConvBN(&net, input, name, channels: channels, .init(number == 2 ? 1 : 3))
        default:
            let same = widens ? try reluConvBN(&net, input, name + ".preprocess", channels: channels, .init(1)) : input
            return try net.add(.averagePool(.init(3)), same)
        }
    }

    /// Adds a cell; `genes` holds the operation of each edge.
    static func cell(
        _ genes: [UInt8], _ net: inout NetworkBuilder, _ input: Int, _ name: String, channels: Int
    ) throws -> Int {
        var nodes = [input]
        for node in 1...3 {
            var terms: [Int] = []
            for (edge, place) in edges.enumerated() where place.node == node {
                let layer = "\(name).layers.\(edge)"
                terms.append(try operation(genes[edge], &net, nodes[place.source], layer, channels: channels))
            }
            nodes.append(try net.add(.add, terms))
        }
        return nodes[3]
    }

    /// Adds the residual block that halves the maps and leads to `channels` channels.
    static func reduction(_ net: inout NetworkBuilder, _ input: Int, _ name: String, channels: Int) throws -> Int {
        let a = try reluConvBN(&net, input, name + ".conv_a", channels: channels, .init(3, stride: 2))
        let b = try reluConvBN(&net, a, name + ".conv_b", channels: channels, .init(3))
        let pooled = try net.add(.averagePool(.init(2, stride: 2, padding: 0)), input)
        let residual = try net.convolution(pooled, name + ".downsample.1", to: channels, .init(1))
        return try net.add(.add, [residual, b])
    }

    private static func reluConvBN(
        _ net: inout NetworkBuilder, _ input: Int, _ name: String, channels: Int, _ window: Layer.Window
    ) throws -> Int {
        let active = try net.activation(input)
        return try net.batchNorm(try net.convolution(active, name + ".op.1", to: channels, window), name + ".op.2")
    }

    /// Adds the stem, `[C, H, W] → [channels, H, W]`.
    static func stem(_ net: inout NetworkBuilder, _ input: Int, channels: Int) throws -> Int {
        try net.batchNorm(try net.convolution(input, "stem.0", to: channels, .init(3)), "stem.1")
    }

    /// Adds the head, `[C, H, W] → [classes]`.
    static func head(_ net: inout NetworkBuilder, _ input: Int, classes: Int) throws -> Int {
        let active = try net.activation(try net.batchNorm(input, "lastact.0"))
        return try net.classifier(active, "classifier", classes: classes)
    }
}
