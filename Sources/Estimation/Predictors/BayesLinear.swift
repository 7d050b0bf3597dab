public import Statistics

/// Bayesian linear regression on standardised features, its precisions chosen by the evidence.
///
/// D. MacKay: Bayesian Interpolation. Neural Computation 4(3), 1992. Features of one family (`gene …`, `path …`, and all
/// others) share a precision; with fewer than two rows a feature, those of one gene or path are left out. Targets that are far out are compressed first. The deviation is that of the posterior,
/// calibrated by leaving each row out, which costs no second fit.
public struct BayesLinear: Predictor {
    /// `bayes_linear`.
    public static let name = "bayes_linear"
    /// One line on it.
    public static let summary = "Bayesian linear regression with maximised evidence"

    /// Bayesian linear regression; it has no settings.
    public init() {}

    /// The regression on N rows, N at least 2.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        try inputs.check(targets: targets)
        let scale = TargetScale(targets)
        let (model, leftOut) = try Self.linear(inputs, targets.map(scale.scaled))
        let calibration = Calibration(leftOut.map(scale.unscaled), targets: targets)
        return FittedFeatures(
            BayesLinearModel(linear: model, scale: scale, calibration: calibration), fittedTo: inputs)
    }

    /// The regression of scaled targets, and guesses of the rows by the others.
    static func linear(
        _ inputs: PredictorInputs, _ scaled: [Double], columns: Standardisation? = nil
    ) throws -> (model: LinearModel, leftOut: [Prediction]) {
        let columns =
            columns
            ?? Standardisation(inputs.values, rows: inputs.count).keeping(
                FeatureNames.bearable(inputs.names, rows: inputs.count))
        let rows = columns.standardised(inputs.values, rows: inputs.count)
        let evidence = try LinearEvidence(rows, targets: scaled, groups: FeatureNames.families(inputs.names))
        let leftOut = evidence.leftOut.map { Prediction(mean: $0.mean, deviation: $0.deviation) }
        return (LinearModel(evidence: evidence, columns: columns), leftOut)
    }

    /// The regression that was stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor {
        FittedFeatures(try BayesLinearModel(state), state: state)
    }
}

/// A fitted linear model of standardised features.
struct LinearModel: Sendable {
    let evidence: LinearEvidence
    let columns: Standardisation

    init(evidence: LinearEvidence, columns: Standardisation) { (self.evidence, self.columns) = (evidence, columns) }

    /// The guess for each of `count` rows of `values`, `[count, F]`.
    func guesses(of values: [Float], count: Int) throws -> [Prediction] {
        let width = columns.means.count
        let rows = columns.standardised(values, rows: count)
        return try Parallel.map(count) { row in
            let guess = evidence.guess(rows[row * width..<(row + 1) * width])
            return Prediction(mean: guess.mean, deviation: guess.deviation)
        }
    }

    var state: PredictorState {
        PredictorState([
            "weights": evidence.weights, "covariance": evidence.covariance, "noise": [evidence.noise],
            "means": columns.means, "scales": columns.scales,
        ])
    }

    init(_ state: PredictorState) throws {
        let size = state.features.count + 1
        columns = try Standardisation(state, width: size - 1)
        evidence = LinearEvidence(
            weights: try state.row("weights", count: size),
            covariance: try state.row("covariance", count: size * size), noise: try state.number("noise"))
    }
}

/// A linear model of targets on a scale.
struct BayesLinearModel: FeatureModel {
    let linear: LinearModel
    let scale: TargetScale
    let calibration: Calibration

    init(linear: LinearModel, scale: TargetScale, calibration: Calibration) {
        (self.linear, self.scale, self.calibration) = (linear, scale, calibration)
    }

    init(_ state: PredictorState) throws {
        linear = try LinearModel(state)
        scale = try TargetScale(numbers: state["scale"])
        calibration = try Calibration(numbers: state["calibration"])
    }

    func predictions(of values: [Float], count: Int) throws -> [Prediction] {
        try linear.guesses(of: values, count: count).map { calibration.calibrated(scale.unscaled($0)) }
    }

    var state: PredictorState {
        var state = linear.state
        (state["scale"], state["calibration"]) = (scale.numbers, calibration.numbers)
        return state
    }
}
