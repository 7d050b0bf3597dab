import Language
import Spaces

/// What published benchmarks measured.
struct Query: Command {
    static let chapter = Chapter.measuring
    static let summary = "Add what a published benchmark measured: accuracy, or latency on a device."
    static let discussion = """
        Accuracies are of NATS-Bench (`nb201`: three data sets; the test accuracy after 200 epochs is the mean over \
        seeds) and NAS-Bench-Macro (`macro`: CIFAR-10); latencies of HW-NAS-Bench and HELP (`nb201`, `fbnet`). An \
        architecture that was not measured gets `none`.
        """
    static let examples = [
        Example(
            "nb201 | enumerate | query accuracy, data: cifar10 | top 1, by: .accuracy | select .accuracy | .accuracy",
            gives: "[94.37%]"),
        Example("nb201 | sample 3, seed: 0 | query latency, device: raspi4 | columns | count", gives: "2"),
    ]

    @Argument("what to ask for") var metric: Metric
    @Option("the data set, for accuracy") var data: DataSetName?
    @Option("the part of the data set, for accuracy") var split: Split = .test
    @Option("after how many epochs, the longest unless given") var epochs: Epochs?
    @Option("which of several trainings, from 1; their mean unless given") var training: Int?
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
        switch $metric.known {
        case .accuracy where $device.isGiven:
            throw CommandError("an accuracy has no device", argument: "device", code: .unknownArgument)
        case .latency where !$device.isGiven:
            throw CommandError(
                "`query latency` needs `device:`", help: DeviceName.offer, argument: "metric", code: .missingArgument)
        case .latency where $data.isGiven || $split.isGiven || $epochs.isGiven || $training.isGiven:
            throw CommandError(
                "`data`, `split`, `epochs` and `training` belong to accuracies", help: "leave them out",
                argument: "metric", code: .unknownArgument)
        default: break
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
        do {
            switch metric {
            case .latency: return try Tables.shipped.latency(space: space.name, device: device?.name ?? "")
            case .accuracy:
                return try Tables.shipped.accuracy(
                    space: space.name, data: try data?.name ?? onlyDataSet(of: space), split: split.measured,
                    epochs: epochs?.count, training: training)
            }
        } catch let error as MeasurementError {
            throw CommandError(
                error.description, help: error.suggestion.map { "did you mean `\($0)`?" },
                argument: argument(of: error),
                code: .noAnswer)
        }
    }

    private func onlyDataSet(of space: any Space) throws -> String {
        let names = Set(try Tables.shipped.accuracies(space: space.name).map(\.data)).sorted()
        if names.count == 1 { return names[0] }
        throw CommandError(
            "`query accuracy` needs `data:`", help: "one of: \(names.joined(separator: ", "))", argument: "metric",
            code: .missingArgument)
    }

    private func argument(of error: MeasurementError) -> String? {
        guard case .unknown(let kind, _, _, _) = error else { return nil }
        return [
            "device": "device", "data set": "data", "split": "split", "number of epochs": "epochs",
            "training": "training",
        ][kind]
    }
}

/// What published benchmarks measured.
enum Metric: String, CaseIterable, Constant {
    case accuracy, latency

    var unit: Unit { self == .accuracy ? .percent : .milliseconds }
}

/// A part of a data set.
enum Split: String, CaseIterable, Constant {
    case test, val

    var measured: AccuracySetting.Split { self == .test ? .test : .validation }
}

/// A device on which latencies were measured.
struct DeviceName: Constant {
    static let kind = "device"
    static let all: [ConstantName] = Tables.benchmarks.reduce(into: [ConstantName]()) { names, benchmark in
        for device in (try? Tables.shipped.devices(space: benchmark.space)) ?? [] {
            if !names.contains(where: { $0.name == device }) { names.append(ConstantName(device)) }
        }
    }
    let name: String
    init(constant name: String) { self.name = name }
}

/// A data set on which benchmarks measured, by name.
struct DataSetName: Constant {
    static let kind = "measured data set"
    static let all = [
        ConstantName("cifar10", "CIFAR-10, 10 classes, 32×32"),
        ConstantName("cifar100", "CIFAR-100, 100 classes, 32×32"),
        ConstantName("imagenet16_120", "ImageNet16-120, 120 classes, 16×16"),
    ]
    let name: String
    init(constant name: String) { self.name = name }
}

extension BenchmarkColumn {
    /// The values of the architectures of `matrix`, NaN where there is none.
    func values(of matrix: GeneMatrix) -> [Double] {
        (0..<matrix.count).map { row in value(for: matrix.genes(of: row)) ?? .nan }
    }
}
