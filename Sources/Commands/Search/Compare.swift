import Language
import Search
import Spaces
import Statistics

/// Strategies side by side on a table of known answers.
struct Compare: Command {
    static let chapter = Chapter.analysis
    static let summary = "Compare search strategies on a benchmark's table, each run many times with other seeds."
    static let discussion = """
        Strategies see one accuracy, by default that on the test set after the longest training, or that of `split` and \
        `epochs` (validation after 12 epochs is what a real search would see); they are judged by the test accuracy \
        after the longest training of the architecture that was best by what they saw. `regret` is how much less that \
        is than the best of the space, as the median over runs; `low` and `high` bound the `level` of the runs. With \
        `show: summary` there is one row a strategy: the share of runs that found the best of what they saw, at which \
        query (median, mean and last; a run that did not counts one more than all), the final regret, the mean rank \
        among the strategies, and the p-value of the rank-sum test of its queries against those of the strategy whose \
        median is least. The result depends on the seed alone, not on the number of threads. X. Dong et al., \
        "NATS-Bench", TPAMI 2022.
        """
    static let examples = [
        Example("macro | compare random, local_search, queries: 20, runs: 4, seed: 0 | count", gives: "40"),
        Example("macro | compare random, evolution, queries: 30, runs: 4, seed: 0, show: summary | count", gives: "2"),
    ]

    @Argument("the strategies, as many as you like") var strategies: [StrategyName]
    @Option("the data set") var data: DataSetName?
    @Option("how many architectures each run evaluates") var queries = 300
    @Option("how many runs of each strategy") var runs = 30
    @Option("the part of the data set that strategies see") var split: Split = .test
    @Option("after how many epochs they see it, the longest unless given") var epochs: Epochs?
    @Option("share of runs between low and high") var level = Percentage(80)
    @Option("regret after each query, or a row a strategy") var show: ComparisonView = .curves
    @Option("start of the random numbers") var seed: SeedOption = .derived

    func outputType(for input: ValueType) throws -> ValueType {
        try check()
        guard let show = $show.known else { return .table(.unknown) }
        return .table(Schema(show.columns))
    }

    private func check() throws {
        if let strategies = $strategies.known, strategies.isEmpty {
            throw CommandError(
                "`compare` needs a strategy", help: StrategyName.offer, argument: "strategies",
                code: .missingArgument)
        }
        if let strategies = $strategies.known?.map(\.strategy.name), Set(strategies).count < strategies.count {
            throw CommandError("a strategy is named twice", argument: "strategies", code: .outOfRange)
        }
        for (name, value) in [("queries", $queries.known), ("runs", $runs.known)] {
            if let value, value < 1 {
                throw CommandError("`\(name)` must be at least 1", argument: name, code: .outOfRange)
            }
        }
    }

    func run(_ input: SpaceHandle, in context: Context) throws -> Table {
        try check()
        let space = input.space
        let judged = try TableQuestion(data: data).column(.accuracy, of: space)
        let searched = try TableQuestion(data: data, split: split, epochs: epochs).column(.accuracy, of: space)
        context.note("searched by \(searched.name), judged by \(judged.name)")
        var generator = seed.generator(in: context)
        let seed = Seed(generator.next())
        let total = strategies.count * runs
        let comparison = try searching {
            try StrategyComparison(
                strategies.map(\.strategy), on: SearchDomain(space), queries: queries, runs: runs, seed: seed,
                searched: { searched.value(for: $0.genes) ?? .nan }, judged: { judged.value(for: $0.genes) ?? .nan },
                progress: { context.progress.report(done: $0, of: total, label: "compare") },
                cancelled: { context.cancel.isCancelled })
        }
        if comparison.queries < queries {
            context.note("\(space.name) has \(comparison.queries) different architectures: no run asks for more")
        }
        return show == .curves ? curves(of: comparison) : summary(of: comparison)
    }

    private func curves(of comparison: StrategyComparison) -> Table {
        let rows = comparison.records.flatMap { record in
            (0..<comparison.queries).map { (record, $0) }
        }
        let rest = (1 - level.fraction) / 2
        func quantiles(_ name: String, at probability: Double) -> Column {
            Column(name, .floats(rows.map { $0.0.regret(after: $0.1, at: probability) }), unit: .percent)
        }
        return Table([
            Column("strategy", .strings(rows.map(\.0.strategy))), Column("query", .ints(rows.map { $0.1 + 1 })),
            quantiles("regret", at: 0.5), quantiles("low", at: rest), quantiles("high", at: 1 - rest),
        ])
    }

    private func summary(of comparison: StrategyComparison) -> Table {
        let records = comparison.records
        let needed = records.map { $0.queriesToBest(limit: comparison.queries) }
        let medians = needed.map { Quantiles($0)?.median ?? .nan }
        let leader = records[medians.indices.min { medians[$0] < medians[$1] } ?? 0]
        return Table([
            Column("strategy", .strings(records.map(\.strategy))),
            Column(
                "found", .floats(records.map { 100 * Double($0.reached.count { $0 != nil }) / Double(runs) }),
                unit: .percent),
            Column("median", .floats(medians)),
            Column("mean", .floats(needed.map { $0.reduce(0, +) / Double($0.count) })),
            Column("last", .floats(needed.map { $0.max() ?? .nan })),
            Column(
                "regret", .floats(records.map { $0.regret(after: comparison.queries - 1, at: 0.5) }), unit: .percent),
            Column("rank", .floats(comparison.meanRanks)),
            Column("p", .floats(records.map { $0.rankTest(against: leader, limit: comparison.queries) })),
        ])
    }
}

/// What `compare` shows.
enum ComparisonView: String, CaseIterable, Constant {
    case curves, summary

    static let kind = "view of a comparison"

    var columns: [ColumnType] {
        switch self {
        case .curves:
            [ColumnType("strategy", .string), ColumnType("query", .int)]
                + ["regret", "low", "high"].map { ColumnType($0, .number, unit: .percent) }
        case .summary:
            [ColumnType("strategy", .string), ColumnType("found", .number, unit: .percent)]
                + ["median", "mean", "last"].map { ColumnType($0, .number) }
                + [
                    ColumnType("regret", .number, unit: .percent), ColumnType("rank", .number),
                    ColumnType("p", .number),
                ]
        }
    }
}
