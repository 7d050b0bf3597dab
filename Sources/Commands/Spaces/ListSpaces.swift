import Language
import Spaces

/// The search spaces that nash knows.
struct ListSpaces: Command {
    static let name = "spaces"
    static let chapter = Chapter.spaces
    static let summary = "List the search spaces that are built in."
    static let examples = [Example("spaces | where .name == \"nb201\" | count", gives: "1")]

    func outputType(for input: ValueType) throws -> ValueType {
        .table(
            Schema([
                ColumnType("name", .string), ColumnType("genes", .int), ColumnType("combinations", .number),
                ColumnType("summary", .string),
            ]))
    }

    func run(_ input: Nothing, in context: Context) throws -> Table {
        let spaces = Spaces.all
        return Table([
            Column("name", .strings(spaces.map(\.name))),
            Column("genes", .ints(spaces.map(\.genes.count))),
            Column("combinations", .floats(spaces.map(\.combinations))),
            Column("summary", .strings(spaces.map(\.summary))),
        ])
    }
}
