import Language

/// What follows the first rows.
struct Skip: Command {
    static let chapter = Chapter.tables
    static let summary = "Leave out the first rows of a table or elements of a list."
    static let examples = [Example("[4, 5, 6] | skip 2", gives: "[6]")]

    @Argument("how many") var count: Int = 1

    func outputType(for input: ValueType) throws -> ValueType { input }

    func run(_ input: Rows, in context: Context) throws -> Value {
        try checkCount(count)
        return input.picking(min(count, input.count)..<input.count)
    }
}
