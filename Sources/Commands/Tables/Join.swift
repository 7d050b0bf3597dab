import Language

/// Rows of two tables that belong together.
struct Join: Command {
    static let chapter = Chapter.tables
    static let summary = "Join with another table on columns that both have."
    static let discussion = """
        Rows keep the order of the piped table. A column of the other table whose name is taken gets `_right` behind it. \
        With `how: left` rows without a partner stay, their new cells being `none`.
        """
    static let examples = [
        Example(
            "a = [{k: 1, x: 10}, {k: 2, x: 20}] | as_table; b = [{k: 2, y: 5}] | as_table; a | join b, on: .k | .y",
            gives: "[5]")
    ]

    @Argument("the other table") var other: Table
    @Argument("the columns that must be equal") var on: [RowValue]
    @Option("which rows stay") var how: JoinHow = .inner

    func outputType(for input: ValueType) throws -> ValueType {
        guard let other = $other.known, case .table(let schema) = input, let on = $on.known else {
            return .table(Schema(rowSchema(for: input).columns, isOpen: true))
        }
        let keys = on.compactMap(\.expression.field)
        return .table(
            other.schema.columns.filter { !keys.contains($0.name) }.reduce(schema) { schema, column in
                var name = column.name
                while schema[name] != nil { name += "_right" }
                return schema.adding(ColumnType(name, column.type, unit: column.unit))
            })
    }

    func run(_ input: Table, in context: Context) throws -> Table {
        let names = try on.map { column in
            guard let name = column.expression.field else {
                throw CommandError("`on` takes names of columns, such as `.arch`", argument: "on", code: .wrongType)
            }
            return name
        }
        return try input.joined(with: other, on: names, how: how.kind)
    }
}

/// Which rows of a join stay.
enum JoinHow: String, CaseIterable, Constant {
    case inner, left

    static let kind = "kind of join"
    var kind: JoinKind { self == .inner ? .inner : .left }
}
