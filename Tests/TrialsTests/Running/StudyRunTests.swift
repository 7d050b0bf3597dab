import Foundation
import Search
import Spaces
import Statistics
import Synchronization
import Testing
import Trials

/// A study is a function of its settings, its seed and the results of its evaluations.
@Suite struct StudyRunTests {
    /// Accuracies that depend on architecture and epoch alone, evaluated in whatever time the machine takes.
    struct Formula: Objective {
        /// Stops the study after so many epochs, as Ctrl-C or the end of the program would.
        var limit = Int.max
        /// Architectures whose evaluation fails, by the sum of their genes.
        var failing: Set<Int> = []
        let evaluated = Counter()

        final class Counter: Sendable {
            let count = Atomic<Int>(0)
        }

        func cost(of architecture: Architecture) -> Double { 1 + Double(sum(architecture) % 5) }

        func evaluate(
            _ candidate: Candidate, from: Int, to: Int, isCancelled: @escaping @Sendable () -> Bool,
            report: (EpochRecord) throws -> Void
        ) throws {
            let sum = sum(candidate.architecture)
            for epoch in (from + 1)...to {
                if isCancelled() { throw CancellationError() }
                if failing.contains(sum) { throw TrialFailure("as the test asks") }
                usleep(UInt32.random(in: 0..<400))
                if evaluated.count.add(1, ordering: .relaxed).newValue > limit { throw CancellationError() }
                try report(EpochRecord(epoch: epoch, accuracy: value(sum, epoch)))
            }
        }

        private func sum(_ architecture: Architecture) -> Int {
            architecture.genes.enumerated().reduce(0) { $0 + ($1.offset + 1) * Int($1.element) }
        }

        private func value(_ sum: Int, _ epoch: Int) -> Double {
            let level = 0.5 + 0.4 * sin(Double(sum))
            return min(1, max(0, level * (1 - exp(-Double(epoch) / 3)) + 0.02 * sin(Double(sum * epoch))))
        }
    }

    static let algorithms = ["halving", "hyperband", "asha", "pasha", "bohb", "one_epoch", "median", "patience"]

    private func settings(_ trials: Int = 30) -> ScheduleSettings { ScheduleSettings(max: 9, trials: trials) }

    private func run(
        _ algorithm: String, _ objective: Formula = Formula(), in store: Store, _ study: Int, workers: Int = 1,
        settings: ScheduleSettings? = nil
    ) throws -> StudyReport {
        let kind = try #require(Schedulers.named(algorithm))
        let space = NATSTopology()
        let strategy: any Strategy =
            kind.proposer == .random ? RandomStrategy(space: space) : KernelDensity(space: space)
        let run = try StudyRun(
            study, in: store, scheduler: try kind.make(settings ?? self.settings()), strategy: strategy,
            objective: objective, seed: 7, workers: workers, horizon: 9)
        return try run.run(workers: workers)
    }

    /// Trials and epochs of a study, without times.
    private func content(_ store: Store, _ study: Int) throws -> [String] {
        let trials = try store.trials(of: study).map { "\($0.candidate) \($0.state) \($0.epochs) \($0.reason ?? "")" }
        let epochs = try store.epochs(of: study)
        return trials + (0..<epochs.count).map { "\(epochs.trial[$0]) \(epochs.epoch[$0]) \(epochs.accuracy[$0])" }
    }

    private func study(_ store: TemporaryStore) throws -> Int { try store.store.createStudy(.example).id }

    @Test(arguments: algorithms)
    func `the number of workers and their speed do not matter`(_ algorithm: String) throws {
        let folder = TemporaryStore()
        let contents = try [1, 2, 4].map { workers in
            let study = try study(folder)
            _ = try run(algorithm, in: folder.store, study, workers: workers)
            return try content(folder.store, study)
        }
        #expect(contents[0].count > 30)
        #expect(contents[1] == contents[0])
        #expect(contents[2] == contents[0])
    }

    @Test(arguments: algorithms)
    func `it can be interrupted anywhere`(_ algorithm: String) throws {
        let folder = TemporaryStore()
        let whole = try study(folder)
        let report = try run(algorithm, in: folder.store, whole, workers: 2)
        let pieces = try study(folder)
        var trained = 0
        var interruptions = 0
        while true {
            do {
                trained += try run(algorithm, Formula(limit: 13), in: folder.again(), pieces, workers: 2).trained
                break
            } catch is CancellationError {
                interruptions += 1
                #expect(try folder.store.study(pieces).status == .interrupted)
                trained = try folder.store.epochs(of: pieces).count
            }
        }
        #expect(interruptions > 2)
        #expect(try content(folder.store, pieces) == content(folder.store, whole))
        #expect(try folder.store.epochs(of: pieces).count == report.trained, "no epoch was lost or repeated")
        #expect(try folder.store.study(pieces).status == .finished)
    }

