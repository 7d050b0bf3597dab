import Estimation
import Language
import Networks
import Spaces
import Statistics

/// Which proxies earn their cost.
struct AuditCommand: Command {
    static let name = "audit"
    static let chapter = Chapter.analysis
    static let summary = "Judge scores by known accuracies, beside the live parameters, which cost nothing."
    static let discussion = """
        One row a score. `n` rows have both a score and an accuracy; those without a score are counted by `missing` and \
        left out. `top10` is the share of the best tenth by accuracy that is in the best tenth by score; `pairs` the share \
        of pairs that are ordered rightly, equal scores counting half. `low` and `high` bound the `level` of a percentile \
        bootstrap. `gain` is Spearman's ρ less the baseline's on the same rows and resamples: a score earns its cost where \
        the whole interval of its gain is above zero. The baseline counts the parameters on a path from input to output.
        """
    static let examples = [
        Example(
            "nb201 | sample 50, seed: 0 | score params | query accuracy, data: cifar10 | audit with: .accuracy, resamples: 50 | count",
            gives: "2")
    ]

    @Argument("the scores, greater being better; all columns of numbers unless given") var columns: [Measure] = []
    @Option("the known accuracies") var with: Measure
    @Option("share of resamples inside the intervals") var level = Percentage(95)
    @Option("how many bootstrap resamples") var resamples = 1_000
    @Option("start of the random numbers") var seed: SeedOption = .derived

    private static let estimates = ["spearman", "kendall", "top10", "gain"]

    func outputType(for input: ValueType) throws -> ValueType {
        try ArchitectureColumn.check(input)
        let intervals = Self.estimates.flatMap { [$0, "\($0)_low", "\($0)_high"] }
        return .table(
            Schema(
                [ColumnType("score", .string), ColumnType("n", .int), ColumnType("missing", .int)]
                    + intervals.map { ColumnType($0, .number, unit: $0.hasPrefix("top10") ? .percent : nil) } + [
                        ColumnType("pairs", .number, unit: .percent), ColumnType("baseline", .number),
                        ColumnType("verdict", .string),
                    ]))
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        guard resamples > 0 else {
            throw CommandError("`resamples` must be at least 1", argument: "resamples", code: .outOfRange)
        }
        let quality = try with.numbers(over: input)
        let cells = try ArchitectureColumn.cells(of: input)
        let costs = try cells.space.costModel(input: cells.space.input, classes: cells.space.classes)
            .costs(of: cells.matrix)
        let baseline = costs.map { Double($0.live.parameters) }
        var generator = seed.generator(in: context)
        let audits = try scores(of: input, baseline).map { name, values in
            try context.cancel.check()
            let audit = try Audit(
                values, quality: quality, baseline: baseline, level: level.fraction, resamples: resamples,
                using: &generator, cancelled: { context.cancel.isCancelled })
            return (name, audit)
        }
        return Self.table(audits)
    }

    /// The baseline first, then the columns to judge.
    private func scores(of input: Table, _ baseline: [Double]) throws -> [(String, [Double])] {
        let own =
            try columns.isEmpty
            ? input.columns.compactMap { column in column.numbers.map { (column.name, $0) } }
            : columns.map { ($0.label, try $0.numbers(over: input)) }
        let judged = own.filter { $0.0 != with.label && $0.0 != LiveParameters.name }
        return [(LiveParameters.name, baseline)] + judged
    }

    private enum LiveParameters { static let name = "live_params" }

    private static func table(_ audits: [(String, Audit)]) -> Table {
        func numbers(_ name: String, _ values: [Double?], unit: Unit? = nil) -> Column {
            let scale = unit == .percent ? 100.0 : 1
            return Column(name, .floats(values.map { ($0 ?? .nan) * scale }), unit: unit)
        }
        func interval(_ name: String, _ estimates: [Audit.Estimate]) -> [Column] {
            let unit: Unit? = name == "top10" ? .percent : nil
            return [
                numbers(name, estimates.map(\.value), unit: unit),
                numbers("\(name)_low", estimates.map(\.low), unit: unit),
                numbers("\(name)_high", estimates.map(\.high), unit: unit),
            ]
        }
        let all = audits.map(\.1)
        let parts = [all.map(\.spearman), all.map(\.kendall), all.map(\.top), all.map(\.gain)]
        return Table(
            [
                Column("score", .strings(audits.map(\.0))), Column("n", .ints(all.map(\.count))),
                Column("missing", .ints(all.map(\.missing))),
            ] + zip(estimates, parts).flatMap { interval($0, $1) } + [
                numbers("pairs", all.map(\.pairs), unit: .percent), numbers("baseline", all.map(\.baseline)),
                Column("verdict", .strings(all.map(\.verdict.rawValue))),
            ])
    }
}
