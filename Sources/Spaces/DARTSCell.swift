import Networks

/// A cell of the DARTS space: four nodes, each the sum of two operations on two different earlier states, and their
/// concatenation. States 0 and 1 are the two previous cells' results, states 2 to 5 the nodes.
struct DARTSCell: Hashable, Sendable {
    /// The operations by the number that a gene holds.
    static let operations = [
        "max_pool_3x3", "avg_pool_3x3", "skip_connect", "sep_conv_3x3", "sep_conv_5x5", "dil_conv_3x3", "dil_conv_5x5",
    ]
    /// For each node its possible pairs of sources, by the number that its gene holds.
    static let pairs: [[(Int, Int)]] = (0..<4).map { node in
        (1..<node + 2).flatMap { later in (0..<later).map { ($0, later) } }
    }
    /// Genes a cell: two operations a node, and a pair of sources for all nodes but the first.
    static let length = 11

    /// The operation of each of the eight edges, two for each node, the earlier source first.
    var operations = InlineArray<8, UInt8>(repeating: 0)
    /// The source of each edge.
    var sources = InlineArray<8, Int>(repeating: 0)

    /// The cell that genes `start..<start + 11` describe.
    init(_ genes: Span<UInt8>, from start: Int) {
        var place = start
        for node in 0..<4 {
            var pair = Self.pairs[node][0]
            if node > 0 {
                pair = Self.pairs[node][Int(genes[place])]
                place += 1
            }
            sources[2 * node] = pair.0
            sources[2 * node + 1] = pair.1
            operations[2 * node] = genes[place]
            operations[2 * node + 1] = genes[place + 1]
            place += 2
        }
    }

    /// The cell with these edges; a node's two may come in either order.
    init(edges: [(operation: UInt8, source: Int)]) {
        for node in 0..<4 {
            let pair = edges[2 * node...2 * node + 1].sorted { $0.source < $1.source }
            for (offset, edge) in pair.enumerated() {
                operations[2 * node + offset] = edge.operation
                sources[2 * node + offset] = edge.source
            }
        }
    }

    /// The eleven genes.
    var genes: [UInt8] {
        (0..<4).flatMap { node in
            let pair = Self.pairs[node].firstIndex { $0 == (sources[2 * node], sources[2 * node + 1]) }
            let choice = node == 0 ? [] : [UInt8(pair ?? 0)]
            return choice + [operations[2 * node], operations[2 * node + 1]]
        }
    }

    /// The names of the eleven genes and their choices.
    static func genes(_ cell: String) -> [Gene] {
        (0..<4).flatMap { node in
            let choices = pairs[node].map { "\($0.0)+\($0.1)" }
            let pair = node == 0 ? [] : [Gene("\(cell).\(node + 2).sources", choices)]
            return pair + ["first", "second"].map { Gene("\(cell).\(node + 2).\($0)", operations) }
        }
    }

    /// The least cell among those that differ by the order of the nodes alone.
    var canonical: [UInt8] {
        let orders = Self.permutations.compactMap { renumbered($0)?.genes }
        return orders.min { $0.lexicographicallyPrecedes($1) } ?? genes
    }

    private static let permutations: [[Int]] = (0..<256).map { code in (0..<4).map { code >> (2 * $0) & 3 } }
        .filter { Set($0).count == 4 }

    /// The cell with node n in place `order[n]`, unless a node would then read a later one.
    private func renumbered(_ order: [Int]) -> DARTSCell? {
        var edges = [(operation: UInt8, source: Int)](repeating: (0, 0), count: 8)
        for node in 0..<4 {
            for edge in 2 * node..<2 * node + 2 {
                let source = sources[edge] < 2 ? sources[edge] : order[sources[edge] - 2] + 2
                guard source < order[node] + 2 else { return nil }
                edges[2 * order[node] + edge % 2] = (operations[edge], source)
            }
        }
        return DARTSCell(edges: edges)
    }

    static func == (a: DARTSCell, b: DARTSCell) -> Bool { a.genes == b.genes }

    func hash(into hasher: inout Hasher) { hasher.combine(genes) }
}

extension NetworkBuilder {
    /// Adds operation `number` of the DARTS space.
    mutating func dartsOperation(_ number: UInt8, _ x: Int, _ name: String, stride: Int) throws -> Int {
        switch number {
        case 0: return try add(.maxPool(.init(3, stride: stride)), x)
        case 1: return try add(.averagePool(.init(3, stride: stride)), x)
        case 2 where stride == 1: return try add(.identity, x)
        case 2: return try factorizedReduce(x, name, to: shape(of: x).channels)
        case 3, 4:
            let kernel = number == 3 ? 3 : 5
            let first = try separable(x, name, from: 1, .init(kernel, stride: stride))
            return try separable(first, name, from: 5, .init(kernel))
        default: return try separable(x, name, from: 1, .init(number == 5 ? 3 : 5, stride: stride, dilation: 2))
        }
    }

    /// Adds ReLU, depthwise and pointwise convolution and batch norm, the latter three numbered from `start`.
    private mutating func separable(
        _ x: Int, _ name: String, from start: Int, _ window: Layer.Window
    ) throws -> Int {
        let channels = shape(of: x).channels
        let spatial = try depthwise(try activation(x), "\(name).op.\(start)", window)
        let mixed = try convolution(spatial, "\(name).op.\(start + 1)", to: channels, .init(1))
        return try batchNorm(mixed, "\(name).op.\(start + 2)")
    }

    /// Adds ReLU, 1×1 convolution and batch norm.
    mutating func reluConvBN(_ x: Int, _ name: String, to channels: Int) throws -> Int {
        let mixed = try convolution(try activation(x), name + ".op.1", to: channels, .init(1))
        return try batchNorm(mixed, name + ".op.2")
    }

    /// Adds two 1×1 convolutions of stride 2, one of them shifted by an element, side by side.
    mutating func factorizedReduce(_ x: Int, _ name: String, to channels: Int) throws -> Int {
        let active = try activation(x)
        let window = Layer.Window(1, stride: 2)
        let even = try convolution(active, name + ".conv_1", to: channels / 2, window)
        let shifted = try add(.shift, active)
        let odd = try convolution(shifted, name + ".conv_2", to: channels - channels / 2, window)
        return try batchNorm(try add(.concatenate, [even, odd]), name + ".bn")
    }
}
