import Language
import Networks
import Search
import Spaces
import Statistics
import Training
import Trials

/// The training of one network as a study of one trial, so that it is stored and can be gone on with.
struct SingleTraining {
    let architecture: ArchitectureHandle
    let dataset: Dataset
    /// Where options come from that are not given.
    var base: TrainingPlan?
    /// The word that asks for it.
    let word: String
    /// The weights to begin with, where there are some.
    var start: ModelState?

    /// The trained network.
    ///
    /// An interrupted training of the same plan is gone on with.
    func run(
        epochs: Int, _ options: TrainingOptions, seed: UInt64, name: String?, in context: Context
    ) throws -> NetworkHandle {
        var training = try options.plan(epochs: epochs, on: dataset, threads: 1, after: base)
        if let start { try begin(&training, with: start) }
        training.threads = try TrainedNetwork.threads(of: architecture, training, dataset)
        let plan = StudyPlan(
            space: architecture.space.name, scheduler: "full", schedule: ScheduleSettings(max: epochs, trials: 1),
            source: .listed([architecture.architecture.description]), evaluation: .training(training), seed: seed,
            workers: 1)
        return try trained(try study(plan, name: name, in: context), training)
    }

    /// The plan with the weights that it begins with, and the width and depth of the network that has them.
    private func begin(_ training: inout TrainingPlan, with weights: ModelState) throws {
        training.start = weights.fingerprint
        if let cells = architecture.space as? NATSTopology {
            training.channels = training.channels ?? cells.channels
            training.cells = training.cells ?? cells.cells
        }
        let space = try NetworkScale(channels: training.channels, cells: training.cells).applied(to: architecture.space)
        let network = try StudyFailure.explained {
            try space.network(for: architecture.architecture, input: dataset.inputShape, classes: dataset.classes)
        }
        do {
            try weights.check(against: network)
        } catch {
            throw CommandError(
                "the network's weights are not those of its architecture on \(dataset.name): \(error)",
                help: "go on training on data of the shape and classes that it was built for", argument: "data",
                code: .wrongInput)
        }
    }

    private func study(_ plan: StudyPlan, name: String?, in context: Context) throws -> StudyHandle {
        let starter = StudyStarter(context)
        if let interrupted = try interrupted(plan) {
            context.note("going on with \(interrupted.name) after \(interrupted.epochs.counting("epoch"))")
            let handle = StudyHandle(interrupted, in: UserStore.shared, space: architecture.space)
            return try starter.resume(handle, plan, on: dataset)
        }
        return try starter.begin(plan, architecture.space, named: name, on: dataset, as: word, from: start)
    }

    private func interrupted(_ plan: StudyPlan) throws -> StudyRecord? {
        try StudyFailure.explained {
            let text = plan.text
            return try UserStore.shared.studies().last {
                $0.status == .interrupted && $0.description.algorithm == word && $0.description.settings == text
            }
        }
    }

    /// The network with the weights of the study's only trial.
    private func trained(_ study: StudyHandle, _ plan: TrainingPlan) throws -> NetworkHandle {
        try StudyFailure.explained {
            let trial = try study.store.trials(of: study.id)[0]
            guard trial.state == .finished else {
                throw CommandError(
                    "the training failed: \(trial.reason ?? "for an unknown reason")",
                    help: "`trials \"\(study.name)\"` and its curves are stored")
            }
            return try TrainedNetwork(study, plan, dataset).handle(of: trial)
        }
    }
}

/// The network of a trial with the weights of its last checkpoint.
struct TrainedNetwork {
    private let study: StudyHandle
    private let plan: TrainingPlan
    private let dataset: Dataset

    init(_ study: StudyHandle, _ plan: TrainingPlan, _ dataset: Dataset) {
        (self.study, self.plan, self.dataset) = (study, plan, dataset)
    }

    /// How many threads the training of an architecture is worth.
    static func threads(of architecture: ArchitectureHandle, _ plan: TrainingPlan, _ dataset: Dataset) throws -> Int {
        let space = try NetworkScale(channels: plan.channels, cells: plan.cells).applied(to: architecture.space)
        let network = try? space.network(
            for: architecture.architecture, input: dataset.inputShape, classes: dataset.classes)
        return network.map { Processors.worth($0, batch: plan.recipe.batchSize) } ?? 1
    }

    /// - Throws: `CheckpointError` where the checkpoint is gone or damaged.
    func handle(of trial: TrialRecord) throws -> NetworkHandle {
        let (store, id) = (study.store, study.id)
        let space = try NetworkScale(channels: plan.channels, cells: plan.cells).applied(to: study.space)
        let objective = try TrainingObjective(
            space: space, dataset: dataset, recipe: plan.recipe, initialization: plan.initialization,
            threads: plan.threads, start: try plan.start.map { try StartingWeights($0).read(store, id) },
            folder: { try store.folder(of: $0, in: id) })
        let run = try objective.training(of: trial.candidate)
        let epochs = try store.storedEpochs(of: id)[trial.candidate.trial] ?? []
        return NetworkHandle(
            ArchitectureHandle(trial.candidate.architecture, of: study.space), try run.blueprint.with(run.state()),
            weights: .trained(TrainingHistory(study: study.name, data: dataset.name, epochs: epochs)))
    }
}
