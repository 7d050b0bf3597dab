import Language

/// A list as a table.
struct AsTable: Command {
    static let chapter = Chapter.tables
    static let summary = "Make a table of a list of records, one row each, or of plain values, in a column `item`."
    static let examples = [Example("[{a: 1}, {a: 2}] | as_table | .a", gives: "[1, 2]")]

    func outputType(for input: ValueType) throws -> ValueType {
        guard case .list(.record(let schema)) = input else { return .table(.unknown) }
        return .table(schema)
    }

    func run(_ input: Rows, in context: Context) throws -> Table {
        switch input {
        case .table(let table): return table
        case .list(let items): return Self.table(of: items)
        }
    }

    private static func table(of items: [Value]) -> Table {
        let records = items.compactMap { Record($0) }
        if !items.isEmpty, items.allSatisfy({ ArchitectureHandle($0) != nil }) {
            return Table([Column(ArchitectureColumn.name, values: items)])
        }
        guard records.count == items.count, !records.isEmpty else { return Table([Column("item", values: items)]) }
        let names = records.reduce(into: [String]()) { names, record in
            for name in record.names where !names.contains(name) { names.append(name) }
        }
        return Table(names.map { name in Column(name, values: records.map { $0[name] ?? .none }) })
    }
}
