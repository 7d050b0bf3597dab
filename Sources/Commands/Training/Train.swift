import Language
import Search
import Spaces
import Training
import Trials

/// One architecture, trained.
struct Train: Command {
    static let chapter = Chapter.networks
    static let summary = "Train the network of one architecture, and give it with its weights."
    static let discussion = """
        It learns from the training samples and is judged after each epoch on held-out ones: the data set's own, or a \
        fifth of the training samples. Every epoch is stored in a study of its own with a checkpoint. The same line once \
        more goes on where an interrupted training stopped. On the CPU, with the same seed and number of threads, the \
        weights are the same bit by bit, however often it was interrupted.
        """
    static let examples = [
        Example(
            #"(arch nb201, "|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|" | train epochs: 1ep, channels: 4, cells: 1, seed: 0).curves | count"#,
            gives: "1")
    ]

    @Option("what it learns from") var data: DataSource = .digits
    @Option("how long") var epochs = Epochs(27)
    @Option("start of the random numbers") var seed: SeedOption = .derived
    @Option("what the study is called; `train` and its number unless given") var name: String? = nil
    var training = TrainingOptions()

    func outputType(for input: ValueType) throws -> ValueType {
        if case .table = input { try ArchitectureColumn.check(input) }
        return .handle(NetworkHandle.typeName)
    }

    func run(_ input: Architectures, in context: Context) throws -> NetworkHandle {
        let cells = try input.cells()
        guard cells.count == 1 else {
            throw CommandError(
                "`train` takes one architecture, and the table has \(cells.count)",
                help: "pick one, as in `top 1, by: .accuracy`, or train all in a study, as in `stop_early rule: full`",
                code: .wrongInput)
        }
        var generator = seed.generator(in: context)
        let dataset = try StudyOptions.withHeldOut(data.open())
        let single = SingleTraining(
            architecture: ArchitectureHandle(cells.matrix[0], of: cells.space), dataset: dataset, word: Self.name)
        return try single.run(epochs: epochs.count, training, seed: generator.next(), name: name, in: context)
    }
}
