/// The first rows of a table as text with the digits of the terminal, for those who lay it out in their own way.
public struct PrintedTable: Sendable {
    /// One column.
    public struct Column: Sendable {
        /// The name.
        public let name: String
        /// The unit of its numbers.
        public let unit: String?
        /// Whether its cells are numbers, which stand to the right.
        public let isNumeric: Bool
        /// One line a cell; numbers without their unit.
        public let cells: [String]
    }

    /// From left to right.
    public let columns: [Column]

    /// - Precondition: the table has at least `rows` rows.
    public init(_ table: Table, rows: Int) {
        columns = table.columns.map { column in
            let laidOut = LaidOutColumn(column, rows: rows, limit: .max)
            return Column(
                name: column.name.printable, unit: column.unit?.rawValue, isNumeric: laidOut.isNumeric,
                cells: laidOut.cells)
        }
    }
}
