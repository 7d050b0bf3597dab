/// The baseline that more involved schedules have to beat: one epoch for all, then the best k to the end.
///
/// R. Egele, I. Guyon, Y. Sun and P. Balaprakash: Is One Epoch All You Need For Multi-Fidelity Hyperparameter
/// Optimization? ESANN 2023, arXiv 2307.15422.
public struct OneEpoch: PlannedScheduler {
    /// What it will do.
    public let plan: BracketPlan
    private var queue: BracketQueue

    /// Trains `trials` trials for `first` epochs and the best `kept` of them to `max`.
    ///
    /// - Throws: ``FidelityError`` for a first epoch below 1, max below it, and negative numbers of trials.
    public init(first: Int = 1, max: Int, trials: Int, kept: Int = 3) throws(FidelityError) {
        try FidelityError.check(min: first, max: max)
        try FidelityError.check(trials: trials)
        try FidelityError.check("kept", kept, atLeast: 1, try: "the best three are usual")
        plan = BracketPlan(bracket: 0, rungs: [first, max], trials: [trials, min(kept, trials)])
        queue = BracketQueue(plan)
    }

    /// The next stretch of the earliest bracket that has one.
    public mutating func ask() -> ScheduleStep { queue.ask() }
    /// Takes in what a trial has at its rung.
    public mutating func tell(_ stretch: Stretch, _ outcome: StretchOutcome) { queue.tell(stretch, outcome) }
}

/// Every trial to the end: what all schedules are compared with.
public struct FullTraining: PlannedScheduler {
    /// What it will do.
    public let plan: BracketPlan
    private var queue: BracketQueue

    /// Trains `trials` trials for `max` epochs each.
    ///
    /// - Throws: ``FidelityError`` for max below 1 and a negative number of trials.
    public init(max: Int, trials: Int) throws(FidelityError) {
        try FidelityError.check("max", max, atLeast: 1, try: "train for one epoch")
        try FidelityError.check(trials: trials)
        plan = BracketPlan(bracket: 0, rungs: [max], trials: [trials])
        queue = BracketQueue(plan)
    }

    /// The next stretch of the earliest bracket that has one.
    public mutating func ask() -> ScheduleStep { queue.ask() }
    /// Takes in what a trial has at its rung.
    public mutating func tell(_ stretch: Stretch, _ outcome: StretchOutcome) { queue.tell(stretch, outcome) }
}
