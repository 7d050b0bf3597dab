import Glibc

// The model, for n points (xᵢ, yᵢ), y standardised, and one shape θ of one family:
//   y = b₀ + b₁·φ̃(x) + b₂·g(x) + ε,  b₀ ~ N(0, ½²), b₁ ~ N(1, 1²), b₂ ~ N(4σ, (1.5σ)² + .02²),  ε ~ N(0, σ²·v(x)/w(x))
// φ̃: the family's basis, shifted to 0 at the last point and scaled to 1 over the points seen, or to `reach` over what
// is ahead where that is less, so that a few points do not promise changes out of all proportion.
// w: recency weights. v and g: what the schedule does to noise and level; without one v = 1, g = 0. Under a falling
// rate η(x) the noise follows the rate, v = η + .003, and the level climbs by g = ln(1.15/(η + .15))/ln(1.15/.15) times
// about four standard deviations of that noise: what annealing gains is what the noise had cost. Fitted on
// NATS-Bench (X. Dong et al., IEEE TPAMI 44(7), 2021).

/// Everything about curves seen at given epochs that does not depend on their values.
struct MarginalDesign: Sendable {
    /// How much more the last point counts than the first.
    static let recency = 10.0
    /// As how many independent points a long curve counts.
    static let effectivePoints = 30.0
    /// How the standard deviation of a forecast grows with ln(x/last), as a share of the range seen.
    static let drift = 0.035
    /// How it grows with the gain that the schedule still promises, as a share of the noise.
    static let scheduleDrift = 0.6
    /// How many times the change seen the change ahead may be.
    static let reach = 10.0
    /// The standard deviations of the noise, as shares of the range seen.
    static let noises = [0.003, 0.006, 0.012, 0.025, 0.05, 0.1, 0.2, 0.4]
    /// The largest number of parts that a prediction keeps.
    static let parts = 48

    /// What b₁ is a priori: the curve rises by the range that it was seen to rise.
    private static let slope = 1.0
    private static let linearVariances = (0.25, 1.0)

    private let shapes: [ParametricPosterior.Shape]
    private let seen: [Double]
    let targets: [Double]
    var hypothesis: CurveHypothesis
    /// w(x)/v(x).
    private let weights: [Double]
    private let pointCount: Double
    private let lift: [Double]
    private let targetLift: [Double]
    private let targetNoise: [Double]
    /// Σ ln v(x), weighed as the points are.
    private let noiseLogs: Double
    private let basis: ShapeBasis
    private let grams: [Gram]

    /// Weighted sums over the points, of 1, φ̃ and g with each other.
    private struct Gram: Sendable { var s00 = 0.0, s01 = 0.0, s02 = 0.0, s11 = 0.0, s12 = 0.0, s22 = 0.0 }

    init(_ basis: ShapeBasis, seen: [Double], targets: [Double], _ hypothesis: CurveHypothesis, horizon: Double) {
        self.hypothesis = hypothesis
        (self.basis, shapes, self.seen, self.targets) = (basis, basis.shapes, seen, targets)
        let last = seen[seen.count - 1]
        let recent = seen.map { pow(Self.recency, ($0 - last) / last) }
        let count = recent.reduce(0, +)
        let share = min(1, Self.effectivePoints / count)
        let rate = { (x: Double) in hypothesis.schedule.rate(x, horizon: horizon) }
        let noise = { (x: Double) in hypothesis.schedule == .cosine ? rate(x) + 0.003 : 1 }
        let gain = { (x: Double) in log(1.15 / (rate(x) + 0.15)) / log(1.15 / 0.15) }
        weights = zip(seen, recent).map { $1 * share / noise($0) }
        noiseLogs = zip(seen, recent).reduce(0) { $0 + $1.1 * share * log(noise($1.0)) }
        pointCount = count * share
        lift = seen.map { gain($0) - gain(last) }
        targetLift = targets.map { gain($0) - gain(last) }
        targetNoise = targets.map(noise)
        grams = Self.grams(shapes.count, basis.seen, weights, lift)
    }

    private static func grams(_ count: Int, _ basis: [Double], _ weights: [Double], _ lift: [Double]) -> [Gram] {
        (0..<count).map { shape in
            var gram = Gram()
            for i in weights.indices {
                let (w, p, g) = (weights[i], basis[shape * weights.count + i], lift[i])
                gram.s00 += w
                gram.s01 += w * p
                gram.s02 += w * g
                gram.s11 += w * p * p
                gram.s12 += w * p * g
                gram.s22 += w * g * g
            }
            return gram
        }
    }

