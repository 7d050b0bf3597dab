/// Values as JSON: numbers as precise as they are, quantities as numbers in their unit, `none` as `null`.
///
/// A range is `[lower, upper]`, a constant and a function its name, a handle its identity. No number is ever NaN or
/// infinite: `null` stands there.
public enum JSONText {
    /// One line a value; a table is one object a row.
    public static func lines(_ value: Value, _ write: (String) throws -> Void) rethrows {
        guard case .table(let table) = value else { return try write(text(value)) }
        let keys = table.names.map { JSONRenderer.quoted($0) + ":" }
        for row in 0..<table.rowCount { try write(object(table, row, keys)) }
    }

    /// The value as one line; a table is an array of objects.
    public static func text(_ value: Value) -> String {
        switch value {
        case .none: "null"
        case .bool(let bool): bool ? "true" : "false"
        case .int(let int): String(int)
        case .float(let float): number(float)
        case .string(let string): JSONRenderer.quoted(string)
        case .quantity(let quantity): number(quantity.magnitude)
        case .range(let range): "[\(text(range.lower)),\(text(range.upper))]"
        case .list(let items): "[\(items.map(text).joined(separator: ","))]"
        case .record(let record):
            "{\(record.fields.map { "\(JSONRenderer.quoted($0.name)):\(text($0.value))" }.joined(separator: ","))}"
        case .table(let table): "[\(rows(table).joined(separator: ","))]"
        case .function(let function): JSONRenderer.quoted(function.name)
        case .symbol(let symbol): JSONRenderer.quoted(symbol.name)
        case .handle(let handle): JSONRenderer.quoted(handle.identity)
        }
    }

    static func number(_ number: Double) -> String { number.isFinite ? number.description : "null" }

    private static func rows(_ table: Table) -> [String] {
        let keys = table.names.map { JSONRenderer.quoted($0) + ":" }
        return (0..<table.rowCount).map { object(table, $0, keys) }
    }

    private static func object(_ table: Table, _ row: Int, _ keys: [String]) -> String {
        "{\(zip(keys, table.columns).map { $0 + text($1[row]) }.joined(separator: ","))}"
    }
}
