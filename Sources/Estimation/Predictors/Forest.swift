public import Statistics

/// Random forest regression: trees of bootstrap samples, each split chosen among a random part of the features.
///
/// L. Breiman: Random Forests. Machine Learning 45, 2001. The defaults are those of scikit-learn's regressor (100
/// trees, grown until leaves are pure), but for the features per split: a third, as Breiman's own for regression,
/// instead of all. The deviation is the spread between the trees, calibrated on the rows out of each tree's bag.
public struct Forest: Predictor {
    /// `forest`.
    public static let name = "forest"
    /// One line on it.
    public static let summary = "random forest of regression trees, with their spread"

    /// How many trees, at least 1.
    public var trees = 100
    /// The most splits between root and leaf; nil for as many as it takes.
    public var depth: Int?
    /// The fewest rows in a leaf, at least 1.
    public var leaf = 1
    /// The share of the features looked at for each split, above 0 and at most 1.
    public var share = 1.0 / 3
    /// Whether thresholds are drawn instead of optimised (extremely randomised trees, P. Geurts et al., 2006).
    public var drawsThresholds = false

    /// A forest with the usual settings.
    public init() {}

    /// The forest of N rows, N at least 2.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        try inputs.check(targets: targets)
        let (bag, heldOut) = try bag(inputs, targets, using: &generator)
        let model = ForestModel(bag: bag, calibration: Calibration(heldOut, targets: targets))
        return FittedFeatures(model, fittedTo: inputs)
    }

    /// The trees, and guesses of the rows by the trees that have not seen them.
    func bag(
        _ inputs: PredictorInputs, _ targets: [Double], keeping isKept: [Bool]? = nil, using generator: inout Random
    ) throws -> (bag: TreeBag, heldOut: [Prediction]) {
        guard trees >= 1, leaf >= 1, share > 0, share <= 1, depth ?? 1 >= 1 else {
            throw PredictorError(
                .setting, "a forest needs 1 or more trees, splits and rows in a leaf, and a share in 0 ... 1",
                try: "leave them at their defaults")
        }
        let width = inputs.names.count
        let bins = FeatureBins(inputs.values, rows: inputs.count, width: width, keeping: isKept)
        let settings = TreeSettings(
            depth: depth, leaf: leaf, featuresPerSplit: max(1, Int((share * Double(bins.varying.count)).rounded())),
            drawsThresholds: drawsThresholds)
        return try TreeBag.fitted(bins, inputs.values, targets, trees: trees, settings, Seed(generator.next()))
    }

    /// The forest that was stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor {
        FittedFeatures(try ForestModel(state), state: state)
    }
}

/// A fitted forest.
struct ForestModel: FeatureModel {
    let bag: TreeBag
    let calibration: Calibration

    init(bag: TreeBag, calibration: Calibration) { (self.bag, self.calibration) = (bag, calibration) }

    init(_ state: PredictorState) throws {
        bag = TreeBag(trees: try RegressionTree.restored(from: state))
        calibration = try Calibration(numbers: state["calibration"])
        guard !bag.trees.isEmpty else { throw PredictorState.damaged("it has no trees") }
    }

    func predictions(of values: [Float], count: Int) throws -> [Prediction] {
        try bag.guesses(of: values, count: count).map(calibration.calibrated)
    }

    func gains(width: Int) -> [Double]? { FeatureImportance.mean(of: bag.trees.map { $0.gains(width: width) }) }

    var state: PredictorState {
        var state = PredictorState(["calibration": calibration.numbers])
        RegressionTree.store(bag.trees, into: &state)
        return state
    }
}
