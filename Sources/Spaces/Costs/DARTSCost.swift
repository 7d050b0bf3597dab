import Networks

/// Prices DARTS genotypes from the measured cost of each operation in each kind of cell. Every operation lies on a
/// path, so whole and live cost are the same.
struct DARTSCost: CostModel {
    /// Cells in equal surroundings.
    private struct Kind {
        var reduces: Bool
        /// Whether both inputs are the stem's one result.
        var isFirst: Bool
        /// Whether no later cell reads the previous result.
        var isLast: Bool
        var preprocess: [Fragment]
        /// Operations on the preprocessed inputs, and on nodes, by number.
        var outer: [Fragment]
        var inner: [Fragment]
        var count = 1

        func isLike(_ other: Kind) -> Bool {
            reduces == other.reduces && isFirst == other.isFirst && isLast == other.isLast
                && preprocess == other.preprocess
        }
    }

    private let stem: NetworkCost
    private let head: NetworkCost
    private let kinds: [Kind]
    private let reductions: [Bool]

    init(plan: DARTSPlan, input: Shape, classes: Int) throws {
        let stem = try Fragment(input: input) { try plan.stem(&$0, $1) }
        var shapes = [stem.output, stem.output]
        var kinds: [Kind] = []
        for cell in plan.cells {
            let preprocess = try (0..<2).map { state in
                try Fragment(input: shapes[state]) { try plan.preprocess(state, for: cell, &$0, $1) }
            }
            let outer = try Self.operations(on: preprocess[1].output, stride: cell.reduces ? 2 : 1)
            let inner = try Self.operations(on: outer[0].output, stride: 1)
            let kind = Kind(
                reduces: cell.reduces, isFirst: cell.index == 0, isLast: cell.index == plan.cells.count - 1,
                preprocess: preprocess, outer: outer, inner: inner)
            if let last = kinds.last, last.isLike(kind) { kinds[kinds.count - 1].count += 1 } else { kinds.append(kind) }
            let node = outer[0].output
            shapes = [shapes[1], Shape(4 * node.channels, node.height, node.width)]
        }
        self.stem = stem.cost
        self.kinds = kinds
        reductions = plan.cells.map(\.reduces)
        head = try Fragment(input: shapes[1]) { try $0.classifier($1, "", classes: classes) }.cost
    }

    private static func operations(on shape: Shape, stride: Int) throws -> [Fragment] {
        try DARTSCell.operations.indices.map { number in
            try Fragment(input: shape) { try $0.dartsOperation(UInt8(number), $1, "", stride: stride) }
        }
    }

    func cost(of genes: Span<UInt8>) -> ArchitectureCost {
        let normal = DARTSCell(genes, from: 0)
        let reduce = DARTSCell(genes, from: DARTSCell.length)
        var total = stem
        var depths = (stem.depth, stem.depth)
        for kind in kinds {
            let cell = self.cost(of: kind.reduces ? reduce : normal, in: kind)
            total.parameters += kind.count * cell.parameters
            total.macs += kind.count * cell.macs
            total.activationBytes += kind.count * cell.activationBytes
            total.peakBytes = max(total.peakBytes, cell.peakBytes)
            let (first, second) = self.depths(of: kind.reduces ? reduce : normal, in: kind)
            for _ in 0..<kind.count { depths = (depths.1, max(depths.0 + first, depths.1 + second)) }
        }
        total.depth = depths.1
        total.append(head)
        return ArchitectureCost(raw: total, live: total)
    }

    private func cost(of cell: DARTSCell, in kind: Kind) -> NetworkCost {
        var tally = CostTally()
        var readers = InlineArray<6, Int>(repeating: 1)
        readers[0] = 0
        readers[1] = 0
        for edge in 0..<8 { readers[cell.sources[edge]] += 1 }
        let (before, previous) = inputs(of: kind, &tally)
        var states = InlineArray<6, Int>(repeating: 0)
        states[0] = tally.run(kind.preprocess[0], on: before, readers: readers[0])
        states[1] = tally.run(kind.preprocess[1], on: previous, readers: readers[1])
        let bytes = kind.inner[0].input.bytes
        for node in 0..<4 {
            let first = run(2 * node, of: cell, in: kind, on: states, &tally)
            let second = run(2 * node + 1, of: cell, in: kind, on: states, &tally)
            states[node + 2] = tally.merge(bytes: bytes, readers: readers[node + 2])
            tally.feed(first, into: states[node + 2])
            tally.feed(second, into: states[node + 2])
        }
        let result = tally.merge(bytes: 4 * bytes, readers: 1)
        for node in 2..<6 { tally.feed(states[node], into: result) }
        return tally.cost(at: result)
    }

    /// Opens the two results that a cell reads; the previous one is read again by the next cell.
    private func inputs(of kind: Kind, _ tally: inout CostTally) -> (before: Int, previous: Int) {
        let (before, previous) = (kind.preprocess[0].input.bytes, kind.preprocess[1].input.bytes)
        let readers = kind.isLast ? 1 : 2
        guard kind.isFirst else {
            return (
                tally.given(bytes: before, readers: 1, depth: 0), tally.given(bytes: previous, readers: readers, depth: 0)
            )
        }
        let stem = tally.given(bytes: before, readers: 1, depth: 0)
        return (stem, tally.alias(stem, readers: readers, depth: 0))
    }

    private func run(
        _ edge: Int, of cell: DARTSCell, in kind: Kind, on states: InlineArray<6, Int>, _ tally: inout CostTally
    ) -> Int {
        let source = cell.sources[edge]
        let operations = source < 2 ? kind.outer : kind.inner
        return tally.run(operations[Int(cell.operations[edge])], on: states[source], readers: 1)
    }

    /// The weighted layers on the longest path through a cell from each of its two inputs.
    private func depths(of cell: DARTSCell, in kind: Kind) -> (Int, Int) {
        let unreached = -1_000
        var first = InlineArray<6, Int>(repeating: unreached)
        var second = first
        first[0] = kind.preprocess[0].cost.depth
        second[1] = kind.preprocess[1].cost.depth
        for edge in 0..<8 {
            let source = cell.sources[edge]
            let depth = (source < 2 ? kind.outer : kind.inner)[Int(cell.operations[edge])].cost.depth
            let node = edge / 2 + 2
            first[node] = max(first[node], first[source] + depth)
            second[node] = max(second[node], second[source] + depth)
        }
        var result = (unreached, unreached)
        for node in 2..<6 { result = (max(result.0, first[node]), max(result.1, second[node])) }
        return result
    }
}
