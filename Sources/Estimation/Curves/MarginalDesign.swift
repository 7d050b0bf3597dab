import Glibc

// The model, for n points (xᵢ, yᵢ), y standardised, and one shape θ of one family:
//   y = b₀ + b₁·φ̃(x) + b₂·g(x) + ε,  b₀ ~ N(0, ½²), b₁ ~ N(0, 1²), b₂ ~ N(8σ, (3.5σ)² + .02²),  ε ~ N(0, σ²·v(x)/w(x))
// φ̃: the family's basis, shifted to 0 at the last point and scaled to 1 over the points seen.
// w: recency weights. v and g: what the schedule does to noise and level; without one v = 1, g = 0. Under a falling
// rate η(x) the noise follows the rate, v = η + .003, and the level climbs by g = ln(1.15/(η + .15))/ln(1.15/.15) times
// about eight standard deviations of that noise: what annealing gains is what the noise had cost. Fitted on
// NATS-Bench (X. Dong et al., IEEE TPAMI 44(7), 2021).

/// Everything about curves seen at given epochs that does not depend on their values.
struct MarginalDesign {
    /// How much more the last point counts than the first.
    static let recency = 10.0
    /// As how many independent points a long curve counts.
    static let effectivePoints = 30.0
    /// How the standard deviation of a forecast grows with ln(x/last), as a share of the range seen.
    static let drift = 0.035
    /// How it grows with the gain that the schedule still promises, as a share of the noise.
    static let scheduleDrift = 1.5
    /// The standard deviations of the noise, as shares of the range seen.
    static let noises = [0.003, 0.006, 0.012, 0.025, 0.05, 0.1, 0.2, 0.4]
    /// The largest number of parts that a prediction keeps.
    static let parts = 48

    private static let linearVariances = (0.25, 1.0)

    let shapes: [ParametricPosterior.Shape]
    let seen: [Double]
    let targets: [Double]
    private let isScheduled: Bool
    /// w(x)/v(x).
    private let weights: [Double]
    private let pointCount: Double
    private let lift: [Double]
    private let targetLift: [Double]
    private let targetNoise: [Double]
    /// φ̃, one row a shape: [shapes × seen] and [shapes × targets].
    private let basis: [Double]
    private let targetBasis: [Double]
    private let grams: [Gram]

    /// Weighted sums over the points, of 1, φ̃ and g with each other.
    private struct Gram { var s00 = 0.0, s01 = 0.0, s02 = 0.0, s11 = 0.0, s12 = 0.0, s22 = 0.0 }

    init(_ shapes: [ParametricPosterior.Shape], seen: [Double], targets: [Double], _ setting: CurveSetting) {
        (self.shapes, self.seen, self.targets) = (shapes, seen, targets)
        let last = seen[seen.count - 1]
        let recent = seen.map { pow(Self.recency, ($0 - last) / last) }
        let count = recent.reduce(0, +)
        let share = min(1, Self.effectivePoints / count)
        let horizon = setting.horizon
        let rate = { (x: Double) in setting.schedule.rate(x, horizon: horizon) }
        isScheduled = setting.schedule != .unknown
        let noise = { [isScheduled] (x: Double) in isScheduled ? rate(x) + 0.003 : 1 }
        let gain = { (x: Double) in log(1.15 / (rate(x) + 0.15)) / log(1.15 / 0.15) }
        weights = zip(seen, recent).map { $1 * share / noise($0) }
        pointCount = count * share
        lift = seen.map { gain($0) - gain(last) }
        targetLift = targets.map { gain($0) - gain(last) }
        targetNoise = targets.map(noise)
        (basis, targetBasis) = Self.bases(shapes, seen, targets)
        grams = Self.grams(shapes.count, basis, weights, lift)
    }

