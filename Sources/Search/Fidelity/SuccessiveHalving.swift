/// Successive halving: all trials are trained a little, the best 1/η of them η times as long, and so on.
///
/// K. Jamieson and A. Talwalkar: Non-stochastic Best Arm Identification and Hyperparameter Optimization. AISTATS 2016.
/// Of n trials ⌊n·η^−i⌋ reach rung i; where that is none, the best one goes on all the same (as in HpBandSter).
public struct SuccessiveHalving: PlannedScheduler {
    /// What it will do.
    public let plan: BracketPlan
    private var queue: BracketQueue

    /// Compares trials at the epochs `rungs`, which ascend; by default as many as leave one for the last.
    ///
    /// - Throws: ``FidelityError`` for other rungs, negative trials, and η of 1 or less.
    public init(rungs: [Int], trials: Int? = nil, eta: Double = 3) throws(FidelityError) {
        try Rungs.check(rungs)
        try Rungs.check(eta: eta)
        let power = rungs.dropFirst().reduce(1.0) { power, _ in min(power * eta, 1e9) }
        let trials = trials ?? Int(power.rounded(.up))
        try FidelityError.check(trials: trials)
        let counts = BracketPlan.halved(trials, rungs: rungs.count, eta: eta)
        plan = BracketPlan(bracket: 0, rungs: rungs, trials: counts)
        queue = BracketQueue(plan)
    }

    /// Compares trials at min·η^j epochs and at max.
    public init(min: Int = 1, max: Int, eta: Double = 3, trials: Int? = nil) throws(FidelityError) {
        try self.init(rungs: Rungs.ladder(min: min, max: max, eta: eta), trials: trials, eta: eta)
    }

    /// The next stretch of the earliest bracket that has one.
    public mutating func ask() -> ScheduleStep { queue.ask() }
    /// Takes in what a trial has at its rung.
    public mutating func tell(_ stretch: Stretch, _ outcome: StretchOutcome) { queue.tell(stretch, outcome) }
}
