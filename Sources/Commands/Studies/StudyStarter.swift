import Estimation
import Language
import Search
import Spaces
import Training
import Trials

/// Begins studies and goes on with them: what all words do that run one.
struct StudyStarter {
    let context: Context
    private let store = UserStore.shared

    init(_ context: Context) { self.context = context }

    /// Begins a study of what is piped in and runs it to its end.
    ///
    /// - Parameters:
    ///   - scheduler: the name of one of `Schedulers`.
    ///   - schedule: what it is made from.
    ///   - cost: what is to be small, for the rule of predictions.
    func begin(
        _ input: Candidates, _ scheduler: String, _ schedule: ScheduleSettings, _ study: StudyOptions,
        _ training: TrainingOptions, minimizing cost: CostMeasure? = nil
    ) throws -> StudyHandle {
        try study.check()
        let (space, source) = try input.resolved(by: study.strategy?.strategy)
        let dataset = try study.table == nil ? study.dataset(in: context) : nil
        var plan = StudyPlan(
            space: space.name, scheduler: scheduler, schedule: schedule, source: source,
            evaluation: .table(data: study.table?.name ?? "", epochs: []), seed: study.seed(in: context),
            workers: study.workerCount)
        plan.minimized = cost
        plan.evaluation = try explained { try evaluation(of: plan, study, training, dataset) }
        return try begin(plan, space, named: study.name, on: dataset)
    }

    /// What evaluates trials: training, or the table that is named.
    private func evaluation(
        of plan: StudyPlan, _ study: StudyOptions, _ training: TrainingOptions, _ dataset: Dataset?
    ) throws -> EvaluationPlan {
        let levels = try plan.levels
        guard let dataset else { return .table(data: study.table?.name ?? "", epochs: levels) }
        return .training(
            try training.plan(
                epochs: levels.last ?? 1, on: dataset, threads: Processors.share(of: study.workerCount)))
    }

    /// Begins a study by its plan.
    ///
    /// - Parameters:
    ///   - dataset: the data set of the plan, already open.
    ///   - word: what the algorithm is called, where not by its schedule.
    ///   - weights: what training begins with, where the plan says that something is given.
    func begin(
        _ plan: StudyPlan, _ space: any Space, named name: String?, on dataset: Dataset?, as word: String? = nil,
        from weights: ModelState? = nil
    ) throws -> StudyHandle {
        try explained {
            let objective = try StudyObjective(plan, space, dataset)
            _ = try plan.makeScheduler(forecast: Self.forecast(plan))
            let description = StudyDescription(
                space: plan.space, algorithm: word ?? plan.scheduler, settings: plan.text, seed: plan.seed,
                data: plan.evaluation.data, fingerprint: plan.evaluation.fingerprint, versions: Versions.current(plan))
            let record = try store.createStudy(description, name: name)
            if let weights { try StartingWeights(of: weights).write(weights, store, record.id) }
            return try run(record, plan, space, objective)
        }
    }

    /// Goes on with a stored study by a plan that is its own, or differs from it in how far it goes.
    ///
    /// - Parameter dataset: the data set of the plan, where it is open already.
    func resume(_ handle: StudyHandle, _ plan: StudyPlan, on dataset: Dataset? = nil) throws -> StudyHandle {
        if dataset == nil, case .training(let training) = plan.evaluation, let path = training.data.path {
            context.opened(path)
        }
        return try explained {
            try run(try handle.record, plan, handle.space, StudyObjective(plan, handle.space, dataset))
        }
    }

    private func run(
        _ record: StudyRecord, _ plan: StudyPlan, _ space: any Space, _ objective: StudyObjective
    ) throws -> StudyHandle {
        let brackets = try plan.brackets
        let told = brackets?.trials == 1 ? [] : BracketColumns.lines(brackets)
        for line in told + objective.remarks { context.note(line) }
        let costs = try plan.minimized.map { try objective.costs($0) }
        let run = try StudyRun(
            record.id, in: store, scheduler: try plan.makeScheduler(forecast: Self.forecast(plan, costs)),
            strategy: try plan.makeStrategy(of: space),
            objective: try objective.objective(store, record.id), seed: plan.seed, workers: plan.workers,
            horizon: plan.schedule.horizon, costs: costs)
        let report = try run.run(
            record.name, workers: plan.workers, of: brackets?.epochs, resumedBy: "`resume \"\(record.name)\"`",
            in: context)
        try tellFailures(of: record.id)
        return StudyHandle(record, in: store, space: space, report: report)
    }

    private func tellFailures(of study: Int) throws {
        let trials = try store.trials(of: study)
        let failed = trials.count { $0.state == .failed }
        if failed > 0 {
            context.note("\(failed) of \(trials.count) trials failed; the column `reason` of `trials` says why")
        }
    }

    /// What the rule of predictions needs; other schedulers leave it alone.
    private static func forecast(_ plan: StudyPlan, _ costs: TrialCosts? = nil) -> RuleForecast {
        let probability = CurveForecasts.probability(scale: .share(of: 1), schedule: plan.evaluation.curveSchedule)
        guard let costs else { return RuleForecast(probability: probability) }
        return RuleForecast(cost: { costs.cost(of: $0) }, probability: probability)
    }

    private func explained<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try StudyFailure.explained(body)
        } catch let error as FidelityError {
            throw CommandError(
                "`\(error.setting)`: \(error.reason)", help: error.hint, argument: error.setting, code: .outOfRange)
        } catch let error as CheckpointError {
            throw CommandError(error.description, code: error.kind == .unwritable ? .file : .badFile)
        } catch let error as TrainingError {
            throw CommandError(error.description, code: .failed)
        } catch let error as DatasetError {
            throw CommandError(error.description, help: error.help, code: .badFile)
        }
    }
}
