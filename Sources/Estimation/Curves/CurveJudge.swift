import Glibc

/// How well predictions of final values held.
public struct CurveScore: Sendable {
    /// How many curves were predicted.
    public private(set) var count = 0
    private var sums = (density: 0.0, error: 0.0, half: 0.0, most: 0.0)

    /// Makes an empty score.
    public init() {}

    /// Adds a prediction and what came true.
    public mutating func add(_ prediction: CurvePrediction, truth: Double) {
        count += 1
        sums.density += max(-1000, prediction.logDensity(truth))
        sums.error += (prediction.median - truth).magnitude
        sums.half += Self.holds(prediction.interval(0.5), truth)
        sums.most += Self.holds(prediction.interval(0.9), truth)
    }

    private static func holds(_ band: (low: Double, high: Double), _ truth: Double) -> Double {
        truth >= band.low && truth <= band.high ? 1 : 0
    }

    /// The mean of ln p(truth), held to −1000 or more a curve.
    public var logLikelihood: Double { sums.density / Double(count) }
    /// The mean absolute error of the median.
    public var error: Double { sums.error / Double(count) }
    /// The share of truths inside the 50 % band.
    public var coverage50: Double { sums.half / Double(count) }
    /// The share of truths inside the 90 % band.
    public var coverage90: Double { sums.most / Double(count) }
}

/// Judges extrapolation on finished curves, cross-validated by group.
public enum CurveJudge {
    /// The score of the final values, when of every curve a fraction of its epochs is seen.
    ///
    /// - Parameters:
    ///   - fraction: the share of the epochs that is seen, above 0 and below 1.
    ///   - folds: into how many folds the groups are dealt, one by one; as many as there are groups if that is fewer.
    ///   - every: judges only each so-manieth curve.
    ///   - method: given the finished curves to learn from, none of a group that is judged, and a setting, a way to
    ///     predict curves that are seen at the same epochs.
    /// - Throws: what the method throws.
    public static func score(
        _ curves: [FinishedCurve], seen fraction: Double, goal: CurveGoal, scale: CurveScale, schedule: CurveSchedule,
        folds: Int = 10, every: Int = 1,
        method: ([FinishedCurve], _ seen: [Double], CurveSetting) throws -> (LearningCurve) throws -> CurvePrediction
    ) throws -> CurveScore {
        var numbers: [String: Int] = [:]
        for curve in curves where numbers[curve.group] == nil { numbers[curve.group] = numbers.count }
        var score = CurveScore()
        for fold in 0..<min(folds, numbers.count) {
            let isJudged = { (curve: FinishedCurve) in numbers[curve.group]! % folds == fold }
            let learnt = curves.filter { !isJudged($0) }
            var known: [[Double]: (LearningCurve) throws -> CurvePrediction] = [:]
            for (number, finished) in curves.enumerated() where number % every == 0 && isJudged(finished) {
                let curve = finished.curve
                let horizon = curve.epochs[curve.epochs.count - 1]
                guard let seen = curve.upTo((fraction * horizon).rounded()) else { continue }
                let setting = CurveSetting(goal: goal, scale: scale, schedule: schedule, horizon: horizon)
                let predict = try known[seen.epochs + [horizon]] ?? method(learnt, seen.epochs, setting)
                known[seen.epochs + [horizon]] = predict
                score.add(try predict(seen), truth: curve.values[curve.values.count - 1])
            }
        }
        return score
    }
}
