import Language
import Statistics

/// How strongly columns go together.
struct Correlate: Command {
    static let chapter = Chapter.analysis
    static let summary = "Correlate columns with another: Spearman, Kendall and Pearson."
    static let discussion = """
        Spearman's ρ is Pearson's r of the ranks, ties sharing their mean rank; Kendall's τ is the b variant, which \
        corrects for ties. Rows in which either side is `none` are left out and counted. With `resamples` the columns \
        `low` and `high` bound the `level` of a percentile bootstrap of the first coefficient.
        """
    static let examples = [
        Example(
            "nb201 | enumerate | cost | query accuracy, data: cifar10 | correlate .params, .live_params, with: .accuracy"
        )
    ]

    @Argument("the columns to judge") var columns: [Measure]
    @Option("the column to compare them with") var with: Measure
    @Option("one coefficient only") var method: CorrelationMethod?
    @Option("how many bootstrap resamples; none unless given") var resamples = 0
    @Option("share of resamples inside the interval") var level = Percentage(95)
    @Option("start of the random numbers") var seed: SeedOption = .derived

    private var methods: [Correlation.Method] {
        method.map { [$0.method] } ?? [.spearman, .kendall, .pearson]
    }

    func outputType(for input: ValueType) throws -> ValueType {
        guard $method.known != nil || !$method.isGiven, let resamples = $resamples.known else {
            return .table(.unknown)
        }
        let coefficients = ($method.known ?? nil).map { [$0.rawValue] } ?? ["spearman", "kendall", "pearson"]
        let bounds = resamples > 0 ? ["low", "high"] : []
        return .table(
            Schema(
                [ColumnType("column", .string)] + (coefficients + bounds).map { ColumnType($0, .number) }
                    + [ColumnType("rows", .int), ColumnType("omitted", .int)]))
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        guard resamples >= 0 else {
            throw CommandError("`resamples` must not be negative", argument: "resamples", code: .outOfRange)
        }
        let target = try with.numbers(over: input)
        var generator = seed.generator(in: context)
        let rows = try columns.map { column in
            try context.cancel.check()
            let values = try column.numbers(over: input)
            let results = try methods.map { try Correlation($0, values, target) }
            let interval =
                resamples == 0
                ? nil
                : try Correlation.interval(
                    methods[0], values, target, level: level.fraction, resamples: resamples, using: &generator,
                    cancelled: { context.cancel.isCancelled })
            return (column.label, results, interval)
        }
        return table(of: rows)
    }

    private func table(of rows: [(label: String, results: [Correlation], interval: Bootstrap?)]) -> Table {
        var result = [Column("column", .strings(rows.map(\.label)))]
        for (number, method) in methods.enumerated() {
            result.append(Self.column(method.rawValue, rows.map { $0.results[number].coefficient }))
        }
        if resamples > 0 {
            result.append(Self.column("low", rows.map { $0.interval?.low }))
            result.append(Self.column("high", rows.map { $0.interval?.high }))
        }
        result.append(Column("rows", .ints(rows.map { $0.results[0].count })))
        result.append(Column("omitted", .ints(rows.map { $0.results[0].omitted })))
        return Table(result)
    }

    private static func column(_ name: String, _ values: [Double?]) -> Column {
        Column(name, values: values.map { $0.map(Value.float) ?? .none("one side is constant, or too short") })
    }
}

/// A coefficient of correlation.
enum CorrelationMethod: String, CaseIterable, Constant {
    case spearman, kendall, pearson

    var method: Correlation.Method {
        switch self {
        case .spearman: .spearman
        case .kendall: .kendall
        case .pearson: .pearson
        }
    }
}
