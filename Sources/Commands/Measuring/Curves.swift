import Language
import Spaces

/// Learning curves of published trainings.
struct Curves: Command {
    static let chapter = Chapter.measuring
    static let summary = "Learning curves, one row an epoch: those of a study, or published ones of architectures."
    static let discussion = """
        Of a study it gives the curves of its trials, as `.curves` does. To architectures it adds those of published \
        trainings on the data set `data`: \
        `accuracy` and `loss` (nats) are those after the epoch on the split, by default the first that was recorded of \
        the validation set, the test set, and both together; `train_time` is the seconds of the epoch's training. What \
        was not recorded is `none`; architectures without curves are left out. nash ships no curves: \
        `scripts/import-nats FOLDER` makes tables of them from a release of NATS-Bench. There `cifar10_valid` is the \
        training on half of CIFAR-10's training images, with validation, and `cifar10` that on all of them:
        `nb201 | sample 3 | curves data: cifar10_valid, training: 777`
        """
    static let examples: [Example] = []

    @Option("the data set, for published trainings") var data: DataSetName?
    @Option("the part of the data set, what there is unless given") var split: Split?
    @Option("after how many epochs the trainings ended, the longest unless given") var epochs: Epochs?
    @Option("which of several trainings, by seed; their mean unless given") var training: Int?

    private static let metrics: [(metric: LearningCurves.Metric, unit: Unit?)] = [
        (.trainAccuracy, .percent), (.accuracy, .percent), (.trainLoss, nil), (.loss, nil), (.trainTime, .seconds),
    ]

    /// The columns that the command adds.
    static let columns =
        [ColumnType("epoch", .int)] + metrics.map { ColumnType($0.metric.rawValue, .number, unit: $0.unit) }

    func outputType(for input: ValueType) throws -> ValueType {
        if input == .handle(StudyHandle.typeName) { return .table(CurveColumns.schema(of: StudyHandle.curveKeys)) }
        if !$data.isGiven, input != .any { throw Self.needsData }
        return .table(try Architectures.schema(of: input).adding(Self.columns))
    }

    private static let needsData = CommandError(
        "`curves` of architectures needs `data:`", help: DataSetName.offer, code: .missingArgument)

    func run(_ input: CurveSource, in context: Context) throws -> Table {
        switch input {
        case .study(let study): return try StudyFailure.explained { try study.curves }
        case .architectures(let architectures): return try published(architectures, in: context)
        }
    }

    private func published(_ input: Architectures, in context: Context) throws -> Table {
        guard let data else { throw Self.needsData }
        let (table, cells) = (try input.asTable(), try input.cells())
        let curves = try answering {
            try Tables.known.curves(
                space: cells.space.name, data: data.name, split: split?.measured, epochs: epochs?.count,
                training: training)
        }
        let rows = (0..<cells.matrix.count).map { curves.index.row(of: cells.matrix.genes(of: $0)) }
        return try expand(table, rows, curves, in: context)
    }

    /// `table` with each of its rows that has a curve once an epoch.
    /// - Parameter rows: the row in the benchmark of each row of `table`.
    private func expand(_ table: Table, _ rows: [Int?], _ curves: LearningCurves, in context: Context) throws -> Table {
        var columns: [LearningCurves.Metric: [Double]] = [:]
        let measured = rows.indices.filter { rows[$0] != nil }
        for metric in curves.metrics {
            try context.cancel.check()
            columns[metric] = try answering { try curves.values(of: metric, rows: measured.map { rows[$0]! }) }
        }
        let epochs = curves.epochs
        let kept = measured.indices.filter { place in
            let cells = place * epochs..<(place + 1) * epochs
            return columns.values.contains { values in values[cells].contains { !$0.isNaN } }
        }
        if kept.count < rows.count {
            context.note("\(rows.count - kept.count) of \(rows.count) architectures have no curve and are left out")
        }
        let places = kept.flatMap { place in (0..<epochs).map { place * epochs + $0 } }
        let expanded = table.gather(places.map { measured[$0 / epochs] })
            .adding(Column("epoch", .ints(places.map { $0 % epochs + 1 })))
        return Self.metrics.reduce(expanded) { table, metric in
            let values = columns[metric.metric].map { values in places.map { values[$0] } }
            let cells = values ?? [Double](repeating: .nan, count: places.count)
            return table.adding(Column(metric.metric.rawValue, .floats(cells), unit: metric.unit))
        }
    }
}
