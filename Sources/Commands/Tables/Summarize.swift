import Language

/// What rows come to, all of them or group by group.
struct Summarize: Command {
    static let chapter = Chapter.tables
    static let summary = "Sum rows up: how many there are, and means, medians and the like of columns, for each group."
    static let examples = [
        Example(
            "[{s: \"a\", v: 1}, {s: \"a\", v: 3}, {s: \"b\", v: 5}] | as_table | summarize by: .s, mean: .v | .v_mean",
            gives: "[2, 5]")
    ]

    @Option("the columns whose values make the groups; all rows are one unless given") var by: [RowValue] = []
    @Option("columns of which to give the mean") var mean: [Measure] = []
    @Option("… the sample standard deviation") var std: [Measure] = []
    @Option("… the median") var median: [Measure] = []
    @Option("… the smallest value") var min: [Measure] = []
    @Option("… the largest value") var max: [Measure] = []
    @Option("… the sum") var sum: [Measure] = []

    private var wanted: [(Aggregate, [Measure]?)] {
        [
            (.mean, $mean.known), (.std, $std.known), (.median, $median.known), (.min, $min.known), (.max, $max.known),
            (.sum, $sum.known),
        ]
    }

    func outputType(for input: ValueType) throws -> ValueType {
        guard let by = $by.known else { return .table(.unknown) }
        let rows = rowSchema(for: input)
        let keys = try by.map { try $0.expression.columnType(over: rows) }
        let sums = try wanted.flatMap { aggregate, columns in
            try (columns ?? []).map { column in
                let type = try column.expression.columnType(over: rows)
                return ColumnType("\(type.name)_\(aggregate.name)", .number, unit: type.unit)
            }
        }
        return .table(Schema(keys + [ColumnType("count", .int)] + sums))
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        let keys = try by.map { try $0.column(over: input) }
        guard !keys.isEmpty else { return try whole(input) }
        let counts = try input.grouped(by: keys)
        let aggregations = try wanted.flatMap { aggregate, columns in
            try (columns ?? []).map { Aggregation(aggregate, of: try $0.column(over: input)) }
        }
        guard !aggregations.isEmpty else { return counts }
        let sums = try input.grouped(by: keys, aggregations)
        return sums.columns.dropFirst(keys.count).reduce(counts) { $0.adding($1) }
    }

    private func whole(_ input: Table) throws -> Table {
        let count = Table([Column("count", .ints([input.rowCount]))])
        return try wanted.reduce(count) { table, wish in
            try (wish.1 ?? []).reduce(table) { table, column in
                let cells = try column.column(over: input)
                let value = try cells.summed(as: wish.0)
                return table.adding(Column("\(cells.name)_\(wish.0.name)", values: [value]))
            }
        }
    }
}
