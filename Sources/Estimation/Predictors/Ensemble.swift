public import Statistics

/// Extremely randomised trees and Bayesian linear regression, mixed by how well each guesses rows that it has not seen.
///
/// The linear model is the better one on few rows, the trees on many; where they err differently, the mixture errs
/// less than either. The share is the one that minimises the squares of the rows held out: those out of the trees' bags,
/// and each left out of the regression, so that no model is fitted twice (stacking: D. Wolpert, Neural Networks 5(2),
/// 1992). The deviation comes from both deviations and from how far the two are apart, calibrated on the rows held out.
public struct Ensemble: Predictor {
    /// `ensemble`.
    public static let name = "ensemble"
    /// One line on it.
    public static let summary = "extremely randomised trees and Bayesian linear regression, weighed by cross-validation"

    /// How many trees, at least 1.
    public var trees = 200

    /// The mixture with the usual settings.
    public init() {}

    /// The mixture of N rows, N at least 2.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        try inputs.check(targets: targets)
        let scale = TargetScale(targets)
        let scaled = targets.map(scale.scaled)
        var forest = Forest()
        (forest.trees, forest.share, forest.drawsThresholds) = (trees, 0.5, true)
        let (bag, outOfBag) = try forest.bag(
            inputs, scaled, keeping: FeatureNames.bearable(inputs.names, rows: inputs.count), using: &generator)
        let columns = Standardisation(inputs.values, rows: inputs.count).keeping(
            inputs.names.map { !FeatureNames.isLocal($0) })
        let (linear, leftOut) = try BayesLinear.linear(inputs, scaled, columns: columns)
        let share = Self.share(outOfBag.map(\.mean), leftOut.map(\.mean), scaled)
        var model = EnsembleModel(bag: bag, linear: linear, share: share, scale: scale, calibration: .none)
        let heldOut = zip(outOfBag, leftOut).map { model.mixed($0, $1) }
        model.calibration = Calibration(heldOut, targets: targets)
        return FittedFeatures(model, fittedTo: inputs)
    }

    /// The share of the first guesses in the mixture that is nearest to the targets, as if it had also been one half in
    /// twenty rows more: few rows tell little of it.
    private static func share(_ first: [Double], _ second: [Double], _ targets: [Double]) -> Double {
        var (product, square) = (0.0, 0.0)
        for row in targets.indices {
            let gap = first[row] - second[row]
            product += gap * (targets[row] - second[row])
            square += gap * gap
        }
        guard square > 0 else { return 0.5 }
        let more = 20 / Double(targets.count)
        return min(max((product / square + more / 2) / (1 + more), 0), 1)
    }

    /// The mixture that was stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor {
        FittedFeatures(try EnsembleModel(state), state: state)
    }
}

/// Trees and a linear model of the same targets on a scale.
struct EnsembleModel: FeatureModel {
    let bag: TreeBag
    let linear: LinearModel
    /// Of the trees.
    let share: Double
    let scale: TargetScale
    var calibration: Calibration

    init(bag: TreeBag, linear: LinearModel, share: Double, scale: TargetScale, calibration: Calibration) {
        (self.bag, self.linear, self.share) = (bag, linear, share)
        (self.scale, self.calibration) = (scale, calibration)
    }

    init(_ state: PredictorState) throws {
        bag = TreeBag(trees: try RegressionTree.restored(from: state.part("trees.")))
        linear = try LinearModel(state.part("linear."))
        share = try state.number("share")
        scale = try TargetScale(numbers: state["scale"])
        calibration = try Calibration(numbers: state["calibration"])
        guard !bag.trees.isEmpty, (0...1).contains(share) else { throw PredictorState.damaged("its parts") }
    }

    func predictions(of values: [Float], count: Int) throws -> [Prediction] {
        let (first, second) = (try bag.guesses(of: values, count: count), try linear.guesses(of: values, count: count))
        return zip(first, second).map { calibration.calibrated(mixed($0, $1)) }
    }

    /// The mean and deviation of the mixture of two guesses.
    func mixed(_ first: Prediction, _ second: Prediction) -> Prediction {
        let mean = share * first.mean + (1 - share) * second.mean
        let gap = first.mean - second.mean
        let variance =
            share * first.deviation * first.deviation + (1 - share) * second.deviation * second.deviation
            + share * (1 - share) * gap * gap
        return scale.unscaled(Prediction(mean: mean, deviation: variance.squareRoot()))
    }

    var state: PredictorState {
        var (state, trees) = (PredictorState(), PredictorState())
        RegressionTree.store(bag.trees, into: &trees)
        state.add(trees, "trees.")
        state.add(linear.state, "linear.")
        (state["share"], state["scale"], state["calibration"]) = ([share], scale.numbers, calibration.numbers)
        return state
    }
}
