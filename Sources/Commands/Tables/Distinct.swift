import Language

/// Rows without repetition.
struct Distinct: Command {
    static let chapter = Chapter.tables
    static let summary = "Keep the first of rows that are equal, in some columns or in all."
    static let examples = [Example("[1, 2, 1] | distinct", gives: "[1, 2]")]

    @Option("the columns that must differ, all unless given") var by: [RowValue] = []

    func outputType(for input: ValueType) throws -> ValueType { input }

    func run(_ input: Rows, in context: Context) throws -> Value {
        switch input {
        case .table(let table):
            return .table(table.distinct(by: try by.map { try $0.column(over: table) }))
        case .list(let items):
            return input.picking(Grouping([Column("item", values: items)]).firstRows)
        }
    }
}
