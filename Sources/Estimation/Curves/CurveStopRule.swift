import Synchronization

/// Whether a training is worth going on with: P(its final value is better than the best so far), from its curve alone.
///
/// The rule of Domhan et al. (IJCAI 2015), which stops where that probability is below 5 %; with several objectives, of
/// which only the curve's is uncertain, the probability that the training ends on the Pareto front. The same points
/// stand for the prior in every call, and what depends only on the epochs seen is kept between calls: an answer does not
/// depend on what was asked before.
public final class CurveStopRule: Sendable {
    /// How many lengths of curves are remembered.
    private static let capacity = 64

    /// The probability below which a training is stopped.
    public let threshold: Double
    private let goal: CurveGoal
    private let scale: CurveScale
    private let schedule: CurveSchedule
    private let posterior: ParametricPosterior
    private let designs = Mutex<[Key: CurveDesign]>([:])

    private struct Key: Hashable {
        let epochs: [Double]
        let horizon: Double
    }

    /// Makes a rule for curves of one kind.
    /// - Parameters:
    ///   - threshold: in 0 ... 1.
    ///   - posterior: the points of the prior.
    public init(
        goal: CurveGoal, scale: CurveScale, schedule: CurveSchedule = .unknown, threshold: Double = 0.05,
        posterior: ParametricPosterior = ParametricPosterior()
    ) {
        (self.goal, self.scale, self.schedule) = (goal, scale, schedule)
        (self.threshold, self.posterior) = (threshold, posterior)
    }

    /// P(the value at the horizon is better than `best`).
    ///
    /// - Throws: ``CurveError`` when a value lies outside the scale.
    public func probability(of curve: LearningCurve, beats best: Double, horizon: Double) throws -> Double {
        let last = curve.epochs.count - 1
        guard curve.epochs[last] < horizon else { return isBetter(curve.values[last], best) ? 1 : 0 }
        let setting = CurveSetting(goal: goal, scale: scale, schedule: schedule, horizon: horizon)
        try setting.check(curve)
        let parts = design(curve.epochs, setting).mixtures(of: setting.oriented(curve))[0]
        return CurvePrediction(parts: parts, setting: setting).probability(beats: best)
    }

    /// The same for the values of epochs 1, 2, …, up to now, of which NaN are gaps.
    ///
    /// - Returns: nil where nothing can be said: there is no value, the last one is not finite or lies outside the
    ///   scale, or `best` is NaN. An infinite `best` is beaten surely, or never.
    public func probability(_ values: [Double], beats best: Double, horizon: Int) -> Double? {
        guard let last = values.last, last.isFinite, !best.isNaN else { return nil }
        guard best.isFinite else { return isBetter(last, best) ? 1 : 0 }
        let epochs = values.indices.map { Double($0 + 1) }
        guard let curve = try? LearningCurve(epochs: epochs, values: values) else { return nil }
        return try? probability(of: curve, beats: best, horizon: Double(horizon))
    }

    /// Whether a training with these values should stop; false where nothing can be said.
    public func stops(_ values: [Double], beats best: Double, horizon: Int) -> Bool {
        probability(values, beats: best, horizon: horizon).map { $0 < threshold } ?? false
    }

    /// P(the training ends on the Pareto front), when its costs are known and only its final value is not.
    ///
    /// - Parameters:
    ///   - costs: its costs, of which less is better.
    ///   - front: value and costs, in the same order, of what it must not be dominated by.
    /// - Returns: nil where nothing can be said, as above.
    public func probability(
        _ values: [Double], costs: [Double], front: [(value: Double, costs: [Double])], horizon: Int
    ) -> Double? {
        guard let last = values.last, last.isFinite else { return nil }
        guard let best = bar(for: costs, front) else { return 1 }
        return probability(values, beats: best, horizon: horizon)
    }

    /// The best value among those that cost no more in any respect, which alone can dominate; nil where none does.
    /// - Precondition: all have as many costs.
    public func bar(for costs: [Double], _ front: [(value: Double, costs: [Double])]) -> Double? {
        front.filter { point in
            precondition(point.costs.count == costs.count, "the points of a front have as many costs as the candidate")
            return zip(point.costs, costs).allSatisfy { $0 <= $1 }
        }.map(\.value).max { isBetter($1, $0) }
    }

    private func isBetter(_ a: Double, _ b: Double) -> Bool { goal == .maximise ? a > b : a < b }

    private func design(_ epochs: [Double], _ setting: CurveSetting) -> CurveDesign {
        let key = Key(epochs: epochs, horizon: setting.horizon)
        if let known = designs.withLock({ $0[key] }) { return known }
        let made = CurveDesign(posterior.shapes, seen: epochs, targets: [setting.horizon], setting)
        designs.withLock { designs in
            if designs.count >= Self.capacity { designs.removeAll() }
            designs[key] = made
        }
        return made
    }
}
