import Language
import Search
import Spaces
import Trials

/// A search whose every evaluation is stored as it ends, on as many threads as are asked for.
///
/// The same line once more goes on with a search that was interrupted: what is stored is not evaluated again.
struct StoredSearch {
    let goals: SearchGoals
    let domain: SearchDomain
    let strategy: StrategyKind
    let queries: Int
    let workers: Int
    let seed: UInt64
    let name: String?

    /// The rows of the search, one a query.
    func run(in context: Context) throws -> SearchTable {
        try StudyFailure.explained {
            let store = UserStore.shared
            let record = try study(in: store, context)
            let run = try StudyRun(
                record.id, in: store, scheduler: FullTraining(max: 1, trials: queries),
                strategy: try strategy.make(domain), objective: GoalObjective(goals: goals),
                seed: seed, workers: workers, horizon: 1, slots: workers)
            _ = try run.run(record.name, workers: workers, of: queries, resumedBy: "the same line", in: context)
            return try table(of: record.id, in: store)
        }
    }

    /// The stored study: one of the same search that was interrupted, or is to go further, or else a new one.
    private func study(in store: Store, _ context: Context) throws -> StudyRecord {
        let known = try store.studies().last { known in
            guard known.description.algorithm == Self.algorithm(strategy), known.description.settings == settings else {
                return false
            }
            return name.map { $0 == known.name } ?? (known.status == .interrupted)
        }
        if let known {
            context.note("going on with \(known.name) after \(known.epochs) evaluations")
            return known
        }
        return try store.createStudy(
            StudyDescription(
                space: domain.space.name, algorithm: Self.algorithm(strategy), settings: settings, seed: seed,
                data: goals.goals.map(\.column.name).joined(separator: ", ")), name: name)
    }

    private static func algorithm(_ strategy: StrategyKind) -> String { "search_\(strategy.name)" }

    /// What makes two searches the same, but for how far they go.
    private var settings: String {
        let columns = goals.goals.map { "\"\($0.isMaximized ? "max" : "min") \($0.column.name)\"" }
        return "{\"goals\": [\(columns.joined(separator: ", "))], \"workers\": \(workers), \"seed\": \"\(seed)\"}"
    }

    private func table(of study: Int, in store: Store) throws -> SearchTable {
        var table = SearchTable(goals, of: domain.space)
        for trial in try store.trials(of: study).prefix(queries) {
            table.append(trial.candidate.architecture, SearchEvaluation(trial))
        }
        return table
    }
}

/// The goals of a search as the objective of a study of one epoch a trial.
private struct GoalObjective: Objective {
    let goals: SearchGoals

    func cost(of architecture: Architecture) -> Double { 1 }

    func evaluate(
        _ candidate: Trials.Candidate, from: Int, to: Int, isCancelled: @escaping @Sendable () -> Bool,
        report: (EpochRecord) throws -> Void
    ) throws {
        if isCancelled() { throw CancellationError() }
        let evaluation = try goals.evaluate(candidate.architecture)
        if let failure = evaluation.failure { throw TrialFailure(failure) }
        try report(EpochRecord(epoch: 1, readings: evaluation.text))
    }

    func values(of record: EpochRecord) -> [Double] {
        record.readings.flatMap { SearchEvaluation($0) }?.outcome(goals).values ?? []
    }
}

extension SearchEvaluation {
    /// What a stored trial gave.
    fileprivate init(_ trial: TrialRecord) {
        let stored = trial.readings.flatMap { SearchEvaluation($0) }
        self = stored ?? SearchEvaluation(readings: [], failure: trial.reason ?? "it was not evaluated")
    }

    /// The readings as text, numbers with all their digits and their units: `93.2%,5.1ms`.
    fileprivate var text: String { readings.map { "\($0.0)\($0.1?.rawValue ?? "")" }.joined(separator: ",") }

    /// The readings that ``text`` says; nil where it says none.
    fileprivate init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let readings = parts.compactMap { part -> (Double, Unit?)? in
            if let number = Double(part) { return (number, nil) }
            let unit = Unit.allCases.filter { part.hasSuffix($0.rawValue) }.max {
                $0.rawValue.count < $1.rawValue.count
            }
            guard let unit, let number = Double(part.dropLast(unit.rawValue.count)) else { return nil }
            return (number, unit)
        }
        guard readings.count == parts.count else { return nil }
        self.init(readings: readings, failure: nil)
    }
}
