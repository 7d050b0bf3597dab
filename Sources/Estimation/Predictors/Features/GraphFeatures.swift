import Glibc
import Spaces

// v: a node of the graph of operations; a(v): paths from the input to v; b(v): paths from v to the output; a node is
// live if both are above 0. A path is live if signals pass all its operations.

/// Counts on the graph of operations of an architecture: what is there, what is live, and what lies on the paths.
///
/// For each kind of operation how many there are, and if signals pass it: how many are live; how many stand on the live paths, all paths
/// together, as ln(1 + n); how many live paths have one, likewise; the most and the least on one path. For the whole:
/// live operations, live paths (ln(1 + n)), the most and the least operations and weighted operations on a path, paths without
/// a weighted operation, and the mean of weighted operations over the paths. Without a live path, most and least are −1.
/// Dynamic programming over the edges: no path is listed.
struct GraphFeatures: FeaturePart {
    let names: [String]
    private let kinds: [OperationKind]
    private let graph: @Sendable ([UInt8]) -> OperationGraph

    private static let perKind = ["all", "live", "passes", "paths with", "most", "least"]
    private static let whole = [
        "live operations", "live paths", "longest path", "shortest path", "deepest path", "shallowest path",
        "paths without weights", "mean depth",
    ]

    init(_ space: any Space) {
        kinds = space.operationKinds
        graph = space.operationGraphs()
        names =
            Self.whole
            + kinds.flatMap { kind in Self.perKind.prefix(kind.passes ? 6 : 1).map { "\($0) \(kind.name)" } }
    }

    func fill(_ values: UnsafeMutableBufferPointer<Float>, _ genes: [UInt8]) {
        let graph = graph(genes)
        var paths = LivePaths(graph, kinds)
        let last = graph.kinds.count - 1
        let total = paths.before[last]
        let weights = paths.extremes { $0 >= 0 && kinds[$0].isWeighted ? 1 : 0 }
        let lengths = paths.extremes { $0 >= 0 ? 1 : 0 }
        let weighted = paths.passes { $0 >= 0 && kinds[$0].isWeighted }
        let whole = [
            Double(paths.live.count), log1p(total), lengths.most, lengths.least, weights.most, weights.least,
            log1p(paths.count(without: { $0 >= 0 && kinds[$0].isWeighted })), total > 0 ? weighted / total : 0,
        ]
        for (place, value) in whole.enumerated() { values[place] = Float(value) }
        var place = whole.count
        for kind in kinds.indices {
            let isThere = paths.tally(kind)
            values[place] = Float(isThere.all)
            guard kinds[kind].passes else {
                place += 1
                continue
            }
            values[place + 1] = Float(isThere.live)
            // What is not live has neither passes nor paths.
            if isThere.live > 0 {
                let extremes = paths.extremes { $0 == kind ? 1 : 0 }
                values[place + 2] = Float(log1p(paths.passes { $0 == kind }))
                values[place + 3] = Float(log1p(total - paths.count(without: { $0 == kind })))
                values[place + 4] = Float(extremes.most)
                values[place + 5] = Float(extremes.least)
            } else if total == 0 {
                values[place + 4] = -1
                values[place + 5] = -1
            }
            place += Self.perKind.count
        }
    }
}

/// The live paths of a graph, counted.
struct LivePaths {
    private let graph: OperationGraph
    private let isOpen: [Bool]
    /// a(v).
    let before: [Double]
    /// b(v).
    let after: [Double]
    /// The live operations.
    let live: [Int]
    private var scratch: [Double]

    init(_ graph: OperationGraph, _ kinds: [OperationKind]) {
        self.graph = graph
        let size = graph.kinds.count
        let isOpen = graph.kinds.map { $0 < 0 || kinds[$0].passes }
        var before = [Double](repeating: 0, count: size)
        var after = before
        (before[0], after[size - 1]) = (1, 1)
        for edge in graph.edges where isOpen[edge.source] && isOpen[edge.target] {
            before[edge.target] += before[edge.source]
        }
        for edge in graph.edges.reversed() where isOpen[edge.source] && isOpen[edge.target] {
            after[edge.source] += after[edge.target]
        }
        (self.isOpen, self.before, self.after) = (isOpen, before, after)
        live = (1..<size - 1).filter { before[$0] > 0 && after[$0] > 0 }
        scratch = [Double](repeating: 0, count: size)
    }

    /// Whether a live path runs along an edge.
    func isLive(_ edge: OperationGraph.Edge) -> Bool {
        isOpen[edge.source] && isOpen[edge.target] && before[edge.source] > 0 && after[edge.target] > 0
    }

    /// How many operations are of a kind, and how many of them are live.
    func tally(_ kind: Int) -> (all: Int, live: Int) {
        var counts = (all: 0, live: 0)
        for node in graph.kinds.indices where graph.kinds[node] == kind {
            counts.all += 1
            if before[node] > 0, after[node] > 0 { counts.live += 1 }
        }
        return counts
    }

    /// How many operations for which `holds` is true stand on the live paths, all paths together.
    func passes(_ holds: (Int) -> Bool) -> Double {
        live.reduce(0) { $0 + (holds(graph.kinds[$1]) ? before[$1] * after[$1] : 0) }
    }

    /// How many live paths have no operation for which `holds` is true.
    mutating func count(without holds: (Int) -> Bool) -> Double {
        for node in scratch.indices { scratch[node] = 0 }
        scratch[0] = 1
        for edge in graph.edges where isOpen[edge.source] && isOpen[edge.target] && !holds(graph.kinds[edge.target]) {
            scratch[edge.target] += scratch[edge.source]
        }
        return scratch[scratch.count - 1]
    }

    /// The most and the least of a sum along a live path; −1 where there is none.
    mutating func extremes(_ value: (Int) -> Double) -> (most: Double, least: Double) {
        guard before[before.count - 1] > 0 else { return (-1, -1) }
        return (extreme(value, sign: 1), -extreme(value, sign: -1))
    }

    private mutating func extreme(_ value: (Int) -> Double, sign: Double) -> Double {
        for node in scratch.indices { scratch[node] = -.infinity }
        scratch[0] = 0
        for edge in graph.edges where isOpen[edge.source] && isOpen[edge.target] && before[edge.source] > 0 {
            let along = scratch[edge.source] + sign * value(graph.kinds[edge.target])
            scratch[edge.target] = max(scratch[edge.target], along)
        }
        return scratch[scratch.count - 1]
    }
}
