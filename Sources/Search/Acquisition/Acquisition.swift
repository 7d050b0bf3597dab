import Glibc
import Statistics

/// How much an evaluation promises, by the mean and the deviation that a model expects of it; more is better.
public enum Acquisition: Hashable, Sendable {
    /// The expected improvement over the best value (J. Mockus, V. Tiesis and A. Zilinskas: The Application of Bayesian
    /// Methods for Seeking the Extremum. Towards Global Optimisation 2, 1978).
    case expectedImprovement
    /// The mean and so many deviations (N. Srinivas, A. Krause, S. Kakade and M. Seeger: Gaussian Process Optimization
    /// in the Bandit Setting. ICML 2010).
    case upperConfidenceBound(Double)
    /// The probability of an improvement (H. J. Kushner: A New Method of Locating the Maximum Point of an Arbitrary
    /// Multipeak Curve in the Presence of Noise. Journal of Basic Engineering 86(1), 1964).
    case probabilityOfImprovement
    /// A value drawn for each architecture on its own, from its normal distribution (C. White, W. Neiswanger and
    /// Y. Savani: BANANAS: Bayesian Optimization with Neural Architectures for Neural Architecture Search. AAAI 2021).
    case independentThompson

    /// The promise of a value with a mean and a deviation.
    /// - Parameter best: the best value so far.
    public func promise(
        mean: Double, deviation: Double, best: Double, using generator: inout some RandomNumberGenerator
    ) -> Double {
        switch self {
        case .expectedImprovement: return Self.expectedGain(mean: mean, deviation: deviation, over: best)
        case .upperConfidenceBound(let weight): return mean + weight * deviation
        case .probabilityOfImprovement: return Self.probability(mean: mean, deviation: deviation, over: best)
        case .independentThompson: return generator.normal(mean: mean, deviation: deviation)
        }
    }

    /// E[max(Y − level, 0)] of a normal Y.
    public static func expectedGain(mean: Double, deviation: Double, over level: Double) -> Double {
        guard deviation > 0 else { return max(0, mean - level) }
        let z = (mean - level) / deviation
        if z < -30 { return 0 }
        return deviation * (exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() + z * cumulative(z))
    }

    /// P(Y > level) of a normal Y.
    public static func probability(mean: Double, deviation: Double, over level: Double) -> Double {
        deviation > 0 ? cumulative((mean - level) / deviation) : mean > level ? 1 : 0
    }

    /// A promise where other quantities, each a mean and a deviation, must exceed a limit: times the probability that
    /// all do (J. R. Gardner et al.: Bayesian Optimization with Inequality Constraints. ICML 2014, equation 5).
    public static func constrained(
        _ promise: Double, by constraints: [(mean: Double, deviation: Double, limit: Double)]
    ) -> Double {
        constraints.reduce(promise) { $0 * probability(mean: $1.mean, deviation: $1.deviation, over: $1.limit) }
    }

    /// P(Z ≤ z) of a standard normal Z.
    static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }
}
