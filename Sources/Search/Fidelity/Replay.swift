/// What a schedule would have spent and found on recorded curves.
public struct WhatIf: Hashable, Sendable {
    /// How many trials began.
    public internal(set) var trials = 0
    /// How many epochs were trained; of a stretch that failed, those up to the failure.
    public internal(set) var epochs = 0
    /// How many epochs are recorded: what training all to the end took.
    public internal(set) var recordedEpochs = 0
    /// The trial that the schedule ends with: the best at the end of those that were trained longest. nil if all failed.
    public internal(set) var winner: Int?
    /// The winner's value where the schedule left it.
    public internal(set) var found: Double?
    /// The winner's last recorded value: what it gives when it is trained to the end; nil if it then fails.
    public internal(set) var final: Double?
    /// The best last recorded value of the trials whose record has no failure.
    public internal(set) var best: Double?
    /// How many stretches asked for epochs beyond a record, where its last value is repeated.
    public internal(set) var beyond = 0

    /// Which share of the recorded epochs was not spent; negative where more were.
    public var saved: Double { recordedEpochs == 0 ? 0 : 1 - Double(epochs) / Double(recordedEpochs) }

    /// By how much the winner, trained to the end, misses the best recorded value: at least 0.
    public var regret: Double? {
        guard let best, let final else { return nil }
        return best - final
    }
}

/// Runs schedulers on recorded curves, without training.
public enum Replay {
    /// What a schedule does on curves, trial number t on the t-th curve.
    ///
    /// - Parameters:
    ///   - curves: the values of each trial's epochs, `[trial][epochs recorded]`, the larger the better. A value that is
    ///     not finite is a failure at that epoch.
    ///   - slots: how many stretches are under way at a time, of equal cost an epoch.
    /// - Throws: ``FidelityError`` for fewer than one slot.
    public static func run(
        _ scheduler: any Scheduler, on curves: [[Double]], slots: Int = 1
    ) throws(FidelityError) -> WhatIf {
        var timeline = try Timeline(scheduler, slots: slots)
        var result = WhatIf()
        result.recordedEpochs = curves.reduce(0) { $0 + $1.count }
        var last: [Int: (epochs: Int, value: Double)] = [:]
        while case let started = start(&timeline, curves.count), !started.isEmpty {
            for stretch in started {
                let outcome = outcome(of: stretch, on: curves[stretch.trial], &result)
                if let value = outcome.value { last[stretch.trial] = (stretch.to, value) }
                if outcome == .failed { last[stretch.trial] = nil }
                timeline.finish(stretch, outcome)
            }
        }
        conclude(&result, last, curves)
        return result
    }

    private static func start(_ timeline: inout Timeline, _ trials: Int) -> [Stretch] {
        timeline.ready(begin: { $0.trial < trials ? Double($0.to - $0.from) : nil }, heard: { _, _ in })
    }

    /// What the record says of a stretch; counts what it costs.
    private static func outcome(of stretch: Stretch, on curve: [Double], _ result: inout WhatIf) -> StretchOutcome {
        if stretch.from == 0 { result.trials += 1 }
        let recorded = curve[min(stretch.from, curve.count)..<min(stretch.to, curve.count)]
        if let gap = recorded.firstIndex(where: { !$0.isFinite }) {
            result.epochs += gap + 1 - stretch.from
            return .failed
        }
        guard let final = curve.last else { return .failed }
        result.epochs += stretch.to - stretch.from
        let missing = stretch.to - stretch.from - recorded.count
        if missing > 0 { result.beyond += 1 }
        return .reached(recorded + Array(repeating: final, count: missing))
    }

    private static func conclude(
        _ result: inout WhatIf, _ last: [Int: (epochs: Int, value: Double)], _ curves: [[Double]]
    ) {
        let complete = curves.indices.filter { !curves[$0].isEmpty && curves[$0].allSatisfy(\.isFinite) }
        result.best = complete.compactMap { curves[$0].last }.max()
        let winner = last.max { a, b in
            (a.value.epochs, a.value.value, -a.key) < (b.value.epochs, b.value.value, -b.key)
        }
        guard let winner else { return }
        (result.winner, result.found) = (winner.key, winner.value.value)
        result.final = complete.contains(winner.key) ? curves[winner.key].last : nil
    }
}
