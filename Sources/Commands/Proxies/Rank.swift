import Estimation
import Language

/// Several scores in one.
struct Rank: Command {
    static let chapter = Chapter.analysis
    static let summary = "Combine scores into one column: by majority vote, Borda count or mean rank."
    static let discussion = """
        Adds a column with the method's name. `vote` compares each two rows by every score; the value is how many rows a \
        row beats by the majority, less how many beat it, over their number. `borda` sums how many rows a row surpasses by \
        each score. For both, greater is better; `mean_rank` is the mean of the ranks, 1 being the best. A row whose score \
        is `none` is the last by that score.
        """
    static let examples = [
        Example(
            "[{a: 1, b: 5}, {a: 2, b: 4}, {a: 3, b: 6}] | as_table | rank by: [.a, .b], as: borda | .borda",
            gives: "[1, 1, 4]"),
        Example(
            "[{a: 1, b: 5}, {a: 2, b: 4}, {a: 3, b: 6}] | as_table | rank by: [.a, .b], as: mean_rank | .mean_rank",
            gives: "[2.5, 2.5, 1]"),
    ]

    @Option("the scores, greater being better") var by: [Measure]
    @Option("how to combine them") var `as`: RankingName

    func outputType(for input: ValueType) throws -> ValueType {
        guard case .table(let schema) = input else { return .table(.unknown) }
        guard let method = $as.known else { return .table(Schema(schema.columns, isOpen: true)) }
        return .table(schema.adding(ColumnType(method.rawName, .number)))
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        let scores = try by.map { try $0.numbers(over: input) }
        let values = try `as`.method.values(of: scores, cancelled: { context.cancel.isCancelled })
        return input.adding(Column(`as`.rawName, .floats(values)))
    }
}

/// How to combine scores.
struct RankingName: Constant {
    static let kind = "way of ranking"
    static let all = [
        ConstantName("vote", "pairwise majority"), ConstantName("borda", "Borda count"),
        ConstantName("mean_rank", "mean of the ranks, 1 being the best"),
    ]
    let method: Ranking

    init(constant name: String) {
        guard let method = Ranking(rawValue: name) else { preconditionFailure("\(name) is no way of ranking") }
        self.method = method
    }

    var rawName: String { method.rawValue }
}
