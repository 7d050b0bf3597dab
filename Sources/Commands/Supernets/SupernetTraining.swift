import Language
import Search
import Spaces
import Statistics
import Training
import Trials

/// The training of a supernet as a study of one trial, so that it is stored and can be gone on with.
///
/// The same line once more goes on with a training that was interrupted, and takes one that is finished from the store.
struct SupernetTraining {
    let space: any ElasticSpace
    let dataset: Dataset
    let method: SupernetMethod
    let recipe: Recipe
    let seed: UInt64
    let name: String?

    /// The trained supernet.
    func run(in context: Context) throws -> SupernetHandle {
        try SupernetSource.explained {
            let store = UserStore.shared
            let largest = try space.network(
                of: space.largest, input: dataset.inputShape, classes: dataset.classes)
            let threads = Processors.worth(largest, batch: recipe.batchSize)
            func objective(of study: Int) throws -> SupernetObjective {
                try SupernetObjective(
                    space: space, dataset: dataset, method: method, recipe: recipe, threads: threads,
                    folder: { try store.folder(of: $0, in: study) })
            }
            _ = try objective(of: 0)
            let record = try study(in: store, context)
            let objective = try objective(of: record.id)
            let run = try StudyRun(
                record.id, in: store, scheduler: FullTraining(max: recipe.epochs, trials: 1),
                strategy: ListedStrategy([Architecture(space: space.name, genes: space.largest)]), objective: objective,
                seed: seed, workers: 1, horizon: recipe.epochs)
            _ = try run.run(record.name, workers: 1, of: recipe.epochs, resumedBy: "the same line", in: context)
            return try handle(of: record, in: store, objective)
        }
    }

    /// The stored study: one of the same training, or else a new one.
    private func study(in store: Store, _ context: Context) throws -> StudyRecord {
        let known = try store.studies().last {
            $0.description.algorithm == algorithm && $0.description.settings == settings
                && [.interrupted, .finished].contains($0.status) && (name == nil || name == $0.name)
        }
        if let known {
            context.note(
                known.status == .finished
                    ? "\(known.name) is this training and was finished: it is taken from the store"
                    : "going on with \(known.name) after \(known.epochs.counting("epoch"))")
            return known
        }
        return try store.createStudy(
            StudyDescription(
                space: space.name, algorithm: algorithm, settings: settings, seed: seed, data: dataset.name,
                fingerprint: dataset.fingerprint), name: name)
    }

    private var algorithm: String { "supernet_\(method.rawValue)" }

    /// What makes two trainings the same.
    private var settings: String {
        let genes = space.genes.map { "\($0.name) \($0.choices.joined(separator: " "))" }.joined(separator: ", ")
        let recipe = recipe.settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        let fields = [
            ("space", "\(space.name): \(genes)"), ("data", "\(dataset.name) \(dataset.fingerprint)"),
            ("held_out", "\(dataset.count(of: .valid))"), ("recipe", recipe), ("seed", "\(seed)"),
        ]
        return "{" + fields.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}"
    }

    private func handle(
        of record: StudyRecord, in store: Store, _ objective: SupernetObjective
    ) throws -> SupernetHandle {
        let trial = try store.trials(of: record.id)[0]
        guard trial.state == .finished else {
            throw CommandError(
                "the training failed: \(trial.reason ?? "for an unknown reason")",
                help: "`trials \"\(record.name)\"` and its curves are stored")
        }
        let run = try objective.training(of: trial.candidate)
        let weights = SupernetWeights(
            input: run.supernet.input, classes: run.supernet.classes, state: try run.supernet.state(),
            name: record.name, data: DataPlan(dataset))
        return SupernetHandle(
            space: SupernetSpace(base: space, weights: weights),
            history: SupernetHistory(method: method.rawValue, data: dataset.name, metrics: run.metrics))
    }
}
