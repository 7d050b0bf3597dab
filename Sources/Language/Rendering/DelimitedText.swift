/// Tables as CSV (RFC 4180, with a bare newline at the end of a line) in the form that ``DelimitedReader`` reads back.
///
/// Units stand in the header, `latency (ms)`; a missing cell is empty; text that would read as something else, such as
/// `"7"` or `"none"`, stands in quotes. What is no table is one column, `value`.
public enum DelimitedText {
    /// The header and one line a row.
    public static func lines(_ value: Value, _ write: (String) throws -> Void) rethrows {
        let table = value.tabulated
        guard !table.columns.isEmpty else { return }
        try write(table.columns.map { quoted(header($0)) }.joined(separator: ","))
        // An empty line would be no row at all.
        let missing = table.columns.count == 1 ? "none" : ""
        for row in 0..<table.rowCount {
            try write(table.columns.map { $0.missing[row] ? missing : cell($0[row], missing) }.joined(separator: ","))
        }
    }

    private static func header(_ column: Column) -> String {
        column.unit.map { "\(column.name) (\($0.rawValue))" } ?? column.name
    }

    private static func cell(_ value: Value, _ missing: String) -> String {
        switch value {
        case .none: missing
        case .float(let float): float.isFinite ? float.description : missing
        case .quantity(let quantity): quantity.magnitude.isFinite ? quantity.magnitude.description : missing
        case .string(let string): CellText(string).isText ? quoted(string) : forced(string)
        case .symbol(let symbol): quoted(symbol.name)
        case .handle(let handle): quoted(handle.identity)
        default: quoted(JSONText.text(value))
        }
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { byte in
            byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\t")
        }
        return needsQuotes ? forced(text) : text
    }

    /// In quotes, those within doubled: scalar by scalar, for a mark that combines with a quote must not hide it.
    private static func forced(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { result.unicodeScalars.append(scalar) }
            result.unicodeScalars.append(scalar)
        }
        result.unicodeScalars.append("\"")
        return result
    }
}

extension Value {
    /// The value as a table: a record is one row, a list of records one row each, anything else one column `value`.
    var tabulated: Table {
        switch self {
        case .table(let table): return table
        case .record(let record): return Table(record)
        case .list(let items):
            let records = items.compactMap { if case .record(let record) = $0 { record } else { nil } }
            if !records.isEmpty, records.count == items.count { return Table(records: records) }
            return Table([Column("value", values: items)])
        default: return Table([Column("value", values: [self])])
        }
    }
}
