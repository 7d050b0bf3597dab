import Language
import Spaces
import Training
import Trials

/// The winner of a study, trained from scratch.
struct Retrain: Command {
    static let chapter = Chapter.networks
    static let summary =
        "Train a trial's architecture from scratch on all training samples, judged on the test samples."
    static let discussion = """
        Takes one row of `trials`, whose study says the data set and how networks are built and trained; options that are \
        given take precedence. What was held out for choosing is learnt from now, and `accuracy` is that on the test \
        samples.
        """
    static let examples: [Example] = []

    @Option("what it learns from; the data set of the trial's study unless given") var data: DataSource? = nil
    @Option("how long") var epochs = Epochs(50)
    @Option("start of the random numbers") var seed: SeedOption = .derived
    @Option("what the study is called; `retrain` and its number unless given") var name: String? = nil
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType {
        if case .table = input { try ArchitectureColumn.check(input) }
        return .handle(NetworkHandle.typeName)
    }

    func run(_ input: Architectures, in context: Context) throws -> NetworkHandle {
        let table = try input.asTable()
        let cells = try ArchitectureColumn.cells(of: table)
        guard cells.count == 1 else {
            throw CommandError(
                "`retrain` takes one architecture, and the table has \(cells.count)",
                help: "pick one, as in `trials s | top 1, by: .accuracy | retrain epochs: 50ep`", code: .wrongInput)
        }
        let studied = try studied(table)
        var generator = seed.generator(in: context)
        let single = SingleTraining(
            architecture: ArchitectureHandle(cells.matrix[0], of: cells.space), dataset: try dataset(studied, context),
            base: studied, word: Self.name)
        return try single.run(epochs: epochs.count, training, seed: generator.next(), name: name, in: context)
    }

    /// All training samples: nothing is held out any more.
    private func dataset(_ studied: TrainingPlan?, _ context: Context) throws -> Dataset {
        if data == nil, let path = studied?.data.path { context.opened(path) }
        guard let dataset = try data?.open(in: context) ?? StudyFailure.explained({ try studied?.data.open() }) else {
            throw CommandError(
                "`retrain` needs `data:` where the row is not of a study that trained",
                help: "as in `retrain data: digits`", code: .missingArgument)
        }
        var options = dataset.options
        options.valid = 0
        return try DataFailure.explained { try dataset.parted(options) }
    }

    /// How the study trained that the row comes from; nil for a row of something else.
    private func studied(_ table: Table) throws -> TrainingPlan? {
        guard case .strings(let names)? = table["study"]?.cells, let name = names.first else { return nil }
        return try StudyFailure.explained {
            let plan = try StudyPlan(try UserStore.shared.study(named: name).description.settings)
            guard case .training(let training) = plan.evaluation else { return nil }
            return training
        }
    }
}
