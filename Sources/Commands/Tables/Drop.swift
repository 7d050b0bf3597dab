import Language

/// All columns but some.
struct Drop: Command {
    static let chapter = Chapter.tables
    static let summary = "Leave out the named columns."
    static let examples = [Example(#"[{a: 1, b: 2}] | as_table | drop .b | columns"#, gives: #"["a"]"#)]

    @Argument("the columns") var columns: [RowValue]

    func outputType(for input: ValueType) throws -> ValueType {
        guard let columns = $columns.known else { return .table(.unknown) }
        let names = try columns.map { try Self.name($0) }
        let schema = rowSchema(for: input)
        return .table(Schema(schema.columns.filter { !names.contains($0.name) }, isOpen: schema.isOpen))
    }

    private static func name(_ column: RowValue) throws -> String {
        guard let name = column.expression.field else {
            throw CommandError(
                "`drop` takes names of columns, such as `.accuracy`", argument: "columns", code: .wrongType)
        }
        return name
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        let names = try columns.map { try Self.name($0) }
        return try input.dropping(names)
    }
}
