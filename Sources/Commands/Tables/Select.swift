import Language

/// Some columns only.
struct Select: Command {
    static let chapter = Chapter.tables
    static let summary = "Keep the named columns only, in the order given; an expression makes a new column."
    static let examples = [
        Example(#"[{a: 1, b: 2}] | as_table | select .b | columns"#, gives: #"["b"]"#)
    ]

    @Argument("the columns") var columns: [RowValue]

    func outputType(for input: ValueType) throws -> ValueType {
        guard let columns = $columns.known else { return .table(.unknown) }
        let rows = rowSchema(for: input)
        return .table(Schema().adding(try columns.map { try $0.expression.columnType(over: rows) }))
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        try columns.reduce(Table()) { $0.adding(try $1.column(over: input)) }
    }
}
