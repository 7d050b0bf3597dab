import Glibc
import Statistics

// rᵢ: residual of row i, guessed by what has not seen it; uᵢ: the raw deviation of that guess.
// σ(u) = f·√(u² + c²).

/// What turns the raw deviations of a model into ones that tell how far the truth lies: the floor c and the factor f,
/// from residuals of rows held out.
///
/// For each floor the factor is such that nine tenths of the residuals lie inside the interval that holds nine tenths
/// of a normal distribution, by the quantile of conformal prediction (V. Vovk, A. Gammerman and G. Shafer: Algorithmic
/// Learning in a Random World, 2005, section 2.3), whose rank is ⌈0.9(n + 1)⌉; of the floors the one with the
/// narrowest intervals, by geometric mean, is taken.
struct Calibration: Hashable, Sendable {
    let factor: Double
    let floor: Double

    /// How many deviations of a normal distribution hold nine tenths of it.
    static let ninety = 1.6448536269514722
    private static let floors = [0.1, 0.25, 0.5, 1, 2, 4, 8]

    /// No calibration at all.
    static let none = Calibration(factor: 1, floor: 0)

    private init(factor: Double, floor: Double) { (self.factor, self.floor) = (factor, floor) }

    /// The calibration of residuals with the raw deviations of their guesses; pairs that are not finite are left out.
    init(residuals: [Double], raw: [Double]) {
        let pairs = zip(residuals, raw).map { (abs($0), $1) }.filter { $0.0.isFinite && $0.1.isFinite }
        let mean = pairs.reduce(0) { $0 + $1.0 } / Double(max(1, pairs.count))
        guard mean > 0 else {
            self = Calibration(factor: pairs.isEmpty ? 1 : 0, floor: 0)
            return
        }
        let median = Quantiles(pairs.map(\.0))?.median ?? mean
        let unit = median > 0 ? median : mean
        var best: (width: Double, calibration: Calibration)?
        for share in Self.floors {
            let floor = share * unit
            let spreads = pairs.map { ($0.1 * $0.1 + floor * floor).squareRoot() }
            let factor = Self.high(zip(pairs, spreads).map { $0.0 / $1 }) / Self.ninety
            guard factor > 0 else { continue }
            let width = spreads.reduce(0) { $0 + log(factor * $1) } / Double(spreads.count)
            if width < best?.width ?? .infinity { best = (width, Calibration(factor: factor, floor: floor)) }
        }
        self = best?.calibration ?? Calibration(factor: 1, floor: unit)
    }

    /// The value of rank ⌈0.9(n + 1)⌉; the largest where there are too few.
    private static func high(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let rank = Int((0.9 * Double(sorted.count + 1)).rounded(.up))
        return sorted[min(rank, sorted.count) - 1]
    }

    /// The calibrated deviation of a raw one.
    func deviation(_ raw: Double) -> Double { factor * (raw * raw + floor * floor).squareRoot() }

    /// A guess with its deviation calibrated.
    func calibrated(_ guess: Prediction) -> Prediction {
        Prediction(mean: guess.mean, deviation: deviation(guess.deviation))
    }

    /// The two numbers that it is made of.
    var numbers: [Double] { [factor, floor] }

    /// The calibration of these numbers.
    /// - Throws: `PredictorError` where they make none.
    init(numbers: [Double]) throws {
        guard numbers.count == 2, numbers.allSatisfy({ $0 >= 0 }) else {
            throw PredictorState.damaged("its calibration")
        }
        (factor, floor) = (numbers[0], numbers[1])
    }

    /// The calibration of guesses of rows by what has not seen them.
    init(_ guesses: [Prediction], targets: [Double]) {
        self.init(residuals: zip(guesses, targets).map { $1 - $0.mean }, raw: guesses.map(\.deviation))
    }
}
