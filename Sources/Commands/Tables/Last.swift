import Language

/// The rows at the end.
struct Last: Command {
    static let chapter = Chapter.tables
    static let summary = "Keep the last rows of a table or elements of a list."
    static let examples = [Example("[4, 5, 6] | last 2", gives: "[5, 6]")]

    @Argument("how many") var count: Int = 1

    func outputType(for input: ValueType) throws -> ValueType { input }

    func run(_ input: Rows, in context: Context) throws -> Value {
        try checkCount(count)
        return input.picking(max(0, input.count - count)..<input.count)
    }
}
