import Networks

/// Prices DARTS genotypes from the measured cost of each operation in each kind of cell. Every operation lies on a
/// path, so whole and live cost are the same.
///
/// Parameters, multiply-adds and written bytes add up over edges. Depth is followed from cell to cell. The memory
/// peak is walked through, but only in the kinds of cells that can hold it.
struct DARTSCost: CostModel {
    /// What every architecture has: stem, preprocessing, sums, concatenations, head. Its depth is that of the stem.
    private var constant: NetworkCost
    private let headDepth: Int
    /// What an edge costs over all cells of its type; see ``place(_:_:_:)``.
    private var edges: [NetworkCost]
    /// Whether each cell of the network is a reduction.
    private let reductions: [Bool]
    /// The kinds of cells that can hold the memory peak.
    private let kinds: [DARTSCellKind]
    /// For each of `kinds` the two preprocessings and the operations on inputs and on nodes, one after another.
    private let pieces: [Fragment]

    private static let operations = DARTSCell.operations.count
    private static let piecesPerKind = 2 + 2 * operations

    init(plan: DARTSPlan, input: Shape, classes: Int) throws {
        let stem = try Fragment(input: input) { try plan.stem(&$0, $1) }
        constant = stem.cost
        edges = [NetworkCost](repeating: NetworkCost(), count: 4 * Self.operations)
        reductions = plan.cells.map(\.reduces)
        var shapes = [stem.output, stem.output]
        var measured: [(kind: DARTSCellKind, pieces: [Fragment])] = []
        for cell in plan.cells {
            let pieces = try Self.measure(cell, of: plan, behind: shapes)
            let kind = DARTSCellKind(cell, isLast: cell.index == plan.cells.count - 1, pieces)
            if measured.last?.kind != kind { measured.append((kind, pieces)) }
            Self.addUp(pieces, of: kind, to: &constant, &edges)
            shapes = [shapes[1], Shape(4 * kind.node.channels, kind.node.height, kind.node.width)]
        }
        let head = try Fragment(input: shapes[1]) { try $0.classifier($1, "", classes: classes) }.cost
        headDepth = head.depth
        constant.append(head)
        constant.depth = stem.cost.depth
        let least = measured.map(\.kind.leastPeak).max() ?? 0
        let possible = measured.filter { $0.kind.greatestPeak > least }
        kinds = possible.map(\.kind)
        pieces = possible.flatMap(\.pieces)
    }

    private static func measure(_ cell: DARTSPlan.Cell, of plan: DARTSPlan, behind shapes: [Shape]) throws -> [Fragment]
    {
        let preprocess = try (0..<2).map { state in
            try Fragment(input: shapes[state]) { try plan.preprocess(state, for: cell, &$0, $1) }
        }
        func all(on shape: Shape, stride: Int) throws -> [Fragment] {
            try (0..<UInt8(operations)).map { number in
                try Fragment(input: shape) { try $0.dartsOperation(number, $1, "", stride: stride) }
            }
        }
        let outer = try all(on: preprocess[1].output, stride: cell.reduces ? 2 : 1)
        return preprocess + outer + (try all(on: outer[0].output, stride: 1))
    }

    /// Adds one cell's share to what all architectures have and to what the edges of its type cost.
    private static func addUp(
        _ pieces: [Fragment], of kind: DARTSCellKind, to constant: inout NetworkCost, _ edges: inout [NetworkCost]
    ) {
        for piece in pieces.prefix(2) { constant.append(piece.cost) }
        constant.activationBytes += 8 * kind.node.bytes
        for inner in [false, true] {
            for operation in 0..<operations {
                let cost = pieces[2 + (inner ? operations : 0) + operation].cost
                let place = place(kind.reduces, inner, operation)
                edges[place].addUp(cost)
                edges[place].depth = cost.depth
            }
        }
    }

    /// The place in `edges` of an operation on an input or, if `inner`, on a node of a normal or reduction cell.
    private static func place(_ reduces: Bool, _ inner: Bool, _ operation: Int) -> Int {
        ((reduces ? 2 : 0) + (inner ? 1 : 0)) * operations + operation
    }