    @Test func `more trials go on from what is there`() throws {
        let folder = TemporaryStore()
        let (long, grown) = (try study(folder), try study(folder))
        _ = try run("asha", in: folder.store, long, settings: settings(40))
        _ = try run("asha", in: folder.store, grown, settings: settings(20))
        let before = try folder.store.epochs(of: grown).count
        let report = try run("asha", in: folder.store, grown, settings: settings(40))
        let trials = try folder.store.trials(of: grown)
        #expect(trials.count == 40)
        #expect(trials.map(\.candidate) == (try folder.store.trials(of: long)).map(\.candidate))
        #expect(try folder.store.epochs(of: grown).count == before + report.trained)
    }

    @Test func `a trial that fails is stored with its reason, and the study goes on`() throws {
        let folder = TemporaryStore()
        let study = try study(folder)
        let failing = Formula(failing: Set((0..<84).filter { $0 % 3 == 0 }))
        _ = try run("asha", failing, in: folder.store, study, workers: 2)
        let trials = try folder.store.trials(of: study)
        #expect(trials.count == 30)
        let failed = trials.filter { $0.state == .failed }
        #expect(!failed.isEmpty && failed.count < 30)
        #expect(failed.allSatisfy { $0.reason == "as the test asks" && $0.epochs == 0 })
        #expect(trials.contains { $0.state == .finished })
    }

    @Test func `all trials fail and the study ends`() throws {
        let folder = TemporaryStore()
        let study = try study(folder)
        _ = try run("hyperband", Formula(failing: Set(0..<200)), in: folder.store, study)
        #expect(try folder.store.trials(of: study).allSatisfy { $0.state == .failed })
        #expect(try folder.store.study(study).status == .finished)
    }

    @Test func `a trial killed behind its last epoch is finished`() throws {
        let folder = TemporaryStore()
        let study = try study(folder)
        _ = try run("one_epoch", in: folder.store, study)
        let before = try folder.store.trials(of: study).map(\.state)
        let place = try #require(before.firstIndex(of: .finished))
        // As kill -9 leaves it between the last epoch and the word that the trial is finished.
        try folder.store.setState(.running, of: place, in: study)
        try folder.store.setStatus(.interrupted, of: study)
        _ = try run("one_epoch", in: folder.store, study)
        #expect(try folder.store.trials(of: study).map(\.state) == before)
    }

    @Test func `a study that runs is not run by another`() throws {
        let folder = TemporaryStore()
        let study = try study(folder)
        let lease = try folder.again().lease(study)
        let error = #expect(throws: StoreError.self) { _ = try run("asha", in: folder.store, study) }
        #expect(error?.reason == .running)
        lease.release()
        #expect(throws: Never.self) { _ = try run("asha", in: folder.store, study) }
    }

    @Test func `the plan of a study comes back from its text`() throws {
        var settings = ScheduleSettings(max: 81, trials: 9)
        settings.rungs = [1, 5, 81]
        let plan = StudyPlan(
            space: "nb201", scheduler: "asha", schedule: settings, source: .listed(["nb201:1,2,3,4,0,1"]),
            evaluation: .table(data: "cifar10", epochs: [12, 200]), seed: .max, workers: 3)
        #expect(try StudyPlan(plan.text) == plan)
        #expect(throws: StudyError.self) { try StudyPlan("{}") }
    }

    @Test func `a table stands in for training, and knows only its epochs`() throws {
        let table = try TableObjective(space: "nb201", data: "cifar10", epochs: [200, 12])
        #expect(table.names == ["cifar10.val@12", "cifar10.test@200"])
        let best = try NATSTopology().parse(
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|")
        var records: [EpochRecord] = []
        let candidate = Candidate(trial: 0, architecture: best, seed: 0)
        try table.evaluate(candidate, from: 0, to: 200, isCancelled: { false }) { records.append($0) }
        #expect(records.map(\.epoch) == [12, 200])
        let final = try Tables.known.accuracy(space: "nb201", data: "cifar10").value(for: best.genes)
        #expect(records[1].accuracy == final.map { $0 / 100 })
        #expect(throws: MeasurementError.self) { try TableObjective(space: "nb201", data: "cifar10", epochs: [13]) }
    }
}
