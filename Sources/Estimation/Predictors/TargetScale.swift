import Glibc
import Statistics

// yᵢ: targets; m: their median; s: their scale. tᵢ = (yᵢ − m)/s, or asinh of it where targets lie far out.

/// A scale on which targets are of the order of 1, and on which a few networks that failed do not outweigh the rest.
///
/// The accuracies of a search space have a long lower tail: squared errors would be those of its failures. Where a
/// target lies more than five scales from the median, values are compressed by asinh, which is linear within the scale
/// and logarithmic beyond it on either side, and which can be undone.
struct TargetScale: Hashable, Sendable {
    let middle: Double
    let scale: Double
    let isCompressed: Bool
    /// Where the targets lie on the scale, and as much again as 1 to either side: guesses are kept inside.
    private let range: ClosedRange<Double>

    private static let farOut = 5.0

    /// The scale of finite targets, at least one.
    init(_ targets: [Double]) {
        let quantiles = Quantiles(targets)
        let (low, high) = (quantiles?[0.25] ?? 0, quantiles?[0.75] ?? 0)
        let mean = targets.reduce(0, +) / Double(max(1, targets.count))
        let square = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, targets.count))
        let quartiles = (high - low) / 1.349  // a normal distribution's quartiles lie 1.349 deviations apart
        middle = quantiles?.median ?? 0
        scale = quartiles > 0 ? quartiles : square > 0 ? square.squareRoot() : 1
        let (middle, scale) = (middle, scale)
        let isCompressed = targets.contains { abs($0 - middle) > Self.farOut * scale }
        self.isCompressed = isCompressed
        let scaled = targets.map { isCompressed ? asinh(($0 - middle) / scale) : ($0 - middle) / scale }
        range = ((scaled.min() ?? 0) - 1)...((scaled.max() ?? 0) + 1)
    }

    /// A target on the scale.
    func scaled(_ target: Double) -> Double {
        let plain = (target - middle) / scale
        return isCompressed ? asinh(plain) : plain
    }

    /// The target of a place on the scale.
    func unscaled(_ place: Double) -> Double {
        guard isCompressed else { return middle + scale * place }
        return middle + scale * sinh(min(max(place, range.lowerBound), range.upperBound))
    }

    /// A guess on the scale as one of a target: the deviation is half of what one of it to either side comes to.
    func unscaled(_ guess: Prediction) -> Prediction {
        let spread = unscaled(guess.mean + guess.deviation) - unscaled(guess.mean - guess.deviation)
        let least = scale * 1e-12
        return Prediction(
            mean: unscaled(guess.mean), deviation: guess.deviation == 0 ? 0 : max(spread / 2, least))
    }

    /// The numbers that it is made of.
    var numbers: [Double] { [middle, scale, isCompressed ? 1 : 0, range.lowerBound, range.upperBound] }

    /// The scale of these numbers.
    /// - Throws: `PredictorError` where they make none.
    init(numbers: [Double]) throws {
        guard numbers.count == 5, numbers[1] > 0, numbers[3] <= numbers[4] else {
            throw PredictorState.damaged("its scale")
        }
        (middle, scale, isCompressed) = (numbers[0], numbers[1], numbers[2] == 1)
        range = numbers[3]...numbers[4]
    }
}
