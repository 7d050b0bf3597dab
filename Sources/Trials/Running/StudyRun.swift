public import Search
import Statistics

/// The loop of a study: its scheduler says which trial to train and how far, its strategy which architecture a new trial
/// has, its objective what came of it; each epoch is stored as it ends.
///
/// What is stored is not evaluated again. So to resume a study is to run it once more: it comes to the same decisions by
/// the same results, and goes on where the store ends. Where several workers train side by side, the order in which
/// results are told follows from the costs of the trials and not from the clock (``Search/Timeline``), so that the study
/// is the same with any number of interruptions.
public final class StudyRun: Sendable {
    /// How many slots the timeline has: the spare ones keep workers busy while a result waits for its turn. Up to four
    /// workers it is the same number, so that a study comes to the same result with any of them.
    private static func slots(for workers: Int) -> Int { max(8, workers > 4 ? 3 * workers : 0) }

    private let store: Store
    private let study: Int
    private let seed: Seed
    private let objective: any Objective
    /// After how many epochs a trial has come to its end.
    private let horizon: Int
    private let costs: TrialCosts?
    private let state: Monitor<StudyState>

    /// A run of the study of this number.
    ///
    /// - Parameters:
    ///   - workers: how many stretches are evaluated at once; the order of decisions depends on it.
    ///   - horizon: after how many epochs a trial has come to its end.
    ///   - slots: how many stretches are under way at once; as many as keep workers busy unless given.
    ///   - costs: hears of each trial that begins.
    /// - Throws: `StoreError`, `FidelityError`.
    public init(
        _ study: Int, in store: Store, scheduler: any Scheduler, strategy: any Strategy, objective: any Objective,
        seed: UInt64, workers: Int, horizon: Int, slots: Int? = nil, costs: TrialCosts? = nil
    ) throws {
        (self.store, self.study, self.objective, self.horizon) = (store, study, objective, horizon)
        self.costs = costs
        self.seed = Seed(seed)
        let timeline = try Timeline(scheduler, slots: slots ?? Self.slots(for: workers))
        state = Monitor(
            StudyState(
                timeline: timeline, strategy: strategy, generator: Random(self.seed.derived("strategy")),
                trials: try store.trials(of: study), curves: try store.storedEpochs(of: study),
                values: { objective.values(of: $0) }))
    }

    /// Runs the study to its end on so many threads.
    ///
    /// - Parameters:
    ///   - isCancelled: asked at every step of a training.
    ///   - progress: called from any thread after each epoch, with the number of epochs that all trials have behind them.
    /// - Throws: `CancellationError` once `isCancelled` says true; what the strategy and the store throw. Whatever was
    ///   stored before stays, and a later run goes on from there.
    public func run(
        workers: Int, isCancelled: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> StudyReport {
        let lease = try store.lease(study)
        defer { lease.release() }
        try store.setStatus(.running, of: study)
        let start = ContinuousClock.now
        state.change { advance(&$0) }
        Workers.run(workers) { _ in self.work(isCancelled, progress) }
        let (failure, report) = state.change { state in
            (
                state.failure,
                StudyReport(
                    trained: state.trained, seconds: start.secondsUntilNow,
                    busy: state.busy / (Double(workers) * start.secondsUntilNow))
            )
        }
        if let failure {
            try? store.setStatus(failure is CancellationError ? .interrupted : .failed, of: study)
            throw failure
        }
        try close()
        return report
    }

    /// Trials that wait to go on will not: the study is over. One that was killed behind its last epoch is finished.
    private func close() throws {
        let reached = state.change { state in state.curves.mapValues { $0.last?.epoch ?? 0 } }
        for trial in try store.trials(of: study) where !trial.state.isFinal {
            let isWhole = reached[trial.candidate.trial, default: 0] >= horizon
            try store.setState(isWhole ? .finished : .stopped, of: trial.candidate.trial, in: study)
        }
        try store.setStatus(.finished, of: study)
    }
}

/// What one run of a study came to.
public struct StudyReport: Hashable, Sendable {
    /// How many epochs it evaluated; those that were stored before are not among them.
    public let trained: Int
    /// How long it took, in seconds.
    public let seconds: Double
    /// What part of the time the workers were evaluating, in [0, 1].
    public let busy: Double
}

// MARK: - Decisions

/// What the workers share.
struct StudyState {
    var timeline: Timeline
    var strategy: any Strategy
    var generator: Random
    /// The trials by number, those that are stored and those that have begun since.
    var candidates: [Int: Candidate]
    /// What each trial has behind it.
    var curves: [Int: [EpochRecord]]
    /// Trials that are never to be continued.
    var failed: Set<Int>
    /// Stretches that wait for a worker, in the order in which they started.
    var queue: [Stretch] = []
    /// What ended the study before its end.
    var failure: (any Error)?
    var trained = 0
    var busy = 0.0
    /// What a record comes to, see ``Objective/values(of:)``.
    let values: @Sendable (EpochRecord) -> [Double]

    init(
        timeline: Timeline, strategy: any Strategy, generator: Random, trials: [TrialRecord],
        curves: [Int: [EpochRecord]], values: @escaping @Sendable (EpochRecord) -> [Double]
    ) {
        (self.timeline, self.strategy, self.generator, self.curves) = (timeline, strategy, generator, curves)
        self.values = values
        for trial in trials {
            guard let readings = trial.readings, let last = curves[trial.candidate.trial]?.indices.last else {
                continue
            }
            self.curves[trial.candidate.trial]?[last].readings = readings
        }
        candidates = Dictionary(trials.map { ($0.candidate.trial, $0.candidate) }) { $1 }
        failed = Set(trials.filter { $0.state == .failed }.map(\.candidate.trial))
    }

