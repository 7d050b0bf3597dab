import Estimation
import Language

/// The zero-cost proxies that nash knows.
struct ListProxies: Command {
    static let name = "proxies"
    static let chapter = Chapter.measuring
    static let summary = "List the zero-cost proxies with what they read and the papers that define them."
    static let examples = [Example("proxies | where .name == \"synflow\" | count", gives: "1")]

    func outputType(for input: ValueType) throws -> ValueType {
        .table(
            Schema([
                ColumnType("name", .string), ColumnType("summary", .string), ColumnType("reads", .string),
                ColumnType("dead_parts", .bool), ColumnType("paper", .string),
            ]))
    }

    func run(_ input: Nothing, in context: Context) throws -> Table {
        let proxies = Proxies.all
        return Table([
            Column("name", .strings(proxies.map(\.name))),
            Column("summary", .strings(proxies.map(\.summary))),
            Column("reads", .strings(proxies.map { Self.reads($0.needs) })),
            Column("dead_parts", .bools(proxies.map(\.countsDeadParts))),
            Column("paper", .strings(proxies.map(\.citation))),
        ])
    }

    private static func reads(_ needs: Needs) -> String {
        if needs == .graph { return "graph" }
        if needs == .weights { return "weights" }
        return needs.readsTargets ? "images, classes" : "images"
    }
}
