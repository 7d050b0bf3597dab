import Search
import Statistics
import Testing

/// What a trial gives: pseudo-random curves, a failure now and then.
private func outcome(_ stretch: Stretch, seed: UInt64) -> StretchOutcome {
    var generator = Random(Seed(seed).derived("trial", .number(stretch.trial), .number(stretch.to)))
    if generator.uniform() < 0.1 { return .failed }
    return .reached((stretch.from..<stretch.to).map { _ in generator.uniform() })
}

/// How long an epoch of a trial takes, 0.5 ..< 2.
private func relativeCost(_ trial: Int) -> Double {
    var generator = Random(Seed(1).derived("cost", .number(trial)))
    return generator.uniform(in: 0.5..<2)
}

/// What happened in a run, in order.
private enum Event: Equatable { case began(Stretch), heard(Stretch, StretchOutcome) }

/// Schedulers of every kind of dependence between trials.
private func schedulers() throws -> [any Scheduler] {
    [
        try SuccessiveHalving(max: 27), try Hyperband(max: 27), try ASHA(max: 27, trials: 40),
        try ASHA(max: 27, trials: 40, variant: .stopping, rule: .top), try OneEpoch(max: 9, trials: 12),
    ]
}

@Suite struct TimelineTests {
    /// Runs to the end; real results come in an order drawn from a generator.
    private func events(_ scheduler: any Scheduler, slots: Int, order: UInt64, space: Int = .max) throws -> [Event] {
        var timeline = try Timeline(scheduler, slots: slots)
        var generator = Random(seed: order)
        var (events, pending): ([Event], [Stretch]) = ([], [])
        while true {
            let started = timeline.ready {
                guard $0.trial < space else { return nil }
                events.append(.began($0))
                return Double($0.to - $0.from) * relativeCost($0.trial)
            } heard: {
                events.append(.heard($0, $1))
            }
            pending += started
            guard !pending.isEmpty else { break }
            // Several may come in before the timeline is asked again.
            for _ in 0...generator.below(pending.count) {
                let stretch = pending.remove(at: generator.below(pending.count))
                timeline.finish(stretch, outcome(stretch, seed: 7))
            }
        }
        #expect(timeline.isFinished)
        #expect(timeline.underWay.isEmpty)
        return events
    }

    @Test(arguments: 0..<5, [1, 3, 16])
    func `The order of events does not depend on when results come in`(_ index: Int, _ slots: Int) throws {
        let scheduler = try schedulers()[index]
        let expected = try events(scheduler, slots: slots, order: 0)
        #expect(expected.count > 20)
        for order in 1...4 { #expect(try events(scheduler, slots: slots, order: UInt64(order)) == expected) }
    }

    @Test(arguments: 0..<5)
    func `A space that ends early ends the run`(_ index: Int) throws {
        for space in [0, 1, 5] {
            let expected = try events(schedulers()[index], slots: 4, order: 0, space: space)
            #expect(try events(schedulers()[index], slots: 4, order: 1, space: space) == expected)
            let trials = expected.compactMap { if case .began(let stretch) = $0 { stretch.trial } else { nil } }
            #expect(Set(trials) == Set(0..<space))
        }
    }

    @Test func `Results are told in the order of virtual ends, equal ones in that of starts`() throws {
        var timeline = try Timeline(FullTraining(max: 1, trials: 4), slots: 4)
        var heard: [Int] = []
        let begin: (Stretch) -> Double? = { [3, 1, 2, 1][$0.trial] }
        let started = timeline.ready(begin: begin) { _, _ in Issue.record("nothing is in") }
        #expect(started.map(\.trial) == [0, 1, 2, 3])
        timeline.finish(started[0], .reached([1]))
        timeline.finish(started[3], .failed)
        _ = timeline.ready(begin: begin) { stretch, _ in heard.append(stretch.trial) }
        #expect(heard == [])
        #expect(timeline.underWay.count == 4)
        timeline.finish(started[1], .reached([1]))
        _ = timeline.ready(begin: begin) { stretch, _ in heard.append(stretch.trial) }
        #expect(heard == [1, 3])
        timeline.finish(started[2], .reached([1]))
        timeline.finish(started[2], .failed)
        _ = timeline.ready(begin: begin) { stretch, _ in heard.append(stretch.trial) }
        #expect(heard == [1, 3, 2, 0])
        #expect(timeline.isFinished)
    }

    /// The share of the time that `workers` workers are busy while durations differ from the costs by up to a half.
    private func busyShare(_ scheduler: any Scheduler, workers: Int, slots: Int, seed: UInt64) throws -> Double {
        var timeline = try Timeline(scheduler, slots: slots)
        var generator = Random(seed: seed)
        var queue: [Stretch] = []
        var running: [(end: Double, stretch: Stretch)] = []
        var (now, busy) = (0.0, 0.0)
        while true {
            queue += timeline.ready {
                Double($0.to - $0.from) * relativeCost($0.trial)
            } heard: { _, _ in
            }
            while running.count < workers, !queue.isEmpty {
                let stretch = queue.removeFirst()
                let cost = Double(stretch.to - stretch.from) * relativeCost(stretch.trial)
                running.append((now + cost * generator.uniform(in: 0.5..<1.5), stretch))
            }
            guard let next = running.indices.min(by: { running[$0].end < running[$1].end }) else { break }
            let (end, stretch) = running.remove(at: next)
            busy += (end - now) * Double(running.count + 1)
            now = end
            timeline.finish(stretch, outcome(stretch, seed: 7))
        }
        return busy / now / Double(workers)
    }

    @Test(arguments: [(1, 2), (2, 4), (4, 8), (8, 24)])
    func `Spare slots keep workers busy`(_ workers: Int, _ slots: Int) throws {
        for seed in 0..<2 {
            let asha = try ASHA(max: 27, trials: 250 * workers)
            #expect(try busyShare(asha, workers: workers, slots: slots, seed: UInt64(seed)) > 0.95)
        }
    }

    @Test func `A timeline needs a slot`() {
        #expect(throws: FidelityError.self) { try Timeline(FullTraining(max: 1, trials: 1), slots: 0) }
    }
}
