/// Columns of equal length; their names differ.
public struct Table: Sendable {
    /// From left to right.
    public private(set) var columns: [Column]
    /// How many cells each column has.
    public let rowCount: Int

    /// - Precondition: the columns are equally long and their names differ.
    public init(_ columns: [Column] = []) {
        precondition(columns.allSatisfy { $0.count == columns[0].count }, "columns of unequal length")
        precondition(Set(columns.map(\.name)).count == columns.count, "a column's name occurs twice")
        self.columns = columns
        self.rowCount = columns.first?.count ?? 0
    }

    /// The column of a name, nil where there is none.
    public subscript(name: String) -> Column? { columns.first { $0.name == name } }

    /// The table with `column` added at the end, or put in the place of the one of its name.
    ///
    /// - Precondition: `column` has as many cells as the table has rows, or the table has no column.
    public func adding(_ column: Column) -> Table {
        var result = columns
        if let place = columns.firstIndex(where: { $0.name == column.name }) {
            result[place] = column
        } else {
            result.append(column)
        }
        return Table(result)
    }

    /// The names and types of the columns.
    public var schema: Schema { Schema(columns.map(\.columnType)) }

    /// The names of the columns.
    public var names: [String] { columns.map(\.name) }

    /// One row, 0 ..< rowCount.
    public func row(_ row: Int) -> Record { Record(columns.map { ($0.name, $0[row]) }) }
}