    private static func bases(
        _ shapes: [ParametricPosterior.Shape], _ seen: [Double], _ targets: [Double]
    ) -> ([Double], [Double]) {
        let (first, last) = (seen[0], seen[seen.count - 1])
        var (rows, targetRows): ([Double], [Double]) = ([], [])
        rows.reserveCapacity(shapes.count * seen.count)
        targetRows.reserveCapacity(shapes.count * targets.count)
        for shape in shapes {
            let family = CurveFamily.all[shape.family]
            let end = family.basis(last, shape.values)
            let range = (family.basis(max(last, first + 1), shape.values) - family.basis(first, shape.values)).magnitude
            for x in seen { rows.append((family.basis(x, shape.values) - end) / (range + 1e-9)) }
            for x in targets { targetRows.append((family.basis(x, shape.values) - end) / (range + 1e-9)) }
        }
        return (rows, targetRows)
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
            for (i, y) in curve.values.enumerated() { y1 += weights[i] * y * basis[shape * seen.count + i] }
            return Self.noises.map { fit(shape, $0, y: (y0, y1, y2), square) }
        }
    }

    private func fit(_ shape: Int, _ noise: Double, y: (Double, Double, Double), _ square: Double) -> Fit {
        let gram = grams[shape]
        let gain = isScheduled ? 8 * noise : 0
        let gainVariance = isScheduled ? 12.25 * noise * noise + 4e-4 : 1
        let precision = 1 / (noise * noise)
        let prior = (Self.linearVariances.0, Self.linearVariances.1, gainVariance)
        // What is left once the prior mean of b₂ is taken off.
        let rest = (y.0 - gain * gram.s02, y.1 - gain * gram.s12, y.2 - gain * gram.s22)
        let restSquare = square - 2 * gain * y.2 + gain * gain * gram.s22
        let posterior = Gaussian3(
            a00: gram.s00 * precision + 1 / prior.0, a01: gram.s01 * precision, a02: gram.s02 * precision,
            a11: gram.s11 * precision + 1 / prior.1, a12: gram.s12 * precision,
            a22: gram.s22 * precision + 1 / prior.2,
            b: (rest.0 * precision, rest.1 * precision, rest.2 * precision))
        let evidence =
            pointCount * log(noise * noise) + restSquare * precision - posterior.explained
            + posterior.logDeterminant + log(prior.0 * prior.1 * prior.2)
        return Fit(
            shape: shape, noise: noise, logEvidence: shapes[shape].logPrior - 0.5 * evidence,
            posterior: posterior.shifted(by: gain))
    }

    /// The predictive mixture at each target, on the oriented scale.
    func mixtures(of oriented: [Double]) -> [[CurvePrediction.Part]] {
        let curve = Standardised(oriented)
        let all = fits(of: curve)
        let top = all.reduce(-Double.infinity) { max($0, $1.logEvidence) }
        let kept = all.filter { $0.logEvidence > top - 9 }
            .sorted { $0.logEvidence > $1.logEvidence }.prefix(600)
        let sum = kept.reduce(0) { $0 + exp($1.logEvidence - top) }
        return targets.indices.map { target in
            let parts = kept.map { part(of: $0, at: target, weight: exp($0.logEvidence - top) / sum, curve) }
            return Self.merged(parts).map(Self.tailed)
        }
    }

    /// A part with the tails of Student's distribution, because no family is true.
    private static func tailed(_ part: CurvePrediction.Part) -> CurvePrediction.Part {
        CurvePrediction.Part(weight: part.weight, centre: part.centre, scale: 0.9 * part.scale, degrees: 4)
    }

    private func part(of fit: Fit, at target: Int, weight: Double, _ curve: Standardised) -> CurvePrediction.Part {
        let line = fit.posterior.along(
            1, targetBasis[fit.shape * targets.count + target], targetLift[target])
        let drift = Self.drift * log(targets[target] / seen[seen.count - 1])
        let doubt = isScheduled ? Self.scheduleDrift * fit.noise * targetLift[target] : 0
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
