/// Why no schedule can be made from what was asked for.
public struct FidelityError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The setting at fault, such as `eta`.
    public let setting: String
    /// What was expected and what was found.
    public let reason: String
    /// What to try.
    public let hint: String

    init(_ setting: String, _ reason: String, try hint: String) {
        (self.setting, self.reason, self.hint) = (setting, reason, hint)
    }

    /// Setting, reason and advice in one line.
    public var description: String { "\(setting): \(reason); \(hint)" }
}

extension FidelityError {
    /// No schedule counts further than this.
    private static let most = 1_000_000_000

    /// Throws unless `value` is at least `least` and at most 1,000,000,000.
    static func check(_ setting: String, _ value: Int, atLeast least: Int, try hint: String) throws(FidelityError) {
        guard value >= least else {
            throw FidelityError(setting, "must be at least \(least), not \(value)", try: hint)
        }
        guard value <= most else {
            throw FidelityError(setting, "must be at most \(most), not \(value)", try: hint)
        }
    }

    /// Throws unless 1 ≤ min ≤ max ≤ 1,000,000,000 epochs.
    static func check(min: Int, max: Int) throws(FidelityError) {
        try check("min", min, atLeast: 1, try: "begin with one epoch")
        guard max >= min else {
            throw FidelityError("max", "\(max) epochs are fewer than the least, \(min)", try: "raise max or lower min")
        }
        try check("max", max, atLeast: 1, try: "lower it")
    }

    /// Throws unless 0 ≤ trials ≤ 1,000,000,000.
    static func check(trials: Int) throws(FidelityError) {
        try check("trials", trials, atLeast: 0, try: "state how many trials begin")
    }

    /// Throws unless `share` lies between 0 and 1.
    static func check(_ setting: String, share: Double) throws(FidelityError) {
        guard share >= 0, share <= 1 else {
            throw FidelityError(setting, "must lie between 0 and 1, not \(share)", try: "state a share such as 0.5")
        }
    }
}
