import Glibc

/// What is believed of a curve's value at one epoch: a mixture of Student and normal distributions on the
/// straightened, oriented scale, with levels recalibrated where finished curves showed how often they hold.
public struct CurvePrediction: Sendable {
    /// One distribution of the mixture.
    struct Part: Sendable {
        var weight: Double
        var centre: Double
        var scale: Double
        /// Degrees of freedom, even; 0 for a normal distribution.
        var degrees = 0
    }

    let parts: [Part]
    let setting: CurveSetting
    var calibration = LevelCalibration()

    /// The logarithm of the density of a value, in the value's own units, before any recalibration of levels.
    public func logDensity(_ value: Double) -> Double {
        logDensity(oriented: setting.oriented(value)) + setting.scale.logSlope(value)
    }

    /// P(value > x).
    public func probability(above x: Double) -> Double {
        if let sure = setting.scale.certainty(above: x) { return sure }
        let below = calibration.probability(cumulative(setting.threshold(x)))
        return setting.goal == .maximise ? 1 - below : below
    }

    /// P(value is better than x): larger where larger is better, smaller otherwise.
    public func probability(beats x: Double) -> Double {
        let above = probability(above: x)
        return setting.goal == .maximise ? above : 1 - above
    }

    /// The value below which it lies with a probability 0 < p < 1.
    public func quantile(_ p: Double) -> Double {
        setting.value(orientedQuantile(calibration.nominal(setting.goal == .maximise ? p : 1 - p)))
    }

    /// The middle of the distribution.
    public var median: Double { quantile(0.5) }

    /// The ends between which the value lies with a probability `level`, 0 < level < 1, as much below as above.
    public func interval(_ level: Double) -> (low: Double, high: Double) {
        (quantile(0.5 - level / 2), quantile(0.5 + level / 2))
    }

    func logDensity(oriented z: Double) -> Double {
        let logs = parts.map { log($0.weight) + $0.logDensity(z) }
        let top = logs.max() ?? -.infinity
        return top.isFinite ? top + log(logs.reduce(0) { $0 + exp($1 - top) }) : -.infinity
    }

    /// P(oriented value ≤ z).
    func cumulative(_ z: Double) -> Double { parts.reduce(0) { $0 + $1.weight * $1.cumulative(z) } }

    /// The inverse of ``cumulative(_:)``, by bisection between ends that are doubled until they hold it.
    func orientedQuantile(_ p: Double) -> Double {
        var low = parts.map { $0.centre - 3 * $0.scale }.min() ?? 0
        var high = parts.map { $0.centre + 3 * $0.scale }.max() ?? 0
        var width = max(high - low, 1e-9)
        while cumulative(low) > p, width < 1e12 { (low, width) = (low - width, width * 2) }
        while cumulative(high) < p, width < 1e12 { (high, width) = (high + width, width * 2) }
        for _ in 0..<60 where high - low > 1e-7 * max(1e-3, high.magnitude) {
            let middle = (low + high) / 2
            if cumulative(middle) < p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

extension CurvePrediction.Part {
    func logDensity(_ z: Double) -> Double {
        guard degrees > 0 else { return NormalLaw.logDensity(z, centre, scale) }
        let (n, t) = (Double(degrees), (z - centre) / scale)
        return lgamma((n + 1) / 2) - lgamma(n / 2) - 0.5 * log(n * .pi) - log(scale) - (n + 1) / 2 * log1p(t * t / n)
    }

    /// P(≤ z); for Student's distribution with even degrees, M. Abramowitz and I. Stegun: Handbook of Mathematical
    /// Functions, 26.7.4.
    func cumulative(_ z: Double) -> Double {
        let t = (z - centre) / scale
        guard degrees > 0 else { return NormalLaw.cumulative(t) }
        let n = Double(degrees)
        let cosine = n / (n + t * t)
        var (term, sum) = (1.0, 1.0)
        for k in stride(from: 2, to: degrees, by: 2) {
            term *= cosine * Double(k - 1) / Double(k)
            sum += term
        }
        return 0.5 + 0.5 * t / (n + t * t).squareRoot() * sum
    }
}

/// Which nominal level holds with a given probability: split conformal prediction on the score |2F(y) − 1| of curves
/// held out (V. Vovk, A. Gammerman and G. Shafer: Algorithmic Learning in a Random World, 2005; with predictive
/// distributions, V. Chernozhukov, K. Wüthrich and Y. Zhu, PNAS 118(48), 2021).
///
/// Twenty scores, evenly spread, stand for the belief that the levels hold as they are, so that a few curves move
/// them little. Bands, quantiles and probabilities follow the same map, and so agree.
struct LevelCalibration: Sendable {
    /// Ends of straight pieces, ascending from (0, 0) to (1, 1): how often a level holds, and the nominal level.
    private let knots: [Knot]

    /// Levels hold as they are.
    init() { knots = [] }

    /// Levels as the cumulative probabilities of truths held out say.
    init(cumulative: [Double]) {
        let scores = cumulative.map { (2 * $0 - 1).magnitude } + (0..<20).map { (Double($0) + 0.5) / 20 }
        let inner = scores.sorted().enumerated().map { (Double($0 + 1) / Double(scores.count + 1), $1) }
        knots = [(0, 0)] + inner + [(1, 1)]
    }

    /// The probability to ask the distribution for where p is wanted.
    func nominal(_ p: Double) -> Double {
        guard !knots.isEmpty else { return p }
        return mapped(p) { Self.along(knots, $0, { $0.level }, { $0.nominal }) }
    }

    /// The inverse of ``nominal(_:)``: the probability that is meant where the distribution gives p.
    func probability(_ p: Double) -> Double {
        guard !knots.isEmpty else { return p }
        return mapped(p) { Self.along(knots, $0, { $0.nominal }, { $0.level }) }
    }

    /// Moves both tails alike.
    private func mapped(_ p: Double, _ map: (Double) -> Double) -> Double {
        let level = map((2 * p - 1).magnitude)
        return p < 0.5 ? 0.5 - level / 2 : 0.5 + level / 2
    }

    private typealias Knot = (level: Double, nominal: Double)

    /// The straight piece that holds x.
    private static func along(
        _ knots: [Knot], _ x: Double, _ from: (Knot) -> Double, _ to: (Knot) -> Double
    ) -> Double {
        var (low, high) = (0, knots.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if from(knots[middle]) <= x { low = middle } else { high = middle }
        }
        let width = from(knots[high]) - from(knots[low])
        let share = width > 0 ? min(1, max(0, (x - from(knots[low])) / width)) : 1
        return to(knots[low]) + share * (to(knots[high]) - to(knots[low]))
    }
}
