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

    /// The logarithm of the density of a value, in the value's own units.
    public func logDensity(_ value: Double) -> Double {
        logDensity(oriented: setting.oriented(value)) + setting.scale.logSlope(value)
    }

    /// P(value > x).
    public func probability(above x: Double) -> Double {
        let below = cumulative(setting.threshold(x))
        return setting.goal == .maximise ? 1 - below : below
    }

    /// The value below which it lies with a probability 0 < p < 1.
    public func quantile(_ p: Double) -> Double {
        setting.value(orientedQuantile(setting.goal == .maximise ? p : 1 - p))
    }

    /// The middle of the distribution.
    public var median: Double { quantile(0.5) }

    /// The ends between which the value lies with a probability `level`, 0 < level < 1, as much below as above.
    public func interval(_ level: Double) -> (low: Double, high: Double) {
        let level = calibration.nominal(level)
        return (quantile(0.5 - level / 2), quantile(0.5 + level / 2))
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
/// them little.
struct LevelCalibration: Sendable {
    private let scores: [Double]

    /// Levels hold as they are.
    init() { scores = [] }

    /// Levels as the cumulative probabilities of truths held out say.
    init(cumulative: [Double]) {
        scores = (cumulative.map { (2 * $0 - 1).magnitude } + (0..<20).map { (Double($0) + 0.5) / 20 }).sorted()
    }

    func nominal(_ level: Double) -> Double {
        guard !scores.isEmpty else { return level }
        let place = level * Double(scores.count + 1) - 1
        let below = max(0, min(scores.count - 2, Int(place)))
        let share = max(0, min(1, place - Double(below)))
        return max(0.01, min(0.9995, scores[below] * (1 - share) + scores[below + 1] * share))
    }
}
