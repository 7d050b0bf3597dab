/// What the checker knows of a value before it exists.
public indirect enum ValueType: Sendable, Hashable {
    /// Nothing is known.
    case any
    case none
    case bool
    case int
    /// An int or a float.
    case number
    case string
    case quantity(Dimension)
    case range
    case list(ValueType)
    case record(Schema)
    case table(Schema)
    case function
    /// A constant of the named kind.
    case symbol(String)
    /// A handle whose type users know by this name.
    case handle(String)
    case oneOf([ValueType])
}

/// A column as the checker sees it.
public struct ColumnType: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The type of its cells.
    public var type: ValueType
    /// The unit in which the column's numbers stand, where they have one.
    public var unit: Unit?

    /// Makes it of its parts.
    public init(_ name: String, _ type: ValueType, unit: Unit? = nil) {
        self.name = name
        self.type = unit.map { .quantity($0.dimension) } ?? type
        self.unit = unit
    }
}

/// The columns of a table, or the fields of a record.
public struct Schema: Sendable, Hashable {
    /// The columns that are known, in order.
    public var columns: [ColumnType]
    /// Whether there may be others that the checker cannot know.
    public var isOpen: Bool

    /// Makes it of its parts.
    public init(_ columns: [ColumnType] = [], isOpen: Bool = false) {
        self.columns = columns
        self.isOpen = isOpen
    }

    /// Columns about which nothing is known.
    public static let unknown = Schema(isOpen: true)

    /// What stands under a name.
    public subscript(name: String) -> ColumnType? { columns.first { $0.name == name } }

    /// The schema with `column` added at the end, or put in the place of the one of its name.
    public func adding(_ column: ColumnType) -> Schema {
        var result = self
        if let place = columns.firstIndex(where: { $0.name == column.name }) {
            result.columns[place] = column
        } else {
            result.columns.append(column)
        }
        return result
    }

    /// The schema with columns added one by one.
    public func adding(_ columns: [ColumnType]) -> Schema { columns.reduce(self) { $0.adding($1) } }
}
