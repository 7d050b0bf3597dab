import Language

/// A column under another name.
struct Rename: Command {
    static let chapter = Chapter.tables
    static let summary = "Give a column another name."
    static let examples = [Example(#"[{a: 1}] | as_table | rename .a, as: b | columns"#, gives: #"["b"]"#)]

    @Argument("the column") var column: RowValue
    @Option("the new name") var `as`: NewName

    func outputType(for input: ValueType) throws -> ValueType {
        guard case .table(let schema) = input, let name = $as.known?.text, let field = $column.known?.expression.field
        else { return .table(.unknown) }
        try check(name, field, among: schema.columns.map(\.name))
        let columns = schema.columns.map { column in
            column.name == field ? ColumnType(name, column.type, unit: column.unit) : column
        }
        return .table(Schema(columns, isOpen: schema.isOpen))
    }

    private func check(_ name: String, _ field: String, among names: [String]) throws {
        guard name == field || !names.contains(name) else {
            throw CommandError("there is a column `\(name)` already", argument: "as", code: .boundAgain)
        }
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        guard let field = column.expression.field else {
            throw CommandError(
                "`rename` takes the name of a column, such as `.a`", argument: "column", code: .wrongType)
        }
        return try input.renaming(field, to: `as`.text)
    }
}
