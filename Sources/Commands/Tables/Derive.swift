import Language

/// A computed column.
struct Derive: Command {
    static let chapter = Chapter.tables
    static let summary = "Add a column computed from the others, or replace the one of its name."
    static let examples = [
        Example("[{a: 1, b: 2}] | as_table | derive .a + .b, as: sum | .sum", gives: "[3]")
    ]

    @Argument("how each cell is computed") var expression: RowValue
    @Option("name of the column") var `as`: NewName

    func outputType(for input: ValueType) throws -> ValueType {
        let schema = rowSchema(for: input)
        guard let name = $as.known?.text, let expression = $expression.known?.expression else {
            return .table(Schema(schema.columns, isOpen: true))
        }
        let computed = try expression.columnType(over: schema)
        return .table(schema.adding(ColumnType(name, computed.type, unit: computed.unit)))
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        var column = try expression.column(over: input).named(`as`.text)
        column.origin = nil
        return input.adding(column)
    }
}
