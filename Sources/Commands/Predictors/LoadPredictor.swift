import Language
import Spaces

/// A predictor out of a file.
struct LoadPredictor: Command {
    static let chapter = Chapter.files
    static let summary = "Read a fitted predictor from a file that `save` wrote; it guesses what it guessed then."
    static let examples: [Example] = []

    @Argument("the file") var path: FilePath
    @Option("the space that it was fitted on, where that is a user's own") var space: SpaceHandle?

    func outputType(for input: ValueType) throws -> ValueType { .handle(PredictorHandle.typeName) }

    func run(_ input: Nothing, in context: Context) throws -> PredictorHandle {
        context.opened(file: path.text)
        return try PredictorHandle.load(path.text, space: space?.space)
    }
}

/// The predictors that nash knows.
struct ListPredictors: Command {
    static let name = "predictors"
    static let chapter = Chapter.analysis
    static let summary = "List the predictors that `fit` and `validate` take."
    static let examples = [Example("predictors | where .name == \"forest\" | count", gives: "1")]

    func outputType(for input: ValueType) throws -> ValueType {
        .table(Schema([ColumnType("name", .string), ColumnType("summary", .string)]))
    }

    func run(_ input: Nothing, in context: Context) throws -> Table {
        let all = PredictorName.all
        return Table([Column("name", .strings(all.map(\.name))), Column("summary", .strings(all.map(\.summary)))])
    }
}
