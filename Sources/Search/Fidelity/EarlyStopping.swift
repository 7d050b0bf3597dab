/// Trains each trial to the end unless a rule stops it: a stretch is what lies between two checks of the rule.
///
/// Trials that have begun go on before new ones begin, the one that was checked first before the others.
public struct EarlyStopping: Scheduler {
    private let rule: any StopRule
    private let (max, step, grace): (Int, Int, Int)
    private var (begun, trials): (Int, Int)
    private var curves: [[Double]] = []
    private var underWay: Set<Stretch> = []
    private var next: [Stretch] = []

    /// Trains `trials` trials for `max` epochs each at most, and asks `rule` after `grace` epochs and each further `step`.
    ///
    /// - Throws: ``FidelityError`` for grace, step or max below 1, and negative trials.
    public init(
        _ rule: any StopRule, max: Int, trials: Int, step: Int = 1, grace: Int = 1
    ) throws(FidelityError) {
        try FidelityError.check("max", max, atLeast: 1, try: "train for one epoch")
        try FidelityError.check("step", step, atLeast: 1, try: "check after every epoch")
        try FidelityError.check("grace", grace, atLeast: 1, try: "check after the first epoch")
        try FidelityError.check(trials: trials)
        (self.rule, self.max, self.step, self.grace) = (rule, max, step, grace)
        (begun, self.trials) = (0, trials)
    }

    /// A trial that goes on, or else a new one.
    public mutating func ask() -> ScheduleStep {
        guard let stretch = next.isEmpty ? newTrial() : next.removeFirst() else {
            return underWay.isEmpty ? .finished : .wait
        }
        underWay.insert(stretch)
        return .run(stretch)
    }

    /// Takes in the values and asks the rule whether the trial goes on.
    public mutating func tell(_ stretch: Stretch, _ outcome: StretchOutcome) {
        guard underWay.remove(stretch) != nil else { return }
        if outcome == .exhausted { trials = begun }
        guard let values = outcome.values(of: stretch) else { return }
        curves[stretch.trial] += values
        guard stretch.to < max, !rule.stops(stretch.trial, among: curves, horizon: max) else { return }
        let end = min(max, stretch.to + step)
        next.append(Stretch(trial: stretch.trial, rung: stretch.rung + 1, from: stretch.to, to: end))
    }

    private mutating func newTrial() -> Stretch? {
        guard begun < trials else { return nil }
        begun += 1
        curves.append([])
        return Stretch(trial: begun - 1, rung: 0, from: 0, to: min(grace, max))
    }
}
