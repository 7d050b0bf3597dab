import Estimation
import Language

/// Which features a predictor relies on.
struct ImportanceCommand: Command {
    static let name = "importance"
    static let chapter = Chapter.analysis
    static let summary = "Tell how much worse a predictor guesses when a feature is shuffled, or what its splits gain."
    static let discussion = """
        Over the rows that it was fitted on: by how much the mean squared error grows when the feature's values are dealt \
        to the rows at random, as a share of the target's variance, the mean of `repeats` deals (L. Breiman: Random \
        Forests, 2001, section 10). `by: gain`, for `forest`, `boosted` and `ngboost`, is instead the feature's share in \
        the squares, or the loss, that the splits of the trees take away, 1 in sum: the mean decrease in impurity. It \
        costs nothing, but favours features with many values. Features that say the same share their importance. The \
        most important come first; `top: 0` gives all.
        """
    static let examples = [
        Example(
            """
            rf = nb201 | sample 60, seed: 0 | query accuracy, data: cifar10 | fit forest, target: .accuracy, seed: 0;
            rf | importance top: 5, seed: 0 | count
            """, gives: "5"),
        Example(
            """
            xgb = nb201 | sample 60, seed: 0 | query accuracy, data: cifar10 | fit boosted, target: .accuracy, seed: 0;
            xgb | importance by: gain, top: 3 | count
            """, gives: "3"),
    ]

    @Option("what is judged") var by = ImportanceKind.shuffle
    @Option("how many features; 0 for all") var top = 12
    @Option("how often each feature is shuffled") var repeats = 5
    @Option("start of the random numbers") var seed: SeedOption = .derived

    func outputType(for input: ValueType) throws -> ValueType {
        .table(Schema([ColumnType("feature", .string), ColumnType("importance", .number)]))
    }

    func run(_ input: PredictorHandle, in context: Context) throws -> Table {
        guard top >= 0 else { throw CommandError("`top` must not be negative", argument: "top", code: .outOfRange) }
        guard repeats >= 1 else {
            throw CommandError("`repeats` must be at least 1", argument: "repeats", code: .outOfRange)
        }
        let found = try Predicting.guarded {
            switch by {
            case .gain: return try FeatureImportance.gains(of: input.fitted, input.lesson.names)
            case .shuffle:
                var generator = seed.generator(in: context)
                return try FeatureImportance.of(
                    input.fitted, input.lesson, targets: input.targets, repeats: repeats, using: &generator,
                    cancelled: { context.cancel.isCancelled })
            }
        }
        let kept = top == 0 ? found : Array(found.prefix(top))
        return Table([
            Column("feature", .strings(kept.map(\.feature))), Column("importance", .floats(kept.map(\.importance))),
        ])
    }
}

/// What the importance of a feature is taken to be.
enum ImportanceKind: String, CaseIterable, Constant {
    case shuffle, gain

    static let kind = "kind of importance"
}
