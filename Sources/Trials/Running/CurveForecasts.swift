public import Estimation
public import Search

/// Forecasts of learning curves for the rule that stops hopeless trials.
public enum CurveForecasts {
    /// The probability that the value at the horizon beats another, from the curve alone
    /// (``Estimation/CurveStopRule``); nil of a curve that cannot be extrapolated.
    ///
    /// - Parameters:
    ///   - scale: of the values, the larger the better.
    ///   - schedule: how the learning rate falls.
    public static func probability(scale: CurveScale, schedule: CurveSchedule) -> Forecast {
        let rule = CurveStopRule(goal: .maximise, scale: scale, schedule: schedule)
        return { curve, best, horizon in rule.probability(curve, beats: best, horizon: horizon) }
    }
}
