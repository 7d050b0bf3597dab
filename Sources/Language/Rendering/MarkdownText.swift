/// Tables as Markdown (GitHub's pipe tables), with digits as for people; what is no table is one column, `value`.
public enum MarkdownText {
    /// The header, the rule and one line a row.
    public static func lines(_ value: Value, _ write: (String) throws -> Void) rethrows {
        let table = value.tabulated
        guard !table.columns.isEmpty else { return }
        let columns = table.columns.map { LaidOutColumn($0, rows: table.rowCount, limit: .max) }
        try write(row(columns.map(\.header)))
        try write("|" + columns.map { $0.isNumeric ? " ---: |" : " --- |" }.joined())
        for place in 0..<table.rowCount { try write(row(columns.map { $0.cells[place] })) }
    }

    private static func row(_ cells: [String]) -> String { "| " + cells.map(escaped).joined(separator: " | ") + " |" }

    /// What Markdown would take as markup stands for itself.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            if "\\`*|<~".unicodeScalars.contains(scalar) { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
    }
}