    /// Whether a worker need not wait for another stretch.
    var isOver: Bool { failure != nil || timeline.isFinished && queue.isEmpty }

    /// How a stretch ended by what is known; nil where some of it has still to be evaluated.
    func outcome(of stretch: Stretch) -> StretchOutcome? {
        if failed.contains(stretch.trial) { return .failed }
        let curve = curves[stretch.trial] ?? []
        guard let last = curve.last, last.epoch >= stretch.to else { return nil }
        var values = [Double](repeating: .nan, count: stretch.to - stretch.from)
        for record in curve where record.epoch > stretch.from && record.epoch <= stretch.to {
            values[record.epoch - stretch.from - 1] = self.values(record).first ?? .nan
        }
        return .reached(values)
    }
}

extension StudyRun {
    /// Lets the timeline go on as far as results are known, and queues what has to be evaluated.
    private func advance(_ state: inout StudyState) {
        do {
            var isMoving = true
            while isMoving, state.failure == nil {
                isMoving = false
                for stretch in try started(&state) {
                    if let outcome = state.outcome(of: stretch) {
                        state.timeline.finish(stretch, outcome)
                        isMoving = true
                    } else {
                        state.queue.append(stretch)
                    }
                }
            }
        } catch {
            state.failure = error
        }
    }

    private func started(_ state: inout StudyState) throws -> [Stretch] {
        var timeline = state.timeline
        defer { state.timeline = timeline }
        return try timeline.ready(
            begin: { stretch in
                if stretch.from == 0 { try begin(stretch, &state) }
                guard let candidate = state.candidates[stretch.trial] else { return nil }
                return objective.cost(of: candidate.architecture) * Double(stretch.to - stretch.from)
            },
            heard: { stretch, outcome in
                guard let candidate = state.candidates[stretch.trial] else { return }
                let record = state.curves[stretch.trial]?.last { $0.epoch <= stretch.to }
                let values = outcome.value == nil ? [] : record.map(state.values) ?? []
                state.strategy.tell(Observation(candidate.architecture, epochs: stretch.to, values: values))
            })
    }

    /// Chooses the architecture of a trial that begins. The strategy is asked also where it is stored already, so that
    /// its random numbers are the same in every run.
    private func begin(_ stretch: Stretch, _ state: inout StudyState) throws {
        let chosen = try state.strategy.ask(using: &state.generator)
        if let stored = state.candidates[stretch.trial] { costs?.note(stored) }
        guard state.candidates[stretch.trial] == nil, let chosen else { return }
        let seed = seed.derived("trial", .number(stretch.trial)).value
        let candidate = Candidate(trial: stretch.trial, architecture: chosen, seed: seed)
        try store.add([candidate], bracket: stretch.bracket, to: study)
        state.candidates[stretch.trial] = candidate
        costs?.note(candidate)
    }
}

// MARK: - Work

extension StudyRun {
    /// What one worker does: stretch after stretch, until there is none to come.
    private func work(_ isCancelled: @escaping @Sendable () -> Bool, _ progress: @Sendable (Int) -> Void) {
        while let stretch = next() {
            let start = ContinuousClock.now
            let result = Result { try evaluate(stretch, isCancelled, progress) }
            let seconds = start.secondsUntilNow
            state.change { state in
                state.busy += seconds
                switch result {
                case .success(let outcome):
                    state.timeline.finish(stretch, outcome)
                    advance(&state)
                case .failure(let error): state.failure = state.failure ?? error
                }
            }
        }
    }

    private func next() -> Stretch? {
        state.wait { state -> Stretch?? in
            if state.failure == nil, !state.queue.isEmpty { return state.queue.removeFirst() }
            return state.isOver ? .some(nil) : nil
        }
    }

    private func evaluate(
        _ stretch: Stretch, _ isCancelled: @escaping @Sendable () -> Bool, _ progress: @Sendable (Int) -> Void
    ) throws -> StretchOutcome {
        let (candidate, known) = state.change { ($0.candidates[stretch.trial], $0.curves[stretch.trial]?.last?.epoch) }
        guard let candidate else { return .exhausted }
        try store.setState(.running, of: stretch.trial, in: study)
        let stop: @Sendable () -> Bool = { isCancelled() || self.state.change { $0.failure != nil } }
        do {
            try objective.evaluate(candidate, from: known ?? 0, to: stretch.to, isCancelled: stop) { record in
                if let readings = record.readings {
                    try store.setReadings(readings, of: stretch.trial, in: study)
                }
                try store.record(record, of: stretch.trial, in: study)
                progress(
                    state.change { state in
                        state.curves[stretch.trial, default: []].append(record)
                        state.trained += 1
                        return state.curves.values.reduce(0) { $0 + ($1.last?.epoch ?? 0) }
                    })
            }
        } catch let failure as TrialFailure {
            return try fail(stretch.trial, failure.description)
        }
        guard let outcome = state.change({ $0.outcome(of: stretch) }) else {
            return try fail(stretch.trial, "it ended before epoch \(stretch.to)")
        }
        guard outcome.value != nil else { return try fail(stretch.trial, "it gave no finite number") }
        try store.setState(stretch.to >= horizon ? .finished : .paused, of: stretch.trial, in: study)
        return outcome
    }

    private func fail(_ trial: Int, _ reason: String) throws -> StretchOutcome {
        state.change { _ = $0.failed.insert(trial) }
        try store.setState(.failed, reason: reason, of: trial, in: study)
        return .failed
    }
}

extension ContinuousClock.Instant {
    var secondsUntilNow: Double { (ContinuousClock.now - self) / .seconds(1) }
}
