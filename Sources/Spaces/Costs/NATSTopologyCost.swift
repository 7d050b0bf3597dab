import Networks

/// Prices cells of the topology space from the measured cost of each operation in each stage.
///
/// The live cost drops the edges that lie on no path through the cell. Where no path is left, stem, reductions and
/// head still count, as in the published comparisons of live parameter counts with accuracy.
struct NATSTopologyCost: CostModel {
    /// Equal cells in a row: what each operation costs there, by its number.
    private struct Stage {
        var operations: [Fragment]
        var bytes: Int { operations[0].input.bytes }
    }

    /// Stem, reductions and head: what every architecture has.
    private let skeleton: NetworkCost
    private let stages: [Stage]
    private let cells: Int

    init(input: Shape, classes: Int, channels: Int, cells: Int) throws {
        var skeleton = NetworkCost()
        var stages: [Stage] = []
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
            let operations = try (0..<UInt8(NATSCell.operations.count)).map { number in
                try Fragment(input: shape) { try NATSCell.operation(number, &$0, $1, "", channels: width) }
            }
            stages.append(Stage(operations: operations))
        }
        try append { try NATSCell.head(&$0, $1, classes: classes) }
        self.skeleton = skeleton
        self.stages = stages
        self.cells = cells
    }

    func cost(of genes: Span<UInt8>) -> ArchitectureCost {
        let live = NATSCell.liveEdges { genes[$0] }
        let raw = cost(of: genes, edges: 0b111111)
        let isWhole = live == 0b111111
        return ArchitectureCost(raw: raw, live: isWhole ? raw : cost(of: genes, edges: live))
    }

    /// The cost with the edges whose bits are set in `edges`; without any, that of the skeleton.
    private func cost(of genes: Span<UInt8>, edges: Int) -> NetworkCost {
        var total = skeleton
        for stage in stages where edges != 0 {
            let cell = self.cell(genes, edges: edges, in: stage)
            total.parameters += cells * cell.parameters
            total.macs += cells * cell.macs
            total.activationBytes += cells * cell.activationBytes
            total.peakBytes = max(total.peakBytes, cell.peakBytes)
            total.depth += cells * cell.depth
        }
        return total
    }

    private func cell(_ genes: Span<UInt8>, edges: Int, in stage: Stage) -> NetworkCost {
        var tally = CostTally()
        var nodes = InlineArray<4, Int>(repeating: 0)
        nodes[0] = tally.given(bytes: stage.bytes, readers: readers(of: 0, edges), depth: 0)
        for node in 1...3 {
            var terms = InlineArray<3, Int>(repeating: 0)
            var count = 0
            for edge in Self.first[node]..<Self.first[node + 1] where edges & 1 << edge != 0 {
                let source = edge - Self.first[node]
                terms[count] = tally.run(stage.operations[Int(genes[edge])], on: nodes[source], readers: 1)
                count += 1
            }
            guard count > 0 else { continue }
            nodes[node] = tally.sum(of: terms, count, bytes: stage.bytes, readers: readers(of: node, edges))
        }
        return tally.cost(at: nodes[3])
    }

    /// The number of each node's first edge; its edges come from nodes 0, 1, … in order.
    private static let first: InlineArray<5, Int> = [0, 0, 1, 3, 6]

    /// How often a node is read: once by each edge that leaves it, and once as the cell's result.
    private func readers(of node: Int, _ edges: Int) -> Int {
        let leaving: InlineArray<4, Int> = [0b001011, 0b010100, 0b100000, 0]
        return (edges & leaving[node]).nonzeroBitCount + (node == 3 ? 1 : 0)
    }
}
