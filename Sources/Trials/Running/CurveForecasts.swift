public import Estimation
public import Search

/// Forecasts of learning curves for the rule that stops hopeless trials.
public enum CurveForecasts {
    /// The probability that the value at the horizon beats another, by the posterior over the rest of the curve from the
    /// curve alone (``Estimation/ParametricPosterior``).
    ///
    /// Of a curve that cannot be extrapolated it says nothing: nil.
    ///
    /// - Parameters:
    ///   - scale: of the values, the larger the better.
    ///   - schedule: how the learning rate falls.
    public static func probability(scale: CurveScale, schedule: CurveSchedule) -> Forecast {
        let posterior = ParametricPosterior()
        return { curve, best, horizon in
            let known = curve.indices.filter { curve[$0].isFinite }
            let setting = CurveSetting(goal: .maximise, scale: scale, schedule: schedule, horizon: Double(horizon))
            guard
                let seen = try? LearningCurve(
                    epochs: known.map { Double($0 + 1) }, values: known.map { curve[$0] }),
                let final = try? posterior.predictions(of: seen, at: [Double(horizon)], in: setting).first
            else { return nil }
            return final.probability(above: best)
        }
    }
}
