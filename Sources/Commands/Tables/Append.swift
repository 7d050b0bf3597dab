import Language

/// Rows of two tables below each other.
struct Append: Command {
    static let chapter = Chapter.tables
    static let summary = "Put the rows of another table below, or the elements of another list behind."
    static let discussion = "Cells of columns that one table lacks are `none`."
    static let examples = [Example("[1] | append [2, 3]", gives: "[1, 2, 3]")]

    @Argument("the other table or list") var other: Value

    func outputType(for input: ValueType) throws -> ValueType {
        guard case .table(let schema) = input else { return input }
        guard case .table(let other) = $other.known else { return .table(Schema(schema.columns, isOpen: true)) }
        return .table(other.schema.columns.reduce(schema) { $0[$1.name] == nil ? $0.adding($1) : $0 })
    }

    func run(_ input: Rows, in context: Context) throws -> Value {
        switch (input, other) {
        case (.table(let above), .table(let below)): return .table(try above.appending(below))
        case (.list(let items), .list(let more)): return .list(items + more)
        case (.list(let items), let item): return .list(items + [item])
        default:
            throw CommandError(
                "a table takes the rows of a table, not \(other.type.phrase)", argument: "other", code: .wrongType)
        }
    }
}
