import Glibc

/// The simplest guess: the curve stays where it is, within the noise of its steps.
public struct LastValue: CurveExtrapolator {
    /// Makes it.
    public init() {}

    /// What is believed of the values at `epochs`; see ``CurveExtrapolator``.
    public func predictions(
        of curve: LearningCurve, at epochs: [Double], in setting: CurveSetting
    ) throws -> [CurvePrediction] {
        try setting.check(curve)
        let y = setting.oriented(curve)
        let steps = zip(y, y.dropFirst()).map { $1 - $0 }
        let square = steps.reduce(0) { $0 + $1 * $1 } / Double(max(1, steps.count))
        let floor = 1e-3 * max(1, y[y.count - 1].magnitude)
        let part = CurvePrediction.Part(weight: 1, centre: y[y.count - 1], scale: max(square.squareRoot(), floor))
        return epochs.map { _ in CurvePrediction(parts: [part], setting: setting) }
    }
}

/// The last value, moved and blurred by what finished curves did from there on.
public struct LastValueSpread: CurveExtrapolator {
    private let finished: [FinishedCurve]

    /// Learns from finished curves.
    public init(_ finished: [FinishedCurve]) { self.finished = finished }

    /// What is believed of the values at `epochs`; see ``CurveExtrapolator``.
    public func predictions(
        of curve: LearningCurve, at epochs: [Double], in setting: CurveSetting
    ) throws -> [CurvePrediction] {
        try setting.check(curve)
        let views = finished.compactMap { FinishedView($0.curve, curve.epochs, epochs, setting) }
        guard views.count >= FinishedCurves.fewest else {
            throw CurveError.fewFinished(views.count, FinishedCurves.fewest)
        }
        let last = setting.oriented(curve.values[curve.values.count - 1])
        return epochs.indices.map { target in
            let rises = views.map { $0.truths[target] - $0.setting.oriented($0.seen.values[$0.seen.values.count - 1]) }
            let mean = rises.reduce(0, +) / Double(rises.count)
            let square = rises.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rises.count - 1)
            let part = CurvePrediction.Part(weight: 1, centre: last + mean, scale: max(square.squareRoot(), 1e-6))
            return CurvePrediction(parts: [part], setting: setting)
        }
    }
}

/// The power law c − a·x^−α by least squares, with the noise of its residuals.
public struct PowerLaw: CurveExtrapolator {
    private static let exponents = (0..<60).map { 0.02 * pow(1.08, Double($0)) }

    /// Makes it.
    public init() {}

    /// What is believed of the values at `epochs`; see ``CurveExtrapolator``.
    public func predictions(
        of curve: LearningCurve, at epochs: [Double], in setting: CurveSetting
    ) throws -> [CurvePrediction] {
        try setting.check(curve)
        let y = setting.oriented(curve)
        guard y.count > 2 else { return try LastValue().predictions(of: curve, at: epochs, in: setting) }
        let lines = Self.exponents.map { Line(curve.epochs.map { [power = $0] in -pow($0, -power) }, y) }
        let best = lines.indices.min { lines[$0].squares < lines[$1].squares }!
        let (line, power) = (lines[best], Self.exponents[best])
        let floor = 1e-3 * max(1, y[y.count - 1].magnitude)
        let scale = max((line.squares / Double(max(1, y.count - 3))).squareRoot(), floor)
        return epochs.map { x in
            let part = CurvePrediction.Part(weight: 1, centre: line.offset - line.slope * pow(x, -power), scale: scale)
            return CurvePrediction(parts: [part], setting: setting)
        }
    }

    /// The straight line through points by least squares.
    private struct Line {
        let offset, slope, squares: Double

        init(_ x: [Double], _ y: [Double]) {
            let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
            let xx = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
            let xy = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
            let slope = xx > 1e-300 ? xy / xx : 0
            let offset = meanY - slope * meanX
            squares = zip(x, y).reduce(0) { $0 + ($1.1 - offset - slope * $1.0) * ($1.1 - offset - slope * $1.0) }
            (self.offset, self.slope) = (offset, slope)
        }
    }
}