    func cost(of genes: Span<UInt8>) -> ArchitectureCost {
        let normal = DARTSCell(genes, from: 0)
        let reduce = DARTSCell(genes, from: DARTSCell.length)
        var total = constant
        let inNormal = follow(normal, reduces: false, &total)
        let inReduction = follow(reduce, reduces: true, &total)
        for index in kinds.indices {
            let cell = kinds[index].reduces ? reduce : normal
            total.peakBytes = max(total.peakBytes, peak(of: cell, kind: index))
        }
        var depths = (constant.depth, constant.depth)
        for index in reductions.indices {
            let added = reductions[index] ? inReduction : inNormal
            depths = (depths.1, max(depths.0 + added.0, depths.1 + added.1))
        }
        total.depth = depths.1 + headDepth
        return ArchitectureCost(raw: total, live: total)
    }

    /// Adds what a cell's edges cost to `total`; returns the weighted layers on the longest path from each input.
    private func follow(_ cell: DARTSCell, reduces: Bool, _ total: inout NetworkCost) -> (Int, Int) {
        let unreached = -1_000
        var first = InlineArray<6, Int>(repeating: unreached)
        var second = first
        // A preprocessing is one convolution, or two side by side.
        first[0] = 1
        second[1] = 1
        var result = (unreached, unreached)
        for edge in 0..<8 {
            let source = cell.sources[edge]
            let node = edge / 2 + 2
            let place = Self.place(reduces, source >= 2, Int(cell.operations[edge]))
            total.addUp(edges[place])
            let depth = edges[place].depth
            first[node] = max(first[node], first[source] + depth)
            second[node] = max(second[node], second[source] + depth)
            result = (max(result.0, first[node]), max(result.1, second[node]))
        }
        return result
    }

    /// The memory peak within a cell of kind number `index`.
    private func peak(of cell: DARTSCell, kind index: Int) -> Int {
        let pieces = pieces.span
        let start = index * Self.piecesPerKind
        var walk = MemoryWalk()
        var readers = InlineArray<6, Int>(repeating: 1)
        readers[0] = 0
        readers[1] = 0
        for edge in 0..<8 { readers[cell.sources[edge]] += 1 }
        let (before, previous) = kinds[index].open(in: &walk)
        var states = InlineArray<6, Int>(repeating: 0)
        states[0] = walk.run(pieces[start], on: before, readers: readers[0])
        states[1] = walk.run(pieces[start + 1], on: previous, readers: readers[1])
        let bytes = kinds[index].node.bytes
        for node in 0..<4 {
            var terms = InlineArray<3, Int>(repeating: 0)
            for term in 0..<2 {
                let source = cell.sources[2 * node + term]
                let place = Int(cell.operations[2 * node + term]) + (source < 2 ? 2 : 2 + Self.operations)
                terms[term] = walk.run(pieces[start + place], on: states[source], readers: 1)
            }
            states[node + 2] = walk.sum(of: terms, 2, bytes: bytes, readers: readers[node + 2])
        }
        _ = walk.given(bytes: 4 * bytes, readers: 1)
        return walk.peakBytes
    }
}

/// The surroundings of a cell: cells of one kind have the same memory peak.
struct DARTSCellKind: Hashable, Sendable {
    let reduces: Bool
    /// Whether both inputs are the stem's one result.
    let isFirst: Bool
    /// Whether no later cell reads the previous result.
    let isLast: Bool
    /// Bytes of the result before the previous one.
    let before: Int
    /// Bytes of the previous result.
    let previous: Int
    /// The shape of each node.
    let node: Shape
    /// No cell of this kind takes more at once.
    let greatestPeak: Int

    init(_ cell: DARTSPlan.Cell, isLast: Bool, _ pieces: [Fragment]) {
        reduces = cell.reduces
        isFirst = cell.index == 0
        self.isLast = isLast
        before = pieces[0].input.bytes
        previous = pieces[1].input.bytes
        node = pieces[pieces.count - 1].input
        let states = pieces[0].output.bytes + pieces[1].output.bytes
        let inside = pieces.dropFirst(2).map(\.holdingPeakBytes).max() ?? 0
        let first = before + pieces[0].holdingPeakBytes + pieces[1].holdingPeakBytes
        greatestPeak = max(first, previous + states + 9 * node.bytes + inside)
    }

    /// Every cell of this kind takes as much: when it concatenates, its nodes, the result and what the next cell reads.
    var leastPeak: Int { 8 * node.bytes + (isLast ? 0 : previous) }

    /// Opens the two results that a cell reads; the previous one is read again by the next cell.
    func open(in walk: inout MemoryWalk) -> (before: Int, previous: Int) {
        let readers = isLast ? 1 : 2
        let first = walk.given(bytes: before, readers: 1)
        guard !isFirst else { return (first, walk.alias(first, readers: readers)) }
        return (first, walk.given(bytes: previous, readers: readers))
    }
}
