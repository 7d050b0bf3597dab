import Spaces
import Tensors

/// The rows that small networks see, as tensors.
struct NetworkBatch {
    /// Standardised features, `[B, F]`.
    let features: Tensor
    /// The kind of each operation, one-hot, and its place in the graph, `[B, V, K]`; nil where no graph is read.
    let nodes: Tensor?
    /// For each operation the mean over itself and those it reads, `[B, V, V]`.
    let reading: Tensor?
    /// For each operation the mean over itself and those that read it, `[B, V, V]`.
    let read: Tensor?
    /// For each operation 1/(number of live ones) if it is live, else 0, `[B, 1, V]`.
    let live: Tensor?
}

/// Rows of features, and of graphs where these are read, from which batches are made.
struct NetworkRows {
    private let features: [Float]
    private let width: Int
    private let graphs: [OperationGraph]
    private let kinds: [OperationKind]

    /// - Parameter matrix: the architectures whose graphs are read, nil for features alone.
    init(_ inputs: PredictorInputs, _ columns: Standardisation, graphsOf matrix: GeneMatrix?, in space: (any Space)?) {
        width = columns.means.count
        features = columns.bounded(inputs.values, rows: inputs.count)
        kinds = space?.operationKinds ?? []
        let graph = space?.operationGraphs()
        graphs = matrix.map { matrix in matrix.indices.compactMap { graph?(Array(matrix.genes(of: $0))) } } ?? []
    }

    /// The number of features of a node: its kind, input or output, its place.
    static func nodeWidth(_ space: any Space) -> Int { space.operationKinds.count + 3 }

    /// The batch of these rows.
    func batch(_ rows: [Int]) throws -> NetworkBatch {
        let values = rows.flatMap { self.features[$0 * width..<($0 + 1) * width] }
        let features = try Tensor(values, shape: [rows.count, width])
        guard let first = graphs.first else {
            return NetworkBatch(features: features, nodes: nil, reading: nil, read: nil, live: nil)
        }
        let (size, nodeWidth) = (first.kinds.count, kinds.count + 3)
        var nodes = [Float](repeating: 0, count: rows.count * size * nodeWidth)
        var reading = [Float](repeating: 0, count: rows.count * size * size)
        var (read, live) = (reading, [Float](repeating: 0, count: rows.count * size))
        for (place, row) in rows.enumerated() {
            let graph = graphs[row]
            fillNodes(graph, &nodes, at: place * size * nodeWidth)
            fillEdges(graph, &reading, &read, &live, at: place, size)
        }
        return NetworkBatch(
            features: features, nodes: try Tensor(nodes, shape: [rows.count, size, nodeWidth]),
            reading: try Tensor(reading, shape: [rows.count, size, size]),
            read: try Tensor(read, shape: [rows.count, size, size]),
            live: try Tensor(live, shape: [rows.count, 1, size]))
    }

    private func fillNodes(_ graph: OperationGraph, _ nodes: inout [Float], at start: Int) {
        let last = graph.kinds.count - 1
        for (node, kind) in graph.kinds.enumerated() {
            let row = start + node * (kinds.count + 3)
            if kind >= 0 { nodes[row + kind] = 1 }
            if node == 0 { nodes[row + kinds.count] = 1 }
            if node == last { nodes[row + kinds.count + 1] = 1 }
            nodes[row + kinds.count + 2] = Float(node) / Float(last)
        }
    }

    private func fillEdges(
        _ graph: OperationGraph, _ reading: inout [Float], _ read: inout [Float], _ live: inout [Float],
        at place: Int, _ size: Int
    ) {
        let paths = LivePaths(graph, kinds)
        let alive = paths.live + [size - 1]
        for node in alive { live[place * size + node] = 1 / Float(alive.count) }
        let start = place * size * size
        for node in 0..<size { (reading[start + node * size + node], read[start + node * size + node]) = (1, 1) }
        for edge in graph.edges where paths.isLive(edge) {
            reading[start + edge.target * size + edge.source] = 1
            read[start + edge.source * size + edge.target] = 1
        }
        for row in 0..<size {
            let range = start + row * size..<start + (row + 1) * size
            let (into, out) = (reading[range].reduce(0, +), read[range].reduce(0, +))
            for cell in range {
                reading[cell] /= into
                read[cell] /= out
            }
        }
    }
}