    /// The posterior of b for one shape and one noise.
    struct Fit {
        let shape: Int
        let noise: Double
        let logEvidence: Double
        let posterior: Gaussian3
    }

    /// All shapes and noises, each with ln p(y, θ, σ) up to a constant.
    func fits(of curve: Standardised) -> [Fit] {
        var square = 0.0
        var (y0, y2) = (0.0, 0.0)
        for (i, y) in curve.values.enumerated() {
            square += weights[i] * y * y
            y0 += weights[i] * y
            y2 += weights[i] * y * lift[i]
        }
        return shapes.indices.flatMap { shape in
            var y1 = 0.0
            for (i, y) in curve.values.enumerated() { y1 += weights[i] * y * basis.seen[shape * seen.count + i] }
            return Self.noises.map { fit(shape, $0, y: (y0, y1, y2), square) }
        }
    }

    private func fit(_ shape: Int, _ noise: Double, y: (Double, Double, Double), _ square: Double) -> Fit {
        let gram = grams[shape]
        let (slope, gain) = (Self.slope, hypothesis.climb * noise)
        let spread = hypothesis.climbDeviation * noise
        let precision = 1 / (noise * noise)
        let prior = (Self.linearVariances.0, Self.linearVariances.1, spread * spread + 4e-4)
        // What is left once the prior means of b₁ and b₂ are taken off.
        let rest = (
            y.0 - slope * gram.s01 - gain * gram.s02, y.1 - slope * gram.s11 - gain * gram.s12,
            y.2 - slope * gram.s12 - gain * gram.s22
        )
        let restSquare =
            square - 2 * (slope * y.1 + gain * y.2) + slope * slope * gram.s11 + 2 * slope * gain * gram.s12
            + gain * gain * gram.s22
        let posterior = Gaussian3(
            a00: gram.s00 * precision + 1 / prior.0, a01: gram.s01 * precision, a02: gram.s02 * precision,
            a11: gram.s11 * precision + 1 / prior.1, a12: gram.s12 * precision,
            a22: gram.s22 * precision + 1 / prior.2,
            b: (rest.0 * precision, rest.1 * precision, rest.2 * precision))
        let evidence =
            pointCount * log(noise * noise) + noiseLogs + restSquare * precision - posterior.explained
            + posterior.logDeterminant + log(prior.0 * prior.1 * prior.2)
        return Fit(
            shape: shape, noise: noise, logEvidence: shapes[shape].logPrior + hypothesis.logPrior - 0.5 * evidence,
            posterior: posterior.shifted(by: slope, gain))
    }

    /// A part with the tails of Student's distribution, because no family is true.
    static func tailed(_ part: CurvePrediction.Part) -> CurvePrediction.Part {
        CurvePrediction.Part(weight: part.weight, centre: part.centre, scale: 0.9 * part.scale, degrees: 4)
    }

    func part(of fit: Fit, at target: Int, weight: Double, _ curve: Standardised) -> CurvePrediction.Part {
        let line = fit.posterior.along(
            1, basis.targets[fit.shape * targets.count + target], targetLift[target])
        let drift = Self.drift * log(targets[target] / seen[seen.count - 1])
        let doubt = Self.scheduleDrift * fit.noise * targetLift[target]
        let variance = line.variance + fit.noise * fit.noise * targetNoise[target] + drift * drift + doubt * doubt
        return CurvePrediction.Part(
            weight: weight, centre: curve.level + curve.range * line.mean,
            scale: curve.range * variance.squareRoot())
    }

    /// Neighbours joined, mean and variance kept, until about ``parts`` are left.
    static func merged(_ parts: [CurvePrediction.Part]) -> [CurvePrediction.Part] {
        var result: [CurvePrediction.Part] = []
        var (weight, sum, square) = (0.0, 0.0, 0.0)
        let origin = parts[0].centre  // near all of them, so that squares do not cancel
        for part in parts.sorted(by: { $0.centre < $1.centre }) {
            let centre = part.centre - origin
            weight += part.weight
            sum += part.weight * centre
            square += part.weight * (centre * centre + part.scale * part.scale)
            guard weight >= 1 / Double(Self.parts) else { continue }
            result.append(joined(weight, sum, square, origin))
            (weight, sum, square) = (0, 0, 0)
        }
        if weight > 0 { result.append(joined(weight, sum, square, origin)) }
        return result
    }

    private static func joined(
        _ weight: Double, _ sum: Double, _ square: Double, _ origin: Double
    ) -> CurvePrediction.Part {
        let mean = sum / weight
        let variance = max(square / weight - mean * mean, 1e-16)
        return CurvePrediction.Part(weight: weight, centre: origin + mean, scale: variance.squareRoot())
    }
}
