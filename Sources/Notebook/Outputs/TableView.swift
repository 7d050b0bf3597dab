public import Language

/// A table as people read it: names with units, cells as text with sensible digits, the first rows of many.
///
/// It is what records keep of a table, and what HTML, Markdown and notebooks are made of: text only, so that each
/// of them escapes it in its own way and nothing in a value becomes markup.
public struct TableView: Sendable, Equatable {
    /// One column's heading.
    public struct Column: Sendable, Equatable {
        /// The name.
        public var name: String
        /// The unit of its numbers, nil where there is none.
        public var unit: String?
        /// Whether its cells are numbers, which stand to the right.
        public var isNumeric: Bool

        /// Makes it of its parts.
        public init(_ name: String, unit: String? = nil, isNumeric: Bool = false) {
            (self.name, self.unit, self.isNumeric) = (name, unit, isNumeric)
        }

        /// The name with its unit in brackets.
        public var heading: String { unit.map { "\(name) (\($0))" } ?? name }
    }

    /// From left to right.
    public var columns: [Column]
    /// The shown rows: one text for each column.
    public var rows: [[String]]
    /// How many rows there are in all.
    public var rowCount: Int

    /// Makes it of its parts.
    public init(columns: [Column], rows: [[String]], rowCount: Int) {
        (self.columns, self.rows, self.rowCount) = (columns, rows, rowCount)
    }
}

extension TableView {
    /// How many rows are shown unless said otherwise: enough to scroll in, little enough to keep.
    public static let rowLimit = 100

    /// The first `limit` rows of a table.
    public init(_ table: Table, limit: Int = TableView.rowLimit) {
        let shown = PrintedTable(table, rows: min(limit, table.rowCount))
        columns = shown.columns.map { Column($0.name, unit: $0.unit, isNumeric: $0.isNumeric) }
        rows = (0..<min(limit, table.rowCount)).map { row in shown.columns.map { $0.cells[row] } }
        rowCount = table.rowCount
    }

    /// What is to be said of rows that are not shown; nil where all are.
    public var remark: String? {
        rowCount > rows.count ? "… \(rowCount - rows.count) more \(rowCount - rows.count == 1 ? "row" : "rows")" : nil
    }
}
