import Spaces
public import Statistics

/// BANANAS's ensemble of multilayer perceptrons.
///
/// C. White, W. Neiswanger and Y. Savani: BANANAS: Bayesian Optimization with Neural Architectures for Neural
/// Architecture Search. AAAI 2021, section 3 and appendix: networks of ten layers of 20 units, ReLU, Adam with rate 0.01
/// and β₁ = 0.9, β₂ = 0.99, 150 epochs, batches of 32, absolute error. Departures: ten networks instead of five, one for
/// each pair of five parts of the rows, which it does not see: on these, four networks a row, the deviation is calibrated
/// (`Committee`); targets are scaled.
public struct MLP: Predictor {
    /// `mlp`.
    public static let name = "mlp"
    /// One line on it.
    public static let summary = "ensemble of multilayer perceptrons, as in BANANAS"

    /// Into how many parts the rows are dealt, at least 2; above 3 there is a network for each pair of parts.
    public var parts = 5
    /// Units in each layer, at least 1.
    public var units = 20
    /// How many layers of units, at least 1.
    public var layers = 10
    /// Passes over the rows, at least 1.
    public var epochs = 150

    /// The ensemble with the paper's settings.
    public init() {}

    /// The networks of N rows, N at least 2.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        try inputs.check(targets: targets)
        guard parts >= 2, units >= 1, layers >= 1, epochs >= 1 else {
            throw PredictorError(
                .setting, "an ensemble needs 2 or more parts, and 1 or more units, layers and epochs",
                try: "leave them at their defaults")
        }
        let columns = Standardisation(inputs.values, rows: inputs.count)
        let rows = columns.bounded(inputs.values, rows: inputs.count)
        let scale = TargetScale(targets)
        let folds = Folds(inputs.count, pairsOf: parts, using: &generator)
        let networks = try TinyEnsemble(
            rows, width: inputs.names.count, targets: targets.map { Float(scale.scaled($0)) },
            lessons: (0..<folds.count).map(folds.kept),
            TinyEnsemble.Settings(layers: layers, units: units, epochs: epochs), using: &generator)
        let committee = Committee(networks.outputs(of: rows), folds, targets: targets, scale: scale)
        return FittedFeatures(
            MLPModel(networks: networks, columns: columns, committee: committee), fittedTo: inputs)
    }

    /// The networks that were stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor {
        FittedFeatures(try MLPModel(state), state: state)
    }
}

/// A fitted ensemble of perceptrons.
struct MLPModel: FeatureModel {
    let networks: TinyEnsemble
    let columns: Standardisation
    let committee: Committee

    private static let block = 512

    init(networks: TinyEnsemble, columns: Standardisation, committee: Committee) {
        (self.networks, self.columns, self.committee) = (networks, columns, committee)
    }

    init(_ state: PredictorState) throws {
        networks = try TinyEnsemble(state, inputs: state.features.count)
        columns = try Standardisation(state, width: state.features.count)
        committee = try Committee(state)
    }

    func predictions(of values: [Float], count: Int) throws -> [Prediction] {
        let width = columns.means.count
        return try Parallel.map((count + Self.block - 1) / Self.block, chunk: 1) { number in
            let rows = number * Self.block..<min(count, (number + 1) * Self.block)
            let part = Array(values[rows.lowerBound * width..<rows.upperBound * width])
            let outputs = networks.outputs(of: columns.bounded(part, rows: rows.count))
            return committee.predictions(outputs, count: rows.count)
        }.flatMap(\.self)
    }

    var state: PredictorState {
        var state = PredictorState(["means": columns.means, "scales": columns.scales])
        networks.store(into: &state)
        committee.store(into: &state)
        return state
    }
}
