import Language
import Networks
import Tensors
import Training

/// How well a network does.
struct Evaluate: Command {
    static let chapter = Chapter.networks
    static let summary = "Judge a network on samples: the share that gets the right class, and the mean loss."
    static let discussion = """
        The network must be one for samples of that shape and classes; it is evaluated with its running statistics. The \
        test samples are taken unless `split` says otherwise. `loss` is the mean cross-entropy in nats.
        """
    static let examples = [
        Example(
            #"arch nb201, "|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|" | network input: [1, 8, 8], channels: 4, cells: 1 | evaluate data: digits | .samples"#,
            gives: "359")
    ]

    @Option("the data set") var data: DataSource = .digits
    @Option("the part of it") var split: EvaluationSplit = .test
    @Option("samples at a time") var batch = 256

    private static let schema = Schema([
        ColumnType("accuracy", .number, unit: .percent), ColumnType("loss", .number), ColumnType("samples", .int),
    ])

    func outputType(for input: ValueType) throws -> ValueType { .record(Self.schema) }

    func run(_ input: NetworkHandle, in context: Context) throws -> Record {
        guard batch > 0 else { throw CommandError("`batch` must be at least 1", argument: "batch", code: .outOfRange) }
        let dataset = split == .valid ? try StudyOptions.withHeldOut(data.open()) : try data.open()
        let shape = input.blueprint.network.input
        guard dataset.shape == [shape.channels, shape.height, shape.width] else {
            throw CommandError(
                "the network takes \(shape), and the samples of \(dataset.name) are \(dataset.shape)",
                help: "build the network for the data, as in `network input: \(dataset.shape)`", argument: "data",
                code: .wrongInput)
        }
        do {
            let model = try input.blueprint.model()
            let seen = try model.evaluate(dataset, split: split.split, batchSize: batch) { try context.cancel.check() }
            return Record([
                ("accuracy", .quantity(Quantity(seen.accuracy * 100, .percent))), ("loss", .float(seen.loss)),
                ("samples", .int(seen.count)),
            ])
        } catch let error as DatasetError {
            throw CommandError(error.description, help: error.help, argument: "data", code: .badFile)
        }
    }
}

/// The part of a data set that judges a network.
enum EvaluationSplit: String, CaseIterable, Constant {
    case test, valid, train

    var split: Dataset.Split {
        switch self {
        case .test: .test
        case .valid: .valid
        case .train: .train
        }
    }
}
