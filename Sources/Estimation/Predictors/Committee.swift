import Glibc
import Statistics

// gₘ: guess of member m, of M. Of a row held out k members know nothing. r: truth less the mean of these k.

/// What several models fitted to different parts of the rows say together: their mean, and the spread between them.
///
/// A row held out is judged by few members and a new one by all, whose mean errs less. With b what all members err in
/// common and s² the variance between members, r² is b + s²/k on average for a row held out, and b + s²/M for a new one
/// (N. Ueda and R. Nakano: Generalization Error of Ensemble Estimators. ICNN 1996, for independent members). Residuals of
/// rows held out are shrunk by the root of the ratio before deviations are calibrated on them.
enum Committee {
    /// The mean of guesses and the deviation between them, without bias for normal ones whatever their number.
    static func guess(_ guesses: [Double]) -> Prediction {
        let count = Double(guesses.count)
        let mean = guesses.reduce(0, +) / count
        guard count > 1 else { return Prediction(mean: mean, deviation: 0) }
        let square = guesses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        // E of the root of an unbiased variance is σ·√(2/(n − 1))·Γ(n/2)/Γ((n − 1)/2).
        let share = (2 / (count - 1)).squareRoot() * exp(lgamma(count / 2) - lgamma((count - 1) / 2))
        return Prediction(mean: mean, deviation: square.squareRoot() / share)
    }

    /// What the committee would have said of each row, had it not seen it, for calibration.
    /// - Parameters:
    ///   - outputs: what each member says of each row on the scale, `[M][N]`.
    ///   - folds: which rows each member has not seen; as many as there are members.
    ///   - targets: the truths on the scale, `[N]`.
    static func heldOut(_ outputs: [[Float]], _ folds: Folds, targets: [Double]) -> [Prediction] {
        let members = Double(folds.count)
        var (squares, excess) = (0.0, 0.0)
        let guesses = targets.indices.map { row in
            let own = folds.strangers(to: row).map { Double(outputs[$0][row]) }
            let guess = guess(own)
            squares += (targets[row] - guess.mean) * (targets[row] - guess.mean)
            let spread = own.reduce(0) { $0 + ($1 - guess.mean) * ($1 - guess.mean) } / max(1, Double(own.count - 1))
            excess += spread * (1 / Double(max(1, own.count)) - 1 / members)
            return guess
        }
        guard squares > 0 else { return guesses }
        let least = Double(folds.heldAtOnce) / members  // where members err in nothing in common
        let share = max(1 - excess / squares, least).squareRoot()
        return zip(guesses, targets).map { guess, target in
            Prediction(mean: target + share * (guess.mean - target), deviation: guess.deviation)
        }
    }
}
