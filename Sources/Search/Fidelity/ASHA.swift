/// How ASHA treats a trial that has reached a rung.
public enum ASHAVariant: String, Codable, CaseIterable, Sendable {
    /// It pauses; whenever a worker is free, the best paused trial that is good enough by now goes on, from the top rung
    /// down, and only where there is none a new trial begins.
    case promotion
    /// It goes on at once if it is good enough among those before it, and is stopped for good otherwise.
    case stopping
}

/// Asynchronous successive halving: no rung waits for its last trial.
///
/// L. Li, K. Jamieson, A. Rostamizadeh, E. Gonina, J. Ben-Tzur, M. Hardt, B. Recht and A. Talwalkar: A System for
/// Massively Parallel Hyperparameter Tuning. MLSys 2020, algorithm 2, which is ``ASHAVariant/promotion`` with
/// ``RungRule/top``. Both rules of ``RungRule`` serve both variants, as in Syne Tune (D. Salinas et al., AutoML 2022);
/// when trials are stopped, the best so far at a rung always goes on, the first one there too. At the end, paused trials
/// stay where they are: with fewer trials than η^j, rung j may stay empty.
public struct ASHA: Scheduler {
    /// The epochs at which trials are compared.
    public let rungs: [Int]
    private let (eta, variant, rule): (Double, ASHAVariant, RungRule)
    /// The highest rung to which trials are sent.
    var ceiling: Int
    private(set) var standings: [RungStandings]
    private var (begun, trials): (Int, Int)
    private var underWay: Set<Stretch> = []
    /// Stretches of trials that go on at once.
    private var next: [Stretch] = []

    /// Begins `trials` trials and compares them at the epochs `rungs`, which ascend.
    ///
    /// - Throws: ``FidelityError`` for other rungs, negative trials, and η of 1 or less.
    public init(
        rungs: [Int], trials: Int, eta: Double = 3, variant: ASHAVariant = .promotion, rule: RungRule = .quantile
    ) throws(FidelityError) {
        self.rungs = try Rungs.check(rungs)
        try Rungs.check(eta: eta)
        try FidelityError.check(trials: trials)
        (self.eta, self.variant, self.rule) = (eta, variant, rule)
        (begun, self.trials) = (0, trials)
        standings = rungs.map { _ in RungStandings() }
        ceiling = rungs.count - 1
    }

    /// Compares trials at min·η^j epochs and at max.
    public init(
        min: Int = 1, max: Int, trials: Int, eta: Double = 3, variant: ASHAVariant = .promotion,
        rule: RungRule = .quantile
    ) throws(FidelityError) {
        let rungs = try Rungs.ladder(min: min, max: max, eta: eta)
        try self.init(rungs: rungs, trials: trials, eta: eta, variant: variant, rule: rule)
    }

    /// A trial that goes on, or else a new one.
    public mutating func ask() -> ScheduleStep {
        guard let stretch = continued() ?? promoted() ?? newTrial() else { return underWay.isEmpty ? .finished : .wait }
        underWay.insert(stretch)
        return .run(stretch)
    }

    /// Takes in what a trial has at its rung.
    public mutating func tell(_ stretch: Stretch, _ outcome: StretchOutcome) {
        guard underWay.remove(stretch) != nil else { return }
        if outcome == .exhausted { trials = begun }
        guard let value = outcome.value else { return }
        standings[stretch.rung].add(stretch.trial, value)
        let goesOn = standings[stretch.rung].continues(stretch.trial, rule, eta: eta)
        if variant == .stopping, stretch.rung < ceiling, goesOn {
            next.append(self.stretch(of: stretch.trial, to: stretch.rung + 1))
        }
    }

    /// Whether a stretch was asked for and not told of.
    func isUnderWay(_ stretch: Stretch) -> Bool { underWay.contains(stretch) }

    private mutating func continued() -> Stretch? { next.isEmpty ? nil : next.removeFirst() }

    private mutating func promoted() -> Stretch? {
        guard variant == .promotion else { return nil }
        for rung in (0..<ceiling).reversed() {
            if let trial = standings[rung].promote(rule, eta: eta) { return stretch(of: trial, to: rung + 1) }
        }
        return nil
    }

    private mutating func newTrial() -> Stretch? {
        guard begun < trials else { return nil }
        begun += 1
        return stretch(of: begun - 1, to: 0)
    }

    private func stretch(of trial: Int, to rung: Int) -> Stretch {
        Stretch(trial: trial, rung: rung, from: rung == 0 ? 0 : rungs[rung - 1], to: rungs[rung])
    }
}
