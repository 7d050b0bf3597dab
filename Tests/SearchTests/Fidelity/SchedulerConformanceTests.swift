import Foundation
import Search
import Statistics
import Testing

/// A run of a scheduler: what it asked for, in order, and whether it kept the promises of the protocol.
private struct Walk {
    var stretches: [Stretch] = []
    private var ends: [Int: Int] = [:]
    private var dead: Set<Int> = []
    private var underWay: [Stretch] = []

    /// Obeys a scheduler to its end with up to `slots` stretches under way, whose results come in a random order.
    init(
        _ scheduler: any Scheduler, max: Int, slots: Int, seed: UInt64, _ outcome: (Stretch) -> StretchOutcome
    ) {
        var scheduler = scheduler
        var generator = Random(seed: seed)
        for _ in 0..<100_000 {
            let step = underWay.count < slots ? scheduler.ask() : .wait
            switch step {
            case .run(let stretch):
                check(stretch, max)
            case .finished where underWay.isEmpty:
                #expect(scheduler.ask() == .finished)
                return
            default:
                guard !underWay.isEmpty else {
                    Issue.record("it waits for nothing")
                    return
                }
                let stretch = underWay.remove(at: generator.below(underWay.count))
                let outcome = outcome(stretch)
                if outcome.value == nil { dead.insert(stretch.trial) }
                scheduler.tell(stretch, outcome)
                scheduler.tell(stretch, .reached([9]))  // a second time: ignored
            }
        }
        Issue.record("it does not end")
    }

    private mutating func check(_ stretch: Stretch, _ max: Int) {
        #expect(stretch.from == ends[stretch.trial, default: 0])
        #expect(stretch.to > stretch.from && stretch.to <= max)
        #expect(!dead.contains(stretch.trial))
        #expect(!underWay.contains { $0.trial == stretch.trial })
        if stretch.from == 0 { #expect(stretch.trial == ends.count) }
        ends[stretch.trial] = stretch.to
        underWay.append(stretch)
        stretches.append(stretch)
    }

    var epochs: Int { stretches.reduce(0) { $0 + $1.to - $1.from } }
}

/// Noisy rising curves; one stretch in ten fails in one way or another.
private func noisy(_ stretch: Stretch) -> StretchOutcome {
    var generator = Random(Seed(5).derived(.number(stretch.trial), .number(stretch.to)))
    if generator.below(20) == 0 { return .failed }
    let isDiverging = generator.below(20) == 0
    return .reached(
        (stretch.from..<stretch.to).map { epoch in
            isDiverging
                ? .nan : Double(stretch.trial % 7) / 10 + generator.normal(deviation: 0.1) - 1 / Double(epoch + 1)
        })
}

@Suite struct SchedulerConformanceTests {
    static let names = Schedulers.all.map(\.name)

    private func make(_ name: String, _ settings: ScheduleSettings) throws -> any Scheduler {
        let kind = try #require(Schedulers.named(name))
        let forecast = RuleForecast { curve, best, _ in (curve.last ?? 0) > best - 0.2 ? 0.5 : 0.01 }
        return try kind.make(settings, forecast: forecast)
    }

    @Test(arguments: names, [1, 3, 10])
    func `Stretches follow one another, never beyond the end, and the run ends`(_ name: String, _ slots: Int) throws {
        for (min, max, eta) in [(1, 27, 3.0), (2, 20, 2), (3, 10, 1.5), (5, 5, 4)] {
            var settings = ScheduleSettings(max: max, trials: 30)
            (settings.min, settings.eta) = (min, eta)
            let walks = try (0..<2).map { _ in Walk(try make(name, settings), max: max, slots: slots, seed: 3, noisy) }
            #expect(walks[0].stretches == walks[1].stretches)
            // A rule may stop every trial, and PASHA stays low as long as the ranking is stable.
            let maySaveAll = name == "pasha" || Schedulers.named(name)?.isRule ?? false
            #expect(maySaveAll || walks[0].stretches.contains { $0.to == max })
        }
    }

