import Glibc
import Statistics

/// The posterior over the rest of a curve from the curve alone: all eleven families, weighed by evidence.
///
/// Of each family asymptote and scale, which enter linearly, are integrated out in closed form; quasi-random points
/// of its prior stand for the shapes, and a grid for the noise. There is no chain to tune. Departures from the
/// literature, each because without it the bands lie: the newest points count most (as the recency weights of Domhan
/// et al. do), all points together count as at most ``MarginalDesign/effectivePoints``, since neighbours on a curve
/// share their errors, and the predictive variance grows with the logarithm of the distance.
public struct ParametricPosterior: CurveExtrapolator {
    /// One point of one family's prior.
    struct Shape: Sendable {
        let family: Int
        let values: [Double]
        /// Minus the logarithm of how many points its family has, so that families weigh the same.
        let logPrior: Double
    }

    let shapes: [Shape]

    /// Draws the points of the shapes.
    /// - Parameter points: how many for each family, 1 or more.
    public init(points: Int = 32, using generator: inout some RandomNumberGenerator) {
        shapes = CurveFamily.all.enumerated().flatMap { number, family in
            let cube = Halton(dimensions: family.shapePriors.count, using: &generator)
            let count = family.shapePriors.isEmpty ? 1 : max(1, points)
            return (0..<count).map { index in
                let values = zip(family.shapePriors, cube.point(index)).map { $0.quantile($1) }
                return Shape(family: number, values: values, logPrior: -log(Double(count)))
            }
        }
    }

    /// The posterior with the project's points.
    public init() {
        var generator = Random(seed: 0)
        self.init(using: &generator)
    }

    /// What is believed of the values at `epochs`; see ``CurveExtrapolator``.
    public func predictions(
        of curve: LearningCurve, at epochs: [Double], in setting: CurveSetting
    ) throws -> [CurvePrediction] {
        try setting.check(curve)
        let design = CurveDesign(shapes, seen: curve.epochs, targets: epochs, setting)
        return design.mixtures(of: setting.oriented(curve)).map { CurvePrediction(parts: $0, setting: setting) }
    }

    /// P(family | curve), by name.
    public func evidence(of curve: LearningCurve, in setting: CurveSetting) throws -> [String: Double] {
        try setting.check(curve)
        let design = CurveDesign(shapes, seen: curve.epochs, targets: [], setting)
        let fits = design.fits(of: setting.oriented(curve))
        let top = fits.reduce(-Double.infinity) { max($0, $1.logEvidence) }
        var shares = [Double](repeating: 0, count: CurveFamily.all.count)
        for fit in fits { shares[shapes[fit.shape].family] += exp(fit.logEvidence - top) }
        let sum = shares.reduce(0, +)
        return Dictionary(uniqueKeysWithValues: zip(CurveFamily.all, shares).map { ($0.name, $1 / sum) })
    }
}

/// Oriented values, shifted to the recent level and divided by the range seen.
struct Standardised {
    let values: [Double]
    let level: Double
    let range: Double

    init(_ oriented: [Double]) {
        let recent = oriented.suffix(max(1, oriented.count / 5))
        let level = recent.reduce(0, +) / Double(recent.count)
        let spread = (oriented.max() ?? 0) - (oriented.min() ?? 0)
        // One to three points show no range: a quarter of the level stands for it, one and a half units near nought.
        let floor = oriented.count < 4 ? max(1.5, 0.25 * level.magnitude) : 1e-3 * max(1, level.magnitude)
        let range = max(spread, floor)
        values = oriented.map { ($0 - level) / range }
        (self.level, self.range) = (level, range)
    }
}
