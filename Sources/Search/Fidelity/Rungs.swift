/// The epochs at which trials are compared.
///
/// Powers of η are made by multiplication, so that they are exact where η is a whole number: 3⁵ = 243 is reached, which
/// the logarithm of 243 to the base 3 misses by a rounding.
public enum Rungs {
    /// More levels than that are a mistake: with η = 3 five reach 81 epochs.
    static let limit = 200

    /// The levels min·η^j below max, each rounded to whole epochs and taken once, and max itself.
    ///
    /// - Throws: ``FidelityError`` for min below 1, max below min, η of 1 or less, or more than 200 levels.
    public static func ladder(min: Int, max: Int, eta: Double) throws(FidelityError) -> [Int] {
        let levels = try powers(min: min, max: max, eta: eta).map { Int((Double(min) * $0).rounded()) }
        return (levels.filter { $0 < max } + [max]).reduce(into: []) { rungs, level in
            if level != rungs.last { rungs.append(level) }
        }
    }

    /// Returns `rungs` if they can be climbed: at least one, the first at least 1, each more than the one before.
    @discardableResult
    public static func check(_ rungs: [Int]) throws(FidelityError) -> [Int] {
        guard let first = rungs.first else {
            throw FidelityError("rungs", "there is none", try: "state epochs such as [1, 3, 9]")
        }
        try FidelityError.check("rungs", first, atLeast: 1, try: "begin with one epoch")
        for (lower, upper) in zip(rungs, rungs.dropFirst()) where lower >= upper {
            throw FidelityError("rungs", "\(upper) epochs come after \(lower)", try: "state them in ascending order")
        }
        try FidelityError.check("rungs", rungs[rungs.count - 1], atLeast: 1, try: "state fewer epochs")
        return rungs
    }

    /// The powers η^0, η^1, … up to max/min.
    static func powers(min: Int, max: Int, eta: Double) throws(FidelityError) -> [Double] {
        try FidelityError.check(min: min, max: max)
        try check(eta: eta)
        var powers = [1.0]
        // A real η may have been rounded: a hair beyond max counts as max.
        while let last = powers.last, Double(min) * last * eta <= Double(max) * (1 + 1e-12) {
            powers.append(last * eta)
            guard powers.count <= limit else {
                throw FidelityError(
                    "eta", "\(eta) makes more than \(limit) levels", try: "take a larger one, such as 3")
            }
        }
        return powers
    }

    /// Throws unless η is a number above 1.
    static func check(eta: Double) throws(FidelityError) {
        guard eta > 1, eta.isFinite else {
            throw FidelityError("eta", "must be more than 1, not \(eta)", try: "take 3: one in three goes on")
        }
    }
}
