import Statistics

// s²: variance between members in a row, over all that might have been fitted; v: its unbiased estimate from k members,
// with ν = k − 1. v̄: the mean of v over the rows. r: truth less the mean of the k members. b²: mean square of what members
// err in common.

/// How far apart the members of a committee are, and what follows for the rows that few of them may judge.
///
/// A row held out is judged by the k members that have not seen it, a new one by all M. All have learnt from equally many
/// rows, but two things differ. First, v of few members scatters widely around s² (for normal guesses its variance is
/// 2s⁴/ν), and an interval that must hold nine residuals of ten in spite of that is too wide for the steadier v of many.
/// Each v is therefore drawn towards v̄ as far as the best linear guess of s² wants: v̄ + z·(v − v̄), with
/// z = c/(c + (1 + c)·2/ν), where c, the squared coefficient of variation of s² over the rows, is estimated by moments
/// (H. Bühlmann: Experience Rating and Credibility. ASTIN Bulletin 4(3), 1967). Secondly, the mean of many errs less: r²
/// is b² + s²/k on average for a row held out, and b² + s²/M for a new one (N. Ueda and R. Nakano: Generalization Error
/// of Ensemble Estimators. ICNN 1996, pages 90–95; there the covariance of members is apart, here it is in b²). Residuals
/// are shrunk by the root of the ratio.
struct CommitteeSpread: Hashable, Sendable {
    /// v̄.
    let variance: Double
    /// c.
    let unevenness: Double

    /// Of what the members say that have not seen a row, for each row as many.
    init(_ guesses: [[Double]]) {
        let own = guesses.filter { $0.count > 1 }
        let variances = own.map(Self.variance)
        let mean = variances.reduce(0, +) / Double(max(1, own.count))
        variance = mean
        guard mean > 0, own.count > 1 else {
            unevenness = 1  // one member a row: nothing is known of it
            return
        }
        let square = variances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count - 1)
        let noise = 2 / Double(own[0].count - 1)
        unevenness = max(0, (square / (mean * mean) - noise) / (1 + noise))
    }

    /// Without bias; of two members or more.
    private static func variance(_ guesses: [Double]) -> Double {
        let mean = guesses.reduce(0, +) / Double(guesses.count)
        return guesses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(guesses.count - 1)
    }

    /// What members say of a row, as their mean and the best guess of the root of s².
    func guess(_ guesses: [Double]) -> Prediction {
        let mean = guesses.reduce(0, +) / Double(max(1, guesses.count))
        guard guesses.count > 1 else { return Prediction(mean: mean, deviation: variance.squareRoot()) }
        let noise = (1 + unevenness) * 2 / Double(guesses.count - 1)
        let share = unevenness / (unevenness + noise)
        let drawn = variance + share * (Self.variance(guesses) - variance)
        return Prediction(mean: mean, deviation: max(0, drawn).squareRoot())
    }

    /// What M members would have said of each row, had none of them seen it: deviations, and means that are as far from
    /// the truths.
    /// - Parameters:
    ///   - guesses: what those members say that have not seen the row, `[N][k]`.
    ///   - targets: the truths on the scale, `[N]`.
    func heldOut(_ guesses: [[Double]], members: Int, targets: [Double]) -> [Prediction] {
        let few = guesses.map(guess)
        let square = zip(few, targets).reduce(0) { $0 + ($1.1 - $1.0.mean) * ($1.1 - $1.0.mean) }
        let asked = Double(guesses.first?.count ?? 1)
        let common = max(0, square / Double(max(1, targets.count)) - variance / asked)
        return zip(few, targets).map { guess, target in
            let own = guess.deviation * guess.deviation
            let (all, held) = (common + own / Double(members), common + own / asked)
            let share = held > 0 ? (all / held).squareRoot() : 1
            return Prediction(mean: target + share * (guess.mean - target), deviation: guess.deviation)
        }
    }

    /// The numbers that it is made of.
    var numbers: [Double] { [variance, unevenness] }

    /// The spread of these numbers.
    /// - Throws: `PredictorError` where they make none.
    init(numbers: [Double]) throws {
        guard numbers.count == 2, numbers.allSatisfy({ $0 >= 0 }) else {
            throw PredictorState.damaged("the spread of its members")
        }
        (variance, unevenness) = (numbers[0], numbers[1])
    }
}
