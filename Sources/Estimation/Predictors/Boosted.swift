public import Statistics

/// Gradient boosted trees by XGBoost: ten boosters, each fitted without two tenths of the rows.
///
/// T. Chen and C. Guestrin: XGBoost: A Scalable Tree Boosting System. KDD 2016. The guess is the mean of the boosters,
/// which lowers its variance; the deviation is the spread between them, calibrated on
/// each row by the two that have not seen it (`Committee`).
/// Trees are smaller and steps shorter than XGBoost's own defaults (depth 6, 0.3), which are made for many rows.
public struct Boosted: Predictor {
    /// `boosted`.
    public static let name = "boosted"
    /// One line on it.
    public static let summary = "gradient boosted trees (XGBoost)"

    /// Trees of each booster, at least 1.
    public var trees = 200
    /// The most splits between root and leaf, at least 1.
    public var depth = 4
    /// The share of each tree's prediction that is added.
    public var rate = 0.06
    /// The share of the rows that each tree sees.
    public var rows = 0.8
    /// The share of the features that each tree sees.
    public var features = 0.5
    /// How many boosters, at least 2.
    public var boosters = 10

    /// Boosted trees with the usual settings.
    public init() {}

    /// The boosters of N rows, N at least 2.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        try inputs.check(targets: targets)
        guard trees >= 1, depth >= 1, boosters >= 2, rate > 0, (0...1).contains(rows), (0...1).contains(features) else {
            throw PredictorError(
                .setting, "boosting needs 1 or more trees and splits, 2 or more boosters, and shares in 0 ... 1",
                try: "leave them at their defaults")
        }
        let scale = TargetScale(targets)
        let scaled = targets.map { Float(scale.scaled($0)) }
        let folds = Folds(inputs.count, count: boosters, heldAtOnce: 2, using: &generator)
        let seed = Seed(generator.next())
        let fitted = try Parallel.map(folds.count, chunk: 1) { fold in
            let kept = folds.kept(in: fold)
            let booster = try XGBooster(
                inputs.gather(kept).values, targets: kept.map { scaled[$0] },
                parameters: parameters(seed.derived("booster", .number(fold))), rounds: trees)
            return (booster, try booster.predictions(of: inputs.values, count: inputs.count))
        }
        let committee = Committee(fitted.map(\.1), folds, targets: targets, scale: scale)
        return FittedFeatures(BoostedModel(boosters: fitted.map(\.0), committee: committee), fittedTo: inputs)
    }

    private func parameters(_ seed: Seed) -> [(String, String)] {
        [
            ("objective", "reg:squarederror"), ("base_score", "0"), ("tree_method", "exact"), ("nthread", "1"),
            ("max_depth", "\(depth)"), ("eta", "\(rate)"), ("subsample", "\(rows)"),
            ("colsample_bytree", "\(features)"), ("seed", "\(seed.value >> 33)"),
        ]
    }

    /// The boosters that were stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor {
        FittedFeatures(try BoostedModel(state), state: state)
    }
}

/// Boosters fitted to different parts of the rows.
struct BoostedModel: FeatureModel {
    let boosters: [XGBooster]
    let committee: Committee

    init(boosters: [XGBooster], committee: Committee) { (self.boosters, self.committee) = (boosters, committee) }

    init(_ state: PredictorState) throws {
        committee = try Committee(state)
        let lengths = try state.integers("lengths", in: 1..<1 << 40)
        let bytes = try state.integers("boosters", in: 0..<256).map { UInt8($0) }
        guard !lengths.isEmpty, lengths.reduce(0, +) == bytes.count else {
            throw PredictorState.damaged("its boosters")
        }
        var start = 0
        boosters = try lengths.map { length in
            defer { start += length }
            return try XGBooster(Array(bytes[start..<start + length]))
        }
    }

    func predictions(of values: [Float], count: Int) throws -> [Prediction] {
        guard count > 0 else { return [] }
        let all = try Parallel.map(boosters.count, chunk: 1) { try boosters[$0].predictions(of: values, count: count) }
        return committee.predictions(all, count: count)
    }

    func gains(width: Int) throws -> [Double]? {
        FeatureImportance.mean(of: try boosters.map { try $0.gains(width: width) })
    }

    var state: PredictorState {
        let bytes = boosters.map { (try? $0.bytes()) ?? [] }
        var state = PredictorState([
            "lengths": bytes.map { Double($0.count) }, "boosters": bytes.flatMap { $0.map(Double.init) },
        ])
        committee.store(into: &state)
        return state
    }
}

extension Prediction {
    /// The mean of several guesses and the standard deviation between them.
    init(spreadOf guesses: [Double]) {
        let mean = guesses.reduce(0, +) / Double(guesses.count)
        let square = guesses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(guesses.count)
        self.init(mean: mean, deviation: square.squareRoot())
    }
}
