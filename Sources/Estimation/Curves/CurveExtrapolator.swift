/// A way to guess the rest of a curve.
public protocol CurveExtrapolator: Sendable {
    /// What is believed of the values at `epochs`, which lie after the curve's last point, one prediction each.
    ///
    /// - Throws: ``CurveError`` when the curve does not fit the setting, or there is too little to learn from.
    func predictions(of curve: LearningCurve, at epochs: [Double], in setting: CurveSetting) throws -> [CurvePrediction]
}
