import Language

/// A table or a list: what has rows to pick from.
enum Rows: ValueConvertible {
    case table(Table)
    case list([Value])

    static let valueType = ValueType.oneOf([.table(.unknown), .list(.any)])

    init?(_ value: Value) {
        switch value {
        case .table(let table): self = .table(table)
        case .list(let items): self = .list(items)
        default: return nil
        }
    }

    var value: Value {
        switch self {
        case .table(let table): .table(table)
        case .list(let items): .list(items)
        }
    }

    var count: Int {
        switch self {
        case .table(let table): table.rowCount
        case .list(let items): items.count
        }
    }

    /// The rows of these numbers, in that order.
    func picking(_ rows: some Collection<Int>) -> Value {
        switch self {
        case .table(let table): .table(table.gather(Array(rows)))
        case .list(let items): .list(rows.map { items[$0] })
        }
    }
}

/// Refuses a negative number of rows.
func checkCount(_ count: Int) throws {
    guard count >= 0 else {
        throw CommandError("`count` must not be negative", argument: "count", code: .outOfRange)
    }
}
