import Estimation
import Language

/// What a predictor says of architectures.
struct Predict: Command {
    static let chapter = Chapter.analysis
    static let summary = "Guess a value for each row by a fitted predictor, with its deviation, or by a lookup table."
    static let discussion = """
        Adds `prediction` and `deviation`, in the target's unit. The truth lies within 1.64 deviations of the prediction \
        in nine cases of ten. The rows need the columns that the predictor was fitted on, and architectures of its space. \
        A lookup table adds `prediction` alone, in ms.
        """
    static let examples = [
        Example(
            """
            rf = nb201 | sample 60, seed: 0 | query accuracy, data: cifar10 | fit forest, target: .accuracy, seed: 0;
            nb201 | sample 3, seed: 1 | predict rf | columns | count
            """, gives: "3")
    ]

    @Argument("the fitted predictor, or the lookup table") var by: PredictionSource

    func outputType(for input: ValueType) throws -> ValueType {
        guard case .table(let schema) = input else { return .table(.unknown) }
        switch $by.known {
        case nil: return .table(Schema(schema.columns, isOpen: true))
        case .lookup: return .table(schema.adding(ColumnType("prediction", .number, unit: .milliseconds)))
        case .predictor(let handle):
            return .table(
                ["prediction", "deviation"].reduce(schema) { $0.adding(ColumnType($1, .number, unit: handle.unit)) })
        }
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        switch by {
        case .lookup(let table): return input.adding(try table.predictions(over: input))
        case .predictor(let predictor):
            let rows = try predictor.recipe.rows(of: input)
            let guesses = try Predicting.guarded { try rows.guesses(by: predictor.fitted, context.cancel) }
            return
                input
                .adding(Column("prediction", .floats(guesses.map(\.mean)), unit: predictor.unit))
                .adding(Column("deviation", .floats(guesses.map(\.deviation)), unit: predictor.unit))
        }
    }
}

/// What guesses: a fitted predictor, or a table of the latencies of operations.
enum PredictionSource: ParameterType, ValueReadable {
    case predictor(PredictorHandle)
    case lookup(LookupHandle)

    static let wording = "a predictor or a lookup table"
    static let valueType = ValueType.oneOf([.handle(PredictorHandle.typeName), .handle(LookupHandle.typeName)])

    init?(_ value: Value) {
        guard let own = PredictorHandle(value).map(Self.predictor) ?? LookupHandle(value).map(Self.lookup) else {
            return nil
        }
        self = own
    }
}
