import Language
import Networks
import Spaces
import Statistics
import Tensors
import Training
import Trials

/// What a short training of an architecture comes to.
struct TrainAccuracy: Command {
    static let chapter = Chapter.networks
    static let summary =
        "Train the network of an architecture for some epochs, and give its accuracy on held-out samples."
    static let discussion = """
        A number for objectives of your own: nothing is stored. `none` where the training fails, because the loss is not \
        finite or no path leads through the network.
        """
    static let examples = [
        Example(
            #"train_accuracy(arch(nb201, "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|"), epochs: 1ep, channels: 4, cells: 1, seed: 0)"#,
            gives: "none")
    ]

    @Option("what it learns from") var data: DataSource = .digits
    @Option("how long") var epochs = Epochs(3)
    @Option("start of the random numbers") var seed: SeedOption = .derived
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType { .quantity(.fraction) }

    func run(_ input: ArchitectureHandle, in context: Context) throws -> Value {
        let dataset = try StudyOptions.withHeldOut(data.open(in: context))
        var generator = seed.generator(in: context)
        var plan = try training.plan(epochs: epochs.count, on: dataset, threads: 1)
        plan.threads = try TrainedNetwork.threads(of: input, plan, dataset)
        let space = try NetworkScale(channels: plan.channels, cells: plan.cells).applied(to: input.space)
        let candidate = Candidate(trial: 0, architecture: input.architecture, seed: generator.next())
        do {
            let objective = try TrainingObjective(
                space: space, dataset: dataset, recipe: plan.recipe, initialization: plan.initialization,
                threads: plan.threads, folder: { _ in "" })
            try Torch.setThreads(plan.threads)
            let run = try objective.beginning(of: candidate)
            while run.finished < epochs.count { _ = try run.epoch { context.cancel.isCancelled } }
            return run.metrics.last.map { .quantity(Quantity($0.accuracy * 100, .percent)) } ?? .none(nil)
        } catch let error as TrainingError {
            if case .cancelled = error { throw CancellationError() }
            return .none(error.description)
        } catch let error as NetworkError {
            return .none("\(error)")
        }
    }
}
