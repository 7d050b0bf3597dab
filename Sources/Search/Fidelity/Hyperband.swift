/// How the number of trials of a bracket of Hyperband is made whole.
public enum HyperbandRounding: String, Codable, CaseIterable, Sendable {
    /// ⌊(s_max + 1)/(s + 1)⌋·η^s, as in HpBandSter: 81, 27, 9, 6, 5 for R = 81 and η = 3.
    case floor
    /// ⌈(s_max + 1)·η^s/(s + 1)⌉, as in the paper: 81, 34, 15, 8, 5 for R = 81 and η = 3.
    case ceil
}

/// Hyperband: brackets of successive halving, from many trials of few epochs to few trials of many.
///
/// L. Li, K. Jamieson, G. DeSalvo, A. Rostamizadeh and A. Talwalkar: Hyperband: A Novel Bandit-Based Approach to
/// Hyperparameter Optimization. Journal of Machine Learning Research 18(185), 2018, algorithm 1.
/// Bracket s, from s_max = ⌊log_η(max/min)⌋ down to 0, begins with n trials of max·η^−s epochs and trains ⌊n·η^−i⌋ of
/// them to max·η^(i−s), rounded to whole epochs. Rungs that rounding makes equal are one.
public struct Hyperband: PlannedScheduler {
    /// What it will do.
    public let plan: BracketPlan
    private var queue: BracketQueue

    /// All brackets, `rounds` times over.
    ///
    /// - Throws: ``FidelityError`` for min below 1, max below min, η of 1 or less, or negative rounds.
    public init(
        min: Int = 1, max: Int, eta: Double = 3, rounding: HyperbandRounding = .floor, rounds: Int = 1
    ) throws(FidelityError) {
        try FidelityError.check("rounds", rounds, atLeast: 0, try: "one round runs every bracket once")
        guard rounds <= 1000 else {
            throw FidelityError(
                "rounds", "must be at most 1000, not \(rounds)", try: "one round runs every bracket once")
        }
        let powers = try Rungs.powers(min: min, max: max, eta: eta)
        let rows = (0..<rounds).flatMap { round in
            powers.indices.reversed().flatMap { s in
                Self.bracket(s, number: round * powers.count + powers.count - 1 - s, max, powers, rounding)
            }
        }
        plan = BracketPlan(rows: rows)
        queue = BracketQueue(plan)
    }

    private static func bracket(
        _ s: Int, number: Int, _ max: Int, _ powers: [Double], _ rounding: HyperbandRounding
    ) -> [BracketRow] {
        let levels = Double(powers.count)
        let start =
            switch rounding {
            case .floor: ((levels / Double(s + 1)).rounded(.down) * powers[s]).rounded(.down)
            case .ceil: (levels * powers[s] / Double(s + 1)).rounded(.up)
            }
        // At least one epoch and one trial: with a real η and few epochs both can be rounded to none.
        let rungs = (0...s).map { Swift.max(1, Int((Double(max) / powers[s - $0]).rounded())) }
        let trials = (0...s).map { Swift.max(1, Int(start / powers[$0])) }
        return BracketPlan(bracket: number, rungs: rungs, trials: trials).rows
    }

    /// The next stretch of the earliest bracket that has one.
    public mutating func ask() -> ScheduleStep { queue.ask() }
    /// Takes in what a trial has at its rung.
    public mutating func tell(_ stretch: Stretch, _ outcome: StretchOutcome) { queue.tell(stretch, outcome) }
}
