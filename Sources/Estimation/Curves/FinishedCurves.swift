import Statistics

/// A curve known to its end, and what it must be kept apart from when curves are judged.
public struct FinishedCurve: Sendable {
    /// All its points.
    public let curve: LearningCurve
    /// Curves of one group, such as those of one architecture, are never both learnt from and judged.
    public let group: String

    /// Makes it of its parts.
    public init(_ curve: LearningCurve, group: String) {
        self.curve = curve
        self.group = group
    }
}

/// The rest of a curve from curves already complete, combined with the parametric posterior.
///
/// For each epoch ahead a ridge regression predicts the rise from a few features of the part seen and from the
/// posterior's own forecast; errors of curves held out, group by group, give a Student distribution; this and the
/// posterior are pooled by the held-out likelihood, and the pool's levels recalibrated (``LevelCalibration``).
public struct FinishedCurves: CurveExtrapolator {
    /// The fewest finished curves to learn from.
    public static let fewest = 8

    private let finished: [FinishedCurve]
    private let posterior: ParametricPosterior?

    /// - Parameter posterior: what to combine the regression with; nil for the regression alone.
    public init(_ finished: [FinishedCurve], with posterior: ParametricPosterior? = ParametricPosterior()) {
        self.finished = finished
        self.posterior = posterior
    }

    /// What is believed of the values at `epochs`; see ``CurveExtrapolator``.
    public func predictions(
        of curve: LearningCurve, at epochs: [Double], in setting: CurveSetting
    ) throws -> [CurvePrediction] {
        try setting.check(curve)
        return try fitted(seen: curve.epochs, targets: epochs, setting).predictions(of: curve)
    }

    /// The regressions for curves that are seen at certain epochs, to be used for all of them.
    ///
    /// Under a falling schedule finished curves are compared by the share of their training that is done; otherwise
    /// epoch by epoch, and only those that reach the horizon.
    /// - Throws: ``CurveError/fewFinished(_:_:)``.
    public func fitted(seen: [Double], targets: [Double], _ setting: CurveSetting) throws -> CurveRegression {
        let views = finished.compactMap { example in
            FinishedView(example.curve, seen, targets, setting).map { (view: $0, group: example.group) }
        }
        guard views.count >= Self.fewest else { throw CurveError.fewFinished(views.count, Self.fewest) }
        guard let posterior else {
            let lessons = views.map { CurveLesson($0.view, group: $0.group, mixtures: nil) }
            return CurveRegression(lessons, design: nil, targetCount: targets.count, setting)
        }
        var known: [DesignKey: CurveDesign] = [:]
        let designs = views.map { example -> CurveDesign in
            let (seen, own) = (example.view.seen.epochs, example.view.setting)
            let key = DesignKey(seen: seen, horizon: own.horizon)
            let design = known[key] ?? CurveDesign(posterior.shapes, seen: seen, targets: example.view.targets, own)
            known[key] = design
            return design
        }
        let probabilities = Self.probabilities(views, designs, setting)
        let lessons = zip(views, designs).map { example, design in
            CurveLesson(
                example.view, group: example.group,
                mixtures: design.weighed(by: probabilities).mixtures(of: setting.oriented(example.view.seen)))
        }
        let design = CurveDesign(posterior.shapes, seen: seen, targets: targets, setting).weighed(by: probabilities)
        return CurveRegression(lessons, design: design, targetCount: targets.count, setting)
    }

    /// How probable each hypothesis about the schedule is among curves such as these, by what it says of their values
    /// at the last target.
    private static func probabilities(
        _ views: [(view: FinishedView, group: String)], _ designs: [CurveDesign], _ setting: CurveSetting
    ) -> [Double] {
        let hypotheses = designs[0].hypotheses.count
        guard hypotheses > 1 else { return [1] }
        let logs = zip(views, designs).map { example, design in
            design.alone.map { alone -> Double in
                let parts = alone.mixtures(of: setting.oriented(example.view.seen)).last ?? []
                let truth = example.view.truths[example.view.truths.count - 1]
                return CurvePrediction(parts: parts, setting: setting).logDensity(oriented: truth)
            }
        }
        return Pool.shares(
            (0..<hypotheses).map { k in logs.map { $0[k] } }, prior: [Double](repeating: 1, count: hypotheses),
            weights: LessonGroups(views.map(\.group)).weights)
    }

    private struct DesignKey: Hashable {
        let seen: [Double]
        let horizon: Double
    }
}

/// A finished curve as if it had been seen as far as another curve has.
struct FinishedView {
    let seen: LearningCurve
    let targets: [Double]
    let setting: CurveSetting
    /// The oriented truth at each target.
    let truths: [Double]

    /// Nil where the curve does not reach the horizon, or has no point among the epochs seen.
    init?(_ curve: LearningCurve, _ epochs: [Double], _ targets: [Double], _ setting: CurveSetting) {
        let length = curve.epochs[curve.epochs.count - 1]
        let isShared = setting.schedule == .cosine
        guard isShared ? curve.epochs.count > 1 : length >= setting.horizon else { return nil }
        let factor = isShared ? length / setting.horizon : 1
        let own = Set(epochs.map { max(1, ($0 * factor).rounded()) })
        let places = curve.epochs.indices.filter { own.contains(curve.epochs[$0]) && curve.epochs[$0] < length }
        guard !places.isEmpty, (try? setting.scale.check(curve.values)) != nil else { return nil }
        let seen = LearningCurve(sorted: places.map { curve.epochs[$0] }, places.map { curve.values[$0] })
        let ownTargets = targets.map { max($0 * factor, seen.epochs[places.count - 1]) }
        var ownSetting = setting
        ownSetting.horizon = setting.horizon * factor
        self.setting = ownSetting
        (self.seen, self.targets) = (seen, ownTargets)
        truths = ownTargets.map { setting.oriented(curve.value(at: $0)) }
    }
}
