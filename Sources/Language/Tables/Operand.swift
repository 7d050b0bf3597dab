/// What an operator gets for a whole table: one value for every row, or a column.
public enum Operand: Sendable {
    case constant(Value)
    case column(Column)

    /// The value in a row.
    public subscript(row: Int) -> Value {
        switch self {
        case .constant(let value): value
        case .column(let column): column[row]
        }
    }

    /// The operand as a column of `count` cells.
    public func column(named name: String, count: Int) -> Column {
        switch self {
        case .constant(let value): Column(name, repeating: value, count: count)
        case .column(let column): column.named(name)
        }
    }

    /// What the checker calls its values.
    var type: ValueType {
        switch self {
        case .constant(let value): value.type
        case .column(let column): column.type
        }
    }

    var missing: MissingCells {
        if case .column(let column) = self { return column.missing }
        return MissingCells()
    }
}

/// One cell for all rows, or one for each.
enum Lane<Cell: Sendable>: Sendable {
    case one(Cell)
    case many([Cell])

    /// Each cell by `transform`.
    @inline(__always)
    func map<Result>(_ transform: (Cell) -> Result) -> Lane<Result> {
        switch self {
        case .one(let cell): .one(transform(cell))
        case .many(let cells): .many(cells.map(transform))
        }
    }

    /// `combine` of the two lanes in each of `count` rows, in one loop over bare memory.
    @inline(__always)
    func zip<Result>(_ other: Lane<Cell>, count: Int, _ combine: (Cell, Cell) -> Result) -> [Result] {
        switch (self, other) {
        case (.many(let left), .many(let right)):
            return left.withUnsafeBufferPointer { left in
                right.withUnsafeBufferPointer { right in
                    [Result](count: count) { combine(left[$0], right[$0]) }
                }
            }
        case (.many(let left), .one(let right)):
            return left.withUnsafeBufferPointer { left in [Result](count: count) { combine(left[$0], right) } }
        case (.one(let left), .many(let right)):
            return right.withUnsafeBufferPointer { right in [Result](count: count) { combine(left, right[$0]) } }
        case (.one(let left), .one(let right)):
            return [Result](repeating: combine(left, right), count: count)
        }
    }
}

extension Array {
    /// `count` elements, each made from its place.
    @inline(__always)
    init(count: Int, _ element: (Int) -> Element) {
        self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
            for place in 0..<count { buffer.initializeElement(at: place, to: element(place)) }
            initialized = count
        }
    }
}
