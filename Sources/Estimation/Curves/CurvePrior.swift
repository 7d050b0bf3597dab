import Glibc

/// A distribution of one parameter of a curve family, written as LC-PFN writes it.
public enum CurvePrior: Sendable, Hashable {
    /// Uniform between two numbers.
    case uniform(Double, Double)
    /// Normal: mean, standard deviation.
    case normal(Double, Double)
    /// The logarithm is normal: its mean, its standard deviation.
    case logNormal(Double, Double)
    /// The logarithm is uniform between two numbers.
    case logUniform(Double, Double)
    /// ln(1 − value) is uniform between two numbers.
    case complementLogUniform(Double, Double)

    /// The logarithm of the density at a value; −∞ outside the support.
    public func logDensity(_ value: Double) -> Double {
        switch self {
        case .uniform(let low, let high): Self.flat(value, low, high)
        case .normal(let mean, let deviation): NormalLaw.logDensity(value, mean, deviation)
        case .logNormal(let mean, let deviation):
            value > 0 ? NormalLaw.logDensity(log(value), mean, deviation) - log(value) : -.infinity
        case .logUniform(let low, let high): value > 0 ? Self.flat(log(value), low, high) - log(value) : -.infinity
        case .complementLogUniform(let low, let high):
            value < 1 ? Self.flat(log(1 - value), low, high) - log(1 - value) : -.infinity
        }
    }

    /// The value below which a share 0 < `probability` < 1 of the distribution lies (for `complementLogUniform`, above).
    public func quantile(_ probability: Double) -> Double {
        switch self {
        case .uniform(let low, let high): low + (high - low) * probability
        case .normal(let mean, let deviation): mean + deviation * NormalLaw.quantile(probability)
        case .logNormal(let mean, let deviation): exp(mean + deviation * NormalLaw.quantile(probability))
        case .logUniform(let low, let high): exp(low + (high - low) * probability)
        case .complementLogUniform(let low, let high): 1 - exp(low + (high - low) * probability)
        }
    }

    private static func flat(_ value: Double, _ low: Double, _ high: Double) -> Double {
        value >= low && value <= high ? -log(high - low) : -.infinity
    }
}

/// The normal distribution.
enum NormalLaw {
    static func logDensity(_ x: Double, _ mean: Double, _ deviation: Double) -> Double {
        let z = (x - mean) / deviation
        return -0.5 * z * z - log(deviation) - 0.918_938_533_204_672_7
    }

    /// P(Z ≤ z).
    static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

    /// The inverse of ``cumulative(_:)``, by Newton's method from the logistic approximation.
    static func quantile(_ probability: Double) -> Double {
        var z = log(probability / (1 - probability)) / 1.702
        for _ in 0..<30 {
            let step = (cumulative(z) - probability) / exp(logDensity(z, 0, 1))
            z -= max(-1, min(1, step))
            if step.magnitude < 1e-14 { break }
        }
        return z
    }
}
