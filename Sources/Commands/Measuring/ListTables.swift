import Language
import Spaces

/// What the tables of known answers hold.
struct ListTables: Command {
    static let name = "tables"
    static let chapter = Chapter.measuring
    static let summary = "List the tables of known answers, those that nash ships and your own."
    static let discussion = """
        `rows` is how many architectures a table lists; `source` is `shipped` or `user`. Your own tables are found in \
        `$NASH_TABLES`, or else `$XDG_DATA_HOME/nash/tables` (`~/.local/share/nash/tables`).
        """
    static let examples = [
        Example("tables | where .source == \"shipped\" and .metric == \"latency\" | count", gives: "54")
    ]

    private static let texts: [(name: String, of: @Sendable (TableEntry) -> String?)] = [
        ("space", { $0.space }), ("metric", { $0.metric }), ("data", { $0.data }), ("split", { $0.split?.rawValue }),
        ("device", { $0.device }), ("source", { $0.origin.rawValue }),
    ]
    private static let numbers: [(name: String, of: @Sendable (TableEntry) -> Int?)] = [
        ("epochs", { $0.epochs }), ("training", { $0.training }), ("rows", { $0.rows }),
    ]
    private static let order = ["space", "metric", "data", "split", "epochs", "training", "device", "rows", "source"]

    func outputType(for input: ValueType) throws -> ValueType {
        .table(
            Schema(
                Self.order.map { name in
                    ColumnType(name, Self.texts.contains { $0.name == name } ? .string : .int)
                }))
    }

    func run(_ input: Nothing, in context: Context) throws -> Table {
        let entries = try answering { try Tables.known.entries() }
        let texts = Self.texts.map { Self.column($0.name, entries.map($0.of), Cells.strings, empty: "") }
        let numbers = Self.numbers.map { Self.column($0.name, entries.map($0.of), Cells.ints, empty: 0) }
        return try Table(texts + numbers).selecting(Self.order)
    }

    private static func column<Cell>(
        _ name: String, _ cells: [Cell?], _ make: ([Cell]) -> Cells, empty: Cell
    ) -> Column {
        Column(name, make(cells.map { $0 ?? empty }), missing: MissingCells(flags: cells.map { $0 == nil }))
    }
}
