import Language

/// Where a table comes from.
struct Explain: Command {
    static let chapter = Chapter.tables
    static let summary = "Tell of each column of a table what it holds and which stage made it."
    static let examples = [
        Example("nb201 | sample 5, seed: 0 | cost | explain | last 1 | .origin", gives: #"["cost"]"#)
    ]

    func outputType(for input: ValueType) throws -> ValueType {
        .table(
            Schema([
                ColumnType("column", .string), ColumnType("type", .string), ColumnType("unit", .string),
                ColumnType("missing", .int), ColumnType("origin", .string),
            ]))
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        Table([
            Column("column", .strings(input.names)),
            Column("type", .strings(input.columns.map(\.type.phrase))),
            Column("unit", values: input.columns.map { $0.unit.map { .string($0.rawValue) } ?? Value.none }),
            Column("missing", .ints(input.columns.map(\.missing.count))),
            Column("origin", values: input.columns.map { $0.origin.map(Value.string) ?? Value.none }),
        ])
    }
}
