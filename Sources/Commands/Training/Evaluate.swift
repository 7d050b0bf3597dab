import Language
import Networks
import Spaces
import Tensors
import Training

/// How well a network does, or networks of a supernet.
struct Evaluate: Command {
    static let chapter = Chapter.networks
    static let summary = "Judge a network on samples: the share that gets the right class, and the mean loss."
    static let discussion = """
        The network must be one for samples of that shape and classes. It is evaluated with its running statistics; with \
        `recalibrate: true` these are measured anew on training samples. Architectures that come from a supernet are judged \
        with its weights, each recalibrated unless `recalibrate: false` has every batch normalised by its own statistics; a table \
        gets the columns `accuracy` and `loss`. The test samples are taken unless `split` says otherwise. `loss` is the \
        mean cross-entropy in nats.
        """
    static let examples = [
        Example(
            #"arch nb201, "|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|" | network input: [1, 8, 8], channels: 4, cells: 1 | evaluate data: digits | .samples"#,
            gives: "359")
    ]

    @Option("the data set") var data: DataSource = .digits
    @Option("the part of it") var split: EvaluationSplit = .test
    @Option("samples at a time") var batch = 256
    @Option("whether statistics are measured anew before: of networks of a supernet yes, of others no unless given")
    var recalibrate: Bool?

    private static let measures = [
        ColumnType("accuracy", .number, unit: .percent), ColumnType("loss", .number),
    ]
    private static let schema = Schema(measures + [ColumnType("samples", .int)])

    func outputType(for input: ValueType) throws -> ValueType {
        guard case .table = input else { return .record(Self.schema) }
        return .table(try Architectures.schema(of: input).adding(Self.measures))
    }

    func run(_ input: NetworkInput, in context: Context) throws -> Value {
        guard batch > 0 else { throw CommandError("`batch` must be at least 1", argument: "batch", code: .outOfRange) }
        let dataset =
            split == .valid || !input.isNetwork
            ? try StudyOptions.withHeldOut(data.open(in: context)) : try data.open(in: context)
        switch input {
        case .network(let network): return .record(record(try judged(network, on: dataset, context)))
        case .architectures(.one(let one)):
            return .record(record(try judged(Architectures.one(one), on: dataset, context)[0]))
        case .architectures(let table):
            let seen = try judged(table, on: dataset, context)
            let columns = [
                Column("accuracy", .floats(seen.map { $0.accuracy * 100 }), unit: .percent),
                Column("loss", .floats(seen.map(\.loss))),
            ]
            return .table(columns.reduce(try table.asTable()) { $0.adding($1) })
        }
    }

    private func record(_ seen: Evaluation) -> Record {
        Record([
            ("accuracy", .quantity(Quantity(seen.accuracy * 100, .percent))), ("loss", .float(seen.loss)),
            ("samples", .int(seen.count)),
        ])
    }

    private func judged(_ input: NetworkHandle, on dataset: Dataset, _ context: Context) throws -> Evaluation {
        let shape = input.blueprint.network.input
        guard dataset.shape == [shape.channels, shape.height, shape.width] else {
            throw CommandError(
                "the network takes \(shape), and the samples of \(dataset.name) are \(dataset.shape)",
                help: "build the network for the data, as in `network input: \(dataset.shape)`", argument: "data",
                code: .wrongInput)
        }
        do {
            let model = try input.blueprint.model()
            if recalibrate == true { try model.recalibrate(on: dataset) }
            return try model.evaluate(dataset, split: split.split, batchSize: batch) { try context.cancel.check() }
        } catch let error as DatasetError {
            throw CommandError(error.description, help: error.help, argument: "data", code: .badFile)
        }
    }

    private func judged(_ input: Architectures, on dataset: Dataset, _ context: Context) throws -> [Evaluation] {
        let cells = try input.cells()
        let space = try SupernetSource.space(of: cells)
        return try SupernetSource.explained {
            try SubnetJudging(
                space: space, dataset: dataset, split: split.split,
                recalibration: recalibrate == false ? nil : Recalibration(), batch: batch
            ).evaluations(of: cells.matrix.map(\.genes), in: context)
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
