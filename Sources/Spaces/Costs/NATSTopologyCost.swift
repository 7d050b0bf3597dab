import Networks

/// Prices cells of the topology space from the measured cost of each operation in each stage.
///
/// The live cost drops the edges that lie on no path through the cell. Where no path is left, stem, reductions and
/// head still count, as in the published comparisons of live parameter counts with accuracy.
struct NATSTopologyCost: CostModel {
    /// Stem, reductions and head: what every architecture has.
    private let skeleton: NetworkCost
    /// What an edge costs over all cells, by its operation.
    private let edges: [NetworkCost]
    /// Bytes that the sum of a node writes, over all cells.
    private let sumBytes: Int
    /// The operations in the stage with the largest maps. All shapes in a cell are equal, so that its memory is
    /// proportional to one map, and the peak is where maps are largest.
    private let widest: [Fragment]
    /// Cells in the network.
    private let cells: Int

    init(input: Shape, classes: Int, channels: Int, cells: Int) throws {
        var skeleton = NetworkCost()
        var stages: [[Fragment]] = []
        var shape = input
        func append(_ build: (inout NetworkBuilder, Int) throws -> Int) throws {
            let piece = try Fragment(input: shape, counting: .weightsAndBiases, build)
            skeleton.append(piece.cost)
            shape = piece.output
        }
        try append { try NATSCell.stem(&$0, $1, channels: channels) }
        for stage in 0..<3 {
            let width = channels << stage
            if stage > 0 { try append { try NATSCell.reduction(&$0, $1, "", channels: width) } }
            stages.append(
                try NATSCell.operations.indices.map { number in
                    try Fragment(input: shape) { try NATSCell.operation(UInt8(number), &$0, $1, "", channels: width) }
                })
        }
        try append { try NATSCell.head(&$0, $1, classes: classes) }
        self.skeleton = skeleton
        edges = NATSCell.operations.indices.map { number in
            stages.reduce(into: NetworkCost()) { $0.addUp($1[number].cost, times: cells) }
        }
        sumBytes = stages.reduce(0) { $0 + cells * $1[0].input.bytes }
        widest = stages.max { $0[0].input.bytes < $1[0].input.bytes } ?? []
        self.cells = stages.count * cells
    }

    func cost(of genes: Span<UInt8>) -> ArchitectureCost {
        let live = NATSCell.liveEdges(genes)
        let raw = cost(of: genes, edges: 0b111111)
        let isWhole = live == 0b111111
        return ArchitectureCost(raw: raw, live: isWhole ? raw : cost(of: genes, edges: live))
    }

    /// The cost with the edges whose bits are set in `edges`; without any, that of the skeleton.
    private func cost(of genes: Span<UInt8>, edges bits: Int) -> NetworkCost {
        var total = skeleton
        guard bits != 0 else { return total }
        let pieces = widest.span
        let bytes = pieces[0].input.bytes
        var walk = MemoryWalk()
        var nodes = InlineArray<4, Int>(repeating: 0)
        nodes[0] = walk.given(bytes: bytes, readers: readers(of: 0, bits))
        for node in 1...3 {
            let first = node * (node - 1) / 2
            var terms = InlineArray<3, Int>(repeating: 0)
            var count = 0
            for edge in first..<first + node where bits & 1 << edge != 0 {
                let operation = Int(genes[edge])
                total.addUp(edges[operation])
                terms[count] = walk.run(pieces[operation], on: nodes[edge - first], readers: 1)
                count += 1
            }
            guard count > 0 else { continue }
            if count > 1 { total.activationBytes += sumBytes }
            nodes[node] = walk.sum(of: terms, count, bytes: bytes, readers: readers(of: node, bits))
        }
        total.peakBytes = max(total.peakBytes, walk.peakBytes)
        total.depth += cells * walk.depth(of: nodes[3])
        return total
    }

    /// How often a node is read: once by each edge that leaves it, and once as the cell's result.
    private func readers(of node: Int, _ edges: Int) -> Int {
        let leaving: InlineArray<4, Int> = [0b001011, 0b010100, 0b100000, 0]
        return (edges & leaving[node]).nonzeroBitCount + (node == 3 ? 1 : 0)
    }
}