    @Test(arguments: names, [0, 1, 2])
    func `No candidate, one, and two`(_ name: String, _ trials: Int) throws {
        let planned = try make(name, ScheduleSettings(max: 9, trials: trials))
        if name != "hyperband" && name != "bohb" {
            let walk = Walk(planned, max: 9, slots: 4, seed: 1) { _ in .reached([0.5]) }
            #expect(Set(walk.stretches.map(\.trial)) == Set(0..<trials))
        }
        // The same where it is the space that has so few.
        let walk = Walk(try make(name, ScheduleSettings(max: 9, trials: 20)), max: 9, slots: 4, seed: 1) {
            $0.trial < trials ? .reached([0.5]) : .exhausted
        }
        #expect(Set(walk.stretches.map(\.trial)).isSuperset(of: 0..<trials))
        #expect(walk.stretches.filter { $0.from > 0 }.allSatisfy { $0.trial < trials })
        #expect(walk.stretches.count { $0.trial >= trials } <= 4)
    }

    @Test(arguments: names)
    func `If all fail, all have begun and none goes on`(_ name: String) throws {
        for outcome in [StretchOutcome.failed, .reached([.nan]), .reached([])] {
            let walk = Walk(try make(name, ScheduleSettings(max: 9, trials: 9)), max: 9, slots: 2, seed: 1) { _ in
                outcome
            }
            #expect(walk.stretches.count >= 9)
            #expect(walk.stretches.allSatisfy { $0.from == 0 })
        }
    }

    @Test(arguments: names)
    func `What is planned is what is trained`(_ name: String) throws {
        for rounding in HyperbandRounding.allCases {
            var settings = ScheduleSettings(max: 27, trials: 40)
            settings.rounding = rounding
            guard let scheduler = try make(name, settings) as? any PlannedScheduler else { return }
            let walk = Walk(scheduler, max: 27, slots: 5, seed: 2) { .reached([Double($0.trial * 7919 % 101)]) }
            #expect(walk.epochs == scheduler.plan.epochs)
            for row in scheduler.plan.rows {
                let reached = walk.stretches.count { $0.bracket == row.bracket && $0.rung == row.rung }
                #expect(reached == row.trials)
            }
        }
    }

    @Test(arguments: names)
    func `Settings that make no schedule are refused with the setting's name`(_ name: String) throws {
        let faults: [(String, (inout ScheduleSettings) -> Void)] = [
            ("eta", { $0.eta = 1 }), ("eta", { $0.eta = 0.5 }), ("eta", { $0.eta = .nan }),
            ("eta", { ($0.eta, $0.max) = (1.0001, 1000) }), ("max", { $0.min = 28 }), ("min", { $0.min = 0 }),
            ("rungs", { $0.rungs = [] }), ("rungs", { $0.rungs = [3, 3] }), ("rungs", { $0.rungs = [9, 3] }),
            ("rungs", { $0.rungs = [0, 3] }), ("trials", { $0.trials = -1 }), ("trials", { $0.trials = .max }),
            ("max", { $0.max = .max }), ("step", { $0.step = 0 }), ("grace", { $0.grace = -1 }),
            ("rounds", { $0.rounds = -1 }), ("keep", { $0.share = 2 }), ("patience", { $0.patience = 0 }),
            ("threshold", { $0.threshold = .nan }), ("kept", { $0.kept = 0 }),
        ]
        var refused: Set<String> = []
        for (setting, fault) in faults {
            var settings = ScheduleSettings(max: 27, trials: 5)
            fault(&settings)
            do {
                // A fault in what this schedule does not use is none.
                let walk = Walk(try make(name, settings), max: settings.horizon, slots: 1, seed: 1) { _ in .exhausted }
                #expect(walk.stretches.count <= 1)
            } catch let error as FidelityError {
                #expect(error.setting == setting)
                #expect(!error.hint.isEmpty)
                refused.insert(error.setting)
            }
        }
        #expect(!refused.isEmpty)
    }

    @Test func `Settings survive their storage`() throws {
        var settings = ScheduleSettings(max: 27, trials: 5)
        (settings.variant, settings.rule, settings.rungs) = (.stopping, .top, [1, 5])
        #expect(settings.horizon == 5)
        #expect(try JSONDecoder().decode(ScheduleSettings.self, from: JSONEncoder().encode(settings)) == settings)
        #expect(Set(Self.names).count == Self.names.count)
        #expect(throws: FidelityError.self) { try Schedulers.named("asha")?.make(ScheduleSettings(max: 9)) }
        #expect(throws: FidelityError.self) {
            try Schedulers.named("predicted")?.make(ScheduleSettings(max: 9, trials: 1))
        }
    }
}
