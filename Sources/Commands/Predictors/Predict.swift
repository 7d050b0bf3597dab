import Estimation
import Language

/// What a predictor says of architectures.
struct Predict: Command {
    static let chapter = Chapter.analysis
    static let summary = "Guess a value for each row by a fitted predictor, with its deviation."
    static let discussion = """
        Adds `prediction` and `deviation`, in the target's unit. The truth lies within 1.64 deviations of the prediction \
        in nine cases of ten. The rows need the columns that the predictor was fitted on, and architectures of its space.
        """
    static let examples = [
        Example(
            """
            rf = nb201 | sample 60, seed: 0 | query accuracy, data: cifar10 | fit forest, target: .accuracy, seed: 0;
            nb201 | sample 3, seed: 1 | predict rf | columns | count
            """, gives: "3")
    ]

    @Argument("the fitted predictor") var by: PredictorHandle

    func outputType(for input: ValueType) throws -> ValueType {
        guard case .table(let schema) = input else { return .table(.unknown) }
        guard let handle = $by.known else { return .table(Schema(schema.columns, isOpen: true)) }
        return .table(
            ["prediction", "deviation"].reduce(schema) { $0.adding(ColumnType($1, .number, unit: handle.unit)) })
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        let rows = try by.recipe.rows(of: input)
        let guesses = try Predicting.guarded { try rows.guesses(by: by.fitted, context.cancel) }
        return
            input
            .adding(Column("prediction", .floats(guesses.map(\.mean)), unit: by.unit))
            .adding(Column("deviation", .floats(guesses.map(\.deviation)), unit: by.unit))
    }
}
