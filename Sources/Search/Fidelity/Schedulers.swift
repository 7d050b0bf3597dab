/// What schedulers are made from; each takes what it needs.
public struct ScheduleSettings: Hashable, Codable, Sendable {
    /// The fewest epochs of a trial, and the most.
    public var min = 1, max: Int
    /// Epochs to compare trials at, instead of those that follow from min, max and η.
    public var rungs: [Int]?
    /// One in η trials goes on, for η times as many epochs; more than 1.
    public var eta = 3.0
    /// How many trials begin; nil where the schedule knows.
    public var trials: Int?
    /// How Hyperband makes numbers of trials whole, and how often it goes through its brackets.
    public var rounding = HyperbandRounding.floor, rounds = 1
    /// Whether ASHA's trials pause or are stopped.
    public var variant = ASHAVariant.promotion
    /// Which trials of a rung go on with ASHA and PASHA.
    public var rule = RungRule.quantile
    /// How many trials the baseline of one epoch trains to the end.
    public var kept = 3
    /// How many epochs lie between a rule's checks, and how many before the first.
    public var step = 1, grace = 1
    /// How many other trials must have reached an epoch before the median or percentile rule stops one there.
    public var population = 5
    /// Which share of trials the percentile rule lets go on.
    public var share = 0.25
    /// For how many epochs the patience rule waits for an improvement, and how large it must be.
    public var patience = 5, improvement = 0.0
    /// The probability below which the rule of predictions stops a trial.
    public var threshold = 0.05

    /// The usual settings, for trials of at most so many epochs.
    public init(max: Int, trials: Int? = nil) { (self.max, self.trials) = (max, trials) }

    /// How many epochs a trial that is never stopped has.
    public var horizon: Int { rungs?.last ?? max }

    /// The rungs that are stated, or follow.
    func ladder() throws(FidelityError) -> [Int] {
        guard let rungs else { return try Rungs.ladder(min: min, max: max, eta: eta) }
        return try Rungs.check(rungs)
    }

    /// The fewest epochs at which trials are compared, and how many one has that is never stopped.
    func ends() throws(FidelityError) -> (first: Int, last: Int) {
        guard let rungs else { return (min, max) }
        let ladder = try Rungs.check(rungs)
        return (ladder[0], ladder[ladder.count - 1])
    }

    /// The number of trials, which a schedule without end of its own needs.
    func neededTrials() throws(FidelityError) -> Int {
        guard let trials else {
            throw FidelityError("trials", "this schedule needs to know when to end", try: "state how many trials begin")
        }
        return trials
    }
}

/// What the rule of predictions needs besides numbers.
public struct RuleForecast: Sendable {
    /// The probability that a curve's final value beats another.
    public let probability: Forecast
    /// What a trial's architecture costs, the less the better; nil where values alone count.
    public let cost: (@Sendable (Int) -> Double?)?

    /// A forecast, with costs where trials are to end on a Pareto front.
    public init(cost: (@Sendable (Int) -> Double?)? = nil, probability: @escaping Forecast) {
        (self.probability, self.cost) = (probability, cost)
    }
}

/// One kind of scheduler.
public struct SchedulerKind: Sendable {
    /// How the architectures of its trials are chosen.
    public enum Proposer: Sendable {
        /// ``RandomStrategy``, unless another is wanted.
        case random
        /// ``KernelDensity``, which belongs to the method.
        case kernelDensity
    }

    /// The name by which it is called.
    public let name: String
    /// What it does, in one line.
    public let summary: String
    /// Whether it is a rule that stops trials of their own accord, checked at each step.
    public let isRule: Bool
    /// How architectures are chosen.
    public let proposer: Proposer
    private let factory: @Sendable (ScheduleSettings, RuleForecast?) throws(FidelityError) -> any Scheduler

    fileprivate init(
        _ name: String, _ summary: String, isRule: Bool = false, proposer: Proposer = .random,
        _ factory: @escaping @Sendable (ScheduleSettings, RuleForecast?) throws(FidelityError) -> any Scheduler
    ) {
        (self.name, self.summary, self.isRule, self.proposer, self.factory) = (name, summary, isRule, proposer, factory)
    }

