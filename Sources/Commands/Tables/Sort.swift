import Language

/// Rows in order.
struct Sort: Command {
    static let chapter = Chapter.tables
    static let summary = "Sort the rows of a table by one or more columns; `none` comes last."
    static let examples = [
        Example("macro | enumerate | cost | sort by: .macs, descending: true | first 1 | .macs", gives: "[105660928]"),
        Example("[3, 1, 2] | sort", gives: "[1, 2, 3]"),
    ]

    @Argument("the columns, the most important first") var by: [RowValue] = []
    @Option("largest first") var descending = false

    func outputType(for input: ValueType) throws -> ValueType {
        if case .table = input, !$by.isGiven { throw Self.missingKey }
        return input
    }

    private static let missingKey = CommandError(
        "`sort` needs `by:` for a table", help: "name a column, as in `sort by: .accuracy`", code: .missingArgument)

    func run(_ input: Rows, in context: Context) throws -> Value {
        switch input {
        case .table(let table):
            guard !by.isEmpty else { throw Self.missingKey }
            let keys = try by.map { SortKey(try $0.column(over: table), isDescending: descending) }
            return .table(table.sorted(by: keys))
        case .list(let items):
            let column = Column("item", values: items)
            let rows = Sorting.order([SortKey(column, isDescending: descending)])
            return .list(rows.map { items[$0] })
        }
    }
}
