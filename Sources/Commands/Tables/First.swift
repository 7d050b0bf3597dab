import Language

/// The rows at the beginning.
struct First: Command {
    static let chapter = Chapter.tables
    static let summary = "Keep the first rows of a table or elements of a list."
    static let examples = [Example("[4, 5, 6] | first 2", gives: "[4, 5]")]

    @Argument("how many") var count: Int = 1

    func outputType(for input: ValueType) throws -> ValueType { input }

    func run(_ input: Rows, in context: Context) throws -> Value {
        try checkCount(count)
        return input.picking(0..<min(count, input.count))
    }
}
