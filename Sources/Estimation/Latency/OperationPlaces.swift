import Spaces

// v: a node of the graph of operations, k: its kind. h(a): the features of architecture a, of which few are 1.

/// Which operation stands where: for each place of the graph of operations and each kind a 1 if it is there, and another
/// if it is live there.
///
/// Runtimes that leave dead branches out follow the second, the others the first.
struct OperationPlaces: Sendable {
    /// How many features there are.
    let count: Int
    private let kinds: [OperationKind]
    private let nodes: Int
    private let graph: @Sendable ([UInt8]) -> OperationGraph

    init(_ space: any Space) {
        kinds = space.operationKinds
        graph = space.operationGraphs()
        nodes = graph(space.genes.map { _ in 0 }).kinds.count - 2
        count = 2 * nodes * kinds.count
    }

    /// The features that are 1.
    func features(of genes: [UInt8]) -> [Int] {
        let graph = graph(genes)
        var places = (1...nodes).map { ($0 - 1) * kinds.count + graph.kinds[$0] }
        for node in LivePaths(graph, kinds).live {
            places.append((nodes + node - 1) * kinds.count + graph.kinds[node])
        }
        return places
    }

    /// In words, the operation and its place, of the feature of a number.
    func name(of feature: Int) -> (operation: String, place: Int, isLive: Bool) {
        let node = feature / kinds.count
        return (kinds[feature % kinds.count].name, node % nodes, node >= nodes)
    }
}
