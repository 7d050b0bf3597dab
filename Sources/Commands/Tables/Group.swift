import Language

/// The rows of each group together.
struct Group: Command {
    static let chapter = Chapter.tables
    static let summary = "Make one row for each value of the named columns, with the rows that have it as a table."
    static let examples = [
        Example(
            #"[{s: "a", v: 1}, {s: "b", v: 5}, {s: "a", v: 3}] | as_table | group by: .s | .count"#, gives: "[2, 1]")
    ]

    @Argument("the columns whose values make the groups") var by: [RowValue]

    func outputType(for input: ValueType) throws -> ValueType {
        guard let by = $by.known else { return .table(.unknown) }
        let rows = rowSchema(for: input)
        let keys = try by.map { try $0.expression.columnType(over: rows) }
        return .table(Schema(keys + [ColumnType("count", .int), ColumnType("rows", input)]))
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        let keys = try by.map { try $0.column(over: input) }
        let grouping = Grouping(keys)
        var members = [[Int]](repeating: [], count: grouping.count)
        for (row, group) in grouping.ids.enumerated() { members[group].append(row) }
        let groups = Table(keys.map { $0.gather(grouping.firstRows) })
        return groups.adding(Column("count", .ints(members.map(\.count))))
            .adding(Column("rows", .values(members.map { .table(input.gather($0)) })))
    }
}
