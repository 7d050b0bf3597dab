import Language
import Spaces

/// What published benchmarks measured.
struct Query: Command {
    static let chapter = Chapter.measuring
    static let summary = "Add what a published benchmark measured: accuracy, training time, or latency on a device."
    static let discussion = """
        Accuracies are of NATS-Bench (`nb201`: three data sets; after 12 epochs of one training, the validation \
        accuracy on CIFAR-10 of two; after 200 epochs the mean over seeds) and NAS-Bench-Macro (`macro`: CIFAR-10); \
        latencies of HW-NAS-Bench and HELP (`nb201`, `fbnet`). Training times, in seconds, come with tables that \
        `scripts/import-nats` makes; your own tables are found in `$NASH_TABLES` or `~/.local/share/nash/tables`. An \
        architecture that was not measured gets `none`.
        """
    static let examples = [
        Example(
            "nb201 | enumerate | query accuracy, data: cifar10 | top 1, by: .accuracy | select .accuracy | .accuracy",
            gives: "[94.37%]"),
        Example("nb201 | sample 3, seed: 0 | query latency, device: raspi4 | columns | count", gives: "2"),
    ]

    @Argument("what to ask for") var metric: Metric
    @Option("the data set, for accuracy and training time") var data: DataSetName?
    @Option("the part of the data set, for accuracy") var split: Split = .test
    @Option("after how many epochs, the longest unless given") var epochs: Epochs?
    @Option("which of several trainings, by seed or from 1; their mean unless given") var training: Int?
    @Option("the device, for latency") var device: DeviceName?
    @Option("name of the column; the metric's unless given") var `as`: NewName?

    func outputType(for input: ValueType) throws -> ValueType {
        try check()
        let schema = try Architectures.schema(of: input)
        guard let metric = $metric.known else { return .table(Schema(schema.columns, isOpen: true)) }
        let name = $as.isGiven ? $as.known??.text : metric.rawValue
        guard let name else { return .table(Schema(schema.columns, isOpen: true)) }
        return .table(schema.adding(ColumnType(name, .number, unit: metric.unit)))
    }

    /// Refuses options that do not go with the metric, and a latency without a device.
    private func check() throws {
        guard let metric = $metric.known else { return }
        if metric != .latency, $device.isGiven {
            throw CommandError("only a latency has a device", argument: "device", code: .unknownArgument)
        }
        if metric == .trainTime, $split.isGiven {
            throw CommandError("a training time has no split", argument: "split", code: .unknownArgument)
        }
        guard metric == .latency else { return }
        if !$device.isGiven {
            throw CommandError(
                "`query latency` needs `device:`", help: DeviceName.offer, argument: "metric", code: .missingArgument)
        }
        if $data.isGiven || $split.isGiven || $epochs.isGiven || $training.isGiven {
            throw CommandError(
                "`data`, `split`, `epochs` and `training` belong to accuracies", help: "leave them out",
                argument: "metric", code: .unknownArgument)
        }
    }

    func run(_ input: Architectures, in context: Context) throws -> Table {
        try check()
        let (table, cells) = (try input.asTable(), try input.cells())
        let column = try measured(in: cells.space)
        let values = column.values(of: cells.matrix)
        let missing =
            values.contains(where: \.isNaN)
            ? MissingCells(flags: values.map(\.isNaN)) : MissingCells()
        if missing.count > 0 {
            context.note(
                "\(missing.count) of \(values.count) architectures were not measured: their \(metric.rawValue) is none")
        }
        return table.adding(
            Column(`as`?.text ?? metric.rawValue, .floats(values), missing: missing, unit: metric.unit))
    }

    private func measured(in space: any Space) throws -> BenchmarkColumn {
        try TableQuestion(
            data: data, split: split, epochs: epochs, training: training, device: device,
            asker: ("`query \(metric.rawValue)`", "metric")
        ).column(metric, of: space)
    }
}

extension BenchmarkColumn {
    /// The values of the architectures of `matrix`, NaN where there is none.
    func values(of matrix: GeneMatrix) -> [Double] {
        (0..<matrix.count).map { row in value(for: matrix.genes(of: row)) ?? .nan }
    }
}

/// Asks the tables, and says at which argument it fails.
func answering<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do { return try body() } catch let error as MeasurementError {
        throw CommandError(error.description, help: error.help, argument: error.argument, code: .noAnswer)
    }
}

extension MeasurementError {
    /// The name that was probably meant, or where there is none at all, the spaces that have some.
    fileprivate var help: String? {
        if let suggestion { return "did you mean `\(suggestion)`?" }
        guard case .unknown(let kind, _, _, let existing) = self, existing.isEmpty else { return nil }
        func having(_ names: (String) throws -> [String]) -> String {
            Tables.benchmarks.map(\.space).filter { (try? names($0).isEmpty) == false }.joined(separator: ", ")
        }
        switch kind {
        case "device":
            let spaces = having(Tables.known.devices)
            return "there are latencies of \(spaces); on this machine `measure latency` takes them"
        case "data set": return "there are accuracies of \(having(Tables.known.dataSets))"
        default: return nil
        }
    }

    /// The argument that asked for what does not exist.
    fileprivate var argument: String? {
        guard case .unknown(let kind, _, _, _) = self else { return nil }
        return [
            "device": "device", "data set": "data", "split": "split", "number of epochs": "epochs",
            "training": "training",
        ][kind]
    }
}
