import Spaces
public import Statistics
import Tensors

// x: nodes, [M, B, V, C]. One layer: x ← relu(A→ x W→ + A← x W← + b), A→ the mean over a node and those it reads, A←
// over it and those that read it. Live nodes are averaged, and joined by the features of the whole network.

/// A graph convolutional network over the operations of an architecture.
///
/// T. Kipf and M. Welling: Semi-Supervised Classification with Graph Convolutional Networks. ICLR 2017; both directions
/// as in L. Dudziak et al.: BRP-NAS, NeurIPS 2020 and in W. Wen et al.: Neural Predictor for Neural Architecture Search,
/// ECCV 2020. Departures: operations that lie on no path from input to output neither send nor count; what else is known
/// of an architecture (its features, live parameters among them) joins before the last layers; small layers, whole
/// batches and a cosine, which take two seconds where NASLib's setting takes half a minute; five networks, each fitted
/// without two fifths of the rows, on which the deviation is calibrated.
public struct GCN: Predictor {
    /// `gcn`.
    public static let name = "gcn"
    /// One line on it.
    public static let summary = "graph network over the operations of an architecture"

    /// How many networks, at least 2.
    public var networks = 5
    /// Units of each node, at least 1.
    public var units = 24
    /// Layers of the graph, at least 1.
    public var layers = 3
    /// Steps, each on all rows.
    public var epochs = 200

    /// The graph network with the usual settings.
    public init() {}

    /// The networks of N rows with architectures, N at least 2.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        guard let matrix = inputs.architectures, let space = inputs.space else {
            throw PredictorError(
                .features, "a graph network needs architectures, not columns alone",
                try: "give a table of architectures, or use another predictor")
        }
        try inputs.check(targets: targets)
        guard networks >= 2, units >= 1, layers >= 1, epochs >= 1 else {
            throw PredictorError(
                .setting, "an ensemble needs 2 or more networks, and 1 or more units, layers and epochs",
                try: "leave them at their defaults")
        }
        let columns = Standardisation(inputs.values, rows: inputs.count)
        let network = GraphNetwork(
            inputs: inputs.names.count, nodeInputs: NetworkRows.nodeWidth(space), units: units, layers: layers)
        let training = NetworkTraining(
            epochs: epochs, batch: 256, rate: 0.01, decay: 1e-4, squares: true, cosine: true)
        let model = try NetworkModel(
            network, members: networks, training, to: inputs, targets: targets,
            NetworkRows(inputs, columns, graphsOf: matrix, in: space), columns: columns, using: &generator)
        return FittedGCN(networks: model, names: inputs.names, space: space.name, genes: matrix.length)
    }

    /// The networks that were stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor { try FittedGCN(state) }
}

/// Layers on a graph, then two on what they come to.
struct GraphNetwork: SmallNetwork {
    let inputs: Int
    let nodeInputs: Int
    let units: Int
    let layers: Int

    private var hidden: Int { 2 * units }

    var extents: [[Int]] {
        let graph = (0..<layers).flatMap { layer in
            let width = layer == 0 ? nodeInputs : units
            return [[width, units], [width, units], [1, units]]
        }
        return graph + [[units, hidden], [inputs, hidden], [1, hidden], [hidden, 1], [1, 1]]
    }

    func output(_ parameters: [Tensor], _ batch: NetworkBatch) throws -> Tensor {
        guard var x = batch.nodes, let reading = batch.reading, let read = batch.read, let live = batch.live else {
            throw PredictorError(.features, "a graph network needs graphs", try: "give architectures")
        }
        let (rows, size, members) = (x.shape[0], x.shape[1], parameters[0].shape[0])
        for layer in 0..<layers {
            // [M, B·V, units] each; the first layer's nodes are shared by the members.
            let flat = try layer == 0 ? x.reshaped(rows * size, nodeInputs) : x.reshaped(members, rows * size, units)
            let along = try reading.matmul(flat.matmul(parameters[3 * layer]).reshaped(members, rows, size, units))
            let against = try read.matmul(flat.matmul(parameters[3 * layer + 1]).reshaped(members, rows, size, units))
            x = try (along + against + parameters[3 * layer + 2].unsqueezed(1)).relu()
        }
        let pooled = try live.matmul(x).reshaped(members, rows, units)
        let last = 3 * layers
        let hidden = try
            (pooled.matmul(parameters[last]) + batch.features.matmul(parameters[last + 1]) + parameters[last + 2])
            .relu()
        return try (hidden.matmul(parameters[last + 3]) + parameters[last + 4]).squeezed(-1)
    }
}

/// A fitted graph network.
struct FittedGCN: FittedPredictor {
    let networks: NetworkModel<GraphNetwork>
    let names: [String]
    let space: String
    let genes: Int

    func predictions(for inputs: PredictorInputs) throws -> [Prediction] {
        guard let matrix = inputs.architectures, let own = inputs.space else {
            throw PredictorError(
                .features, "a graph network needs architectures, not columns alone", try: "give architectures")
        }
        try inputs.check(features: names, space: space)
        guard matrix.length == genes else {
            throw PredictorError(
                .space, "the architectures have \(matrix.length) genes, those fitted on had \(genes)",
                try: "take them from the space that it was fitted on")
        }
        let rows = NetworkRows(inputs, networks.columns, graphsOf: matrix, in: own)
        return try networks.predictions(rows, count: matrix.count)
    }

    var state: PredictorState? {
        var state = networks.state
        let network = networks.ensemble.network
        state["shape"] = [network.nodeInputs, network.units, network.layers, genes].map(Double.init)
        (state.features, state.space) = (names, space)
        return state
    }
}

extension FittedGCN {
    init(_ state: PredictorState) throws {
        let shape = try state.integers("shape", in: 1..<100_000)
        guard shape.count == 4, let space = state.space else { throw PredictorState.damaged("its shape") }
        let network = GraphNetwork(
            inputs: state.features.count, nodeInputs: shape[0], units: shape[1], layers: shape[2])
        networks = try NetworkModel(network, state: state)
        (names, self.space, genes) = (state.features, space, shape[3])
    }
}
