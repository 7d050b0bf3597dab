import Language
import Training

/// A data set out of files, or out of a table.
struct DataCommand: Command {
    static let name = "data"
    static let chapter = Chapter.files
    static let summary = "Open a data set: `digits`, a folder of CIFAR, MNIST or images, or the rows of a table."
    static let discussion = """
        What lies at the path decides: CIFAR-10's or CIFAR-100's binary files; MNIST's format (also Fashion-MNIST's), \
        packed or not; or a folder of PNG and JPEG images for each class, also within `train`, `val` and `test`. A \
        table becomes features out of its numeric columns, and classes out of the column `target`; rows with a missing \
        cell are left out.
        The format's own test samples stay as they are; where it has none, a fifth is set aside by seed. `valid` is a \
        share of the training samples. Both are drawn from each class alike. Values are normalised with the figures \
        published for CIFAR, else with mean and deviation of each channel of the training samples.
        Networks are built for the shape and the classes of the data: of `digits`, [1, 8, 8]. With `size` images are \
        resized.
        """
    static let examples = [
        Example("data digits, valid: 20%, seed: 1"),
        Example("(data digits, valid: 20%, seed: 1).valid", gives: "288"),
        Example("(data digits, size: 32).shape", gives: "[1, 32, 32]"),
        Example(
            #"([{x: 1, y: "a"}, {x: 2, y: "b"}, {x: 4, y: "a"}] | as_table | data target: .y).class_names"#,
            gives: #"["a", "b"]"#),
    ]

    @Option("height and width in pixels; one number for both") var size: [Int] = []
    @Option("share of the training samples held out for validation") var valid = Percentage(0)
    @Option("share set aside for testing where the format has no test samples") var test = Percentage(20)
    @Option("what the splits are drawn by") var seed = 0
    @Option("whether each channel gets mean 0 and deviation 1") var normalize = true
    @Option("which of CIFAR-100's labels is the class") var labels: LabelsName = .fine
    @Option("the column of the classes, for a table") var target: RowValue?

    func outputType(for input: ValueType) throws -> ValueType {
        switch input {
        case .table where !$target.isGiven: throw Self.needsTarget
        case .string, .handle: if $target.isGiven { throw Self.needsTable }
        case .symbol(DataSetName.kind):
            throw CommandError(
                "nash ships the published results on this data set, not its images",
                help: "give the path of its folder in quotes, or take `digits`", code: .wrongInput)
        default: break
        }
        return .handle(DataSetHandle.typeName)
    }

    private static var needsTarget: CommandError {
        CommandError(
            "`data` of a table needs `target:`, the column of the classes", help: "such as `data target: .label`",
            code: .missingArgument)
    }

    private static var needsTable: CommandError {
        CommandError(
            "`target` belongs to a table", help: "read one with `load`, as in `load \"x.csv\" | data target: .label`",
            argument: "target", code: .unknownArgument)
    }

    func run(_ input: DataInput, in context: Context) throws -> DataSetHandle {
        let options = try options()
        switch input {
        case .source(let source):
            if $target.isGiven { throw Self.needsTable }
            return try DataFailure.explained {
                if case .opened(let dataset) = source { return DataSetHandle(.opened(try dataset.parted(options))) }
                return DataSetHandle(.opened(try source.open(options, in: context)))
            }
        case .table(let table):
            guard let target else { throw Self.needsTarget }
            let samples = try TableSamples(table, target: try target.column(over: table), note: context.note)
            return DataSetHandle(.opened(try DataFailure.explained { try Dataset(try samples.data(), options) }))
        }
    }

    private func options() throws -> Dataset.Options {
        for (name, share) in [("valid", valid), ("test", test)] where share.percent >= 100 {
            throw CommandError("`\(name)` must be less than 100%", argument: name, code: .outOfRange)
        }
        return Dataset.Options(
            size: try imageSize(), valid: valid.fraction, test: test.fraction, seed: UInt64(bitPattern: Int64(seed)),
            normalize: normalize, labels: labels.labels)
    }

    private func imageSize() throws -> ImageSize? {
        guard let height = size.first, let width = size.last else { return nil }
        guard size.count <= 2, height > 0, width > 0 else {
            throw CommandError(
                "`size` must be one or two positive whole numbers", help: "give [height, width], such as [32, 32]",
                argument: "size", code: .outOfRange)
        }
        return ImageSize(height: height, width: width)
    }
}

/// A data set, the path of one, or a table.
enum DataInput: ValueReadable {
    case source(DataSource)
    case table(Table)

    static let valueType = ValueType.oneOf([
        .handle(DataSetHandle.typeName), .string, .table(.unknown), .symbol(DataSetName.kind),
    ])

    init?(_ value: Value) {
        if case .table(let table) = value {
            self = .table(table)
        } else if let source = try? DataSource(bound: .value(value)) {
            self = .source(source)
        } else {
            return nil
        }
    }
}

/// Which of CIFAR-100's labels is the class.
enum LabelsName: String, CaseIterable, Constant {
    case fine, coarse

    var labels: CIFAR.Labels { self == .fine ? .fine : .coarse }
}