    /// A scheduler of this kind.
    ///
    /// - Throws: ``FidelityError``, which names the setting at fault.
    public func make(
        _ settings: ScheduleSettings, forecast: RuleForecast? = nil
    ) throws(FidelityError) -> any Scheduler {
        try factory(settings, forecast)
    }
}

/// The schedulers that are built in.
public enum Schedulers {
    /// Each of them once. To add one, add its line.
    public static let all: [SchedulerKind] = [
        SchedulerKind("halving", "all trials a little, the best of them longer, and so on") {
            (settings, _) throws(FidelityError) in
            try SuccessiveHalving(rungs: settings.ladder(), trials: settings.trials, eta: settings.eta)
        },
        SchedulerKind("hyperband", "brackets of halving, from many short trials to few long ones", hyperband),
        SchedulerKind("asha", "halving without waiting: a free worker always has work") {
            (settings, _) throws(FidelityError) in
            try ASHA(
                rungs: settings.ladder(), trials: settings.neededTrials(), eta: settings.eta, variant: settings.variant,
                rule: settings.rule)
        },
        SchedulerKind("pasha", "ASHA that trains longer only while the ranking changes") {
            (settings, _) throws(FidelityError) in
            try PASHA(
                rungs: settings.ladder(), trials: settings.neededTrials(), eta: settings.eta, rule: settings.rule)
        },
        SchedulerKind("bohb", "Hyperband with proposed architectures", proposer: .kernelDensity, hyperband),
        SchedulerKind("one_epoch", "one epoch for all, then the best to the end") {
            (settings, _) throws(FidelityError) in
            try OneEpoch(
                first: settings.ends().first, max: settings.ends().last, trials: settings.neededTrials(),
                kept: settings.kept)
        },
        SchedulerKind("full", "every trial to the end") { (settings, _) throws(FidelityError) in
            try FullTraining(max: settings.ends().last, trials: settings.neededTrials())
        },
        SchedulerKind("median", "stops a trial below the median of the others' running means", isRule: true) {
            (settings, _) throws(FidelityError) in
            try stopping(MedianRule(population: settings.population), settings)
        },
        SchedulerKind("percentile", "stops a trial that is not among the best share", isRule: true) {
            (settings, _) throws(FidelityError) in
            try stopping(PercentileRule(kept: settings.share, population: settings.population), settings)
        },
        SchedulerKind("patience", "stops a trial that no longer improves", isRule: true) {
            (settings, _) throws(FidelityError) in
            try stopping(PatienceRule(patience: settings.patience, improvement: settings.improvement), settings)
        },
        SchedulerKind("predicted", "stops a trial whose curve will hardly end above the best", isRule: true) {
            (settings, forecast) throws(FidelityError) in
            guard let forecast else {
                throw FidelityError("rule", "'predicted' needs a forecast of curves", try: "take 'median'")
            }
            let rule = try PredictedRule(
                threshold: settings.threshold, cost: forecast.cost, forecast: forecast.probability)
            return try stopping(rule, settings)
        },
    ]

    /// The kind of this name, if there is one.
    public static func named(_ name: String) -> SchedulerKind? { all.first { $0.name == name } }

    private static let hyperband: @Sendable (ScheduleSettings, RuleForecast?) throws(FidelityError) -> any Scheduler =
        {
            (settings, _) throws(FidelityError) in
            try Hyperband(
                min: settings.min, max: settings.max, eta: settings.eta, rounding: settings.rounding,
                rounds: settings.rounds)
        }

    private static func stopping(
        _ rule: any StopRule, _ settings: ScheduleSettings
    ) throws(FidelityError) -> any Scheduler {
        try EarlyStopping(
            rule, max: settings.ends().last, trials: settings.neededTrials(), step: settings.step, grace: settings.grace
        )
    }
}
