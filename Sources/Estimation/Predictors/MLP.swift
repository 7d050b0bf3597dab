import Spaces
public import Statistics
import Tensors

/// BANANAS's ensemble of multilayer perceptrons.
///
/// C. White, W. Neiswanger and Y. Savani: BANANAS: Bayesian Optimization with Neural Architectures for Neural
/// Architecture Search. AAAI 2021, section 3 and appendix: five networks of ten layers of 20 units, ReLU, Adam with
/// rate 0.01 and β₁ = 0.9, β₂ = 0.99, 150 epochs, batches of 32, absolute error. Departures: each network is fitted
/// without two fifths of the rows, on which the deviation is calibrated, and targets are scaled.
public struct MLP: Predictor {
    /// `mlp`.
    public static let name = "mlp"
    /// One line on it.
    public static let summary = "ensemble of multilayer perceptrons, as in BANANAS"

    /// How many networks, at least 2.
    public var networks = 5
    /// Units in each layer, at least 1.
    public var units = 20
    /// How many layers of units, at least 1.
    public var layers = 10
    /// Passes over the rows.
    public var epochs = 150

    /// The ensemble with the paper's settings.
    public init() {}

    /// The networks of N rows, N at least 2.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        try inputs.check(targets: targets)
        guard networks >= 2, units >= 1, layers >= 1, epochs >= 1 else {
            throw PredictorError(
                .setting, "an ensemble needs 2 or more networks, and 1 or more units, layers and epochs",
                try: "leave them at their defaults")
        }
        let columns = Standardisation(inputs.values, rows: inputs.count)
        let network = Perceptron(inputs: inputs.names.count, units: units, layers: layers)
        let training = NetworkTraining(epochs: epochs, batch: 32, rate: 0.01, betas: (0.9, 0.99))
        let model = try NetworkModel(
            network, members: networks, training, to: inputs, targets: targets,
            NetworkRows(inputs, columns, graphsOf: nil, in: nil), columns: columns, using: &generator)
        return FittedFeatures(MLPModel(networks: model), fittedTo: inputs)
    }

    /// The networks that were stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor {
        FittedFeatures(try MLPModel(state), state: state)
    }
}

/// Layers of units with ReLU between, and one number at the end.
struct Perceptron: SmallNetwork {
    let inputs: Int
    let units: Int
    let layers: Int

    var extents: [[Int]] {
        let widths = [inputs] + Array(repeating: units, count: layers) + [1]
        return zip(widths, widths.dropFirst()).flatMap { [[$0, $1], [1, $1]] }
    }

    func output(_ parameters: [Tensor], _ batch: NetworkBatch) throws -> Tensor {
        var x = batch.features  // [B, F], then [M, B, units]
        for layer in 0...layers {
            x = try x.matmul(parameters[2 * layer]) + parameters[2 * layer + 1]
            if layer < layers { x = try x.relu() }
        }
        return try x.squeezed(-1)
    }
}

/// A fitted ensemble of perceptrons.
struct MLPModel: FeatureModel {
    let networks: NetworkModel<Perceptron>

    init(networks: NetworkModel<Perceptron>) { self.networks = networks }

    init(_ state: PredictorState) throws {
        let shape = try state.integers("shape", in: 1..<100_000)
        guard shape.count == 2 else { throw PredictorState.damaged("its shape") }
        let network = Perceptron(inputs: state.features.count, units: shape[0], layers: shape[1])
        networks = try NetworkModel(network, state: state)
    }

    func predictions(of values: [Float], count: Int) throws -> [Prediction] {
        let inputs = PredictorInputs(names: (0..<networks.columns.means.count).map(String.init), values: values)
        return try networks.predictions(
            NetworkRows(inputs, networks.columns, graphsOf: nil, in: nil), count: count)
    }

    var state: PredictorState {
        var state = networks.state
        state["shape"] = [Double(networks.ensemble.network.units), Double(networks.ensemble.network.layers)]
        return state
    }
}
