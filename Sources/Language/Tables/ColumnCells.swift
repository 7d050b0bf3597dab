extension Column {
    /// The cell of a row, 0 ..< count, as a value.
    public subscript(row: Int) -> Value {
        if missing[row] { return .none(missing.reasons[row]) }
        switch cells {
        case .bools(let cells): return .bool(cells[row])
        case .ints(let cells): return unit.map { .quantity(Quantity(Double(cells[row]), $0)) } ?? .int(cells[row])
        case .floats(let cells): return unit.map { .quantity(Quantity(cells[row], $0)) } ?? .float(cells[row])
        case .strings(let cells): return .string(cells[row])
        case .handles(let cells): return .handle(cells.handle(at: row))
        case .values(let cells): return cells[row]
        }
    }

    /// All cells as values.
    public var values: [Value] { (0..<count).map { self[$0] } }

    /// The type of the cells that are not missing.
    public var type: ValueType {
        if let unit { return .quantity(unit.dimension) }
        return switch cells {
        case .bools: .bool
        case .ints: .int
        case .floats: .number
        case .strings: .string
        case .handles(let cells): .handle(cells.typeName)
        case .values(let cells): Value.commonType(cells)
        }
    }

    /// The column as the checker sees it.
    public var columnType: ColumnType { ColumnType(name, type, unit: unit) }

    /// The same column with other cells.
    func with(_ cells: Cells, missing: MissingCells) -> Column {
        Column(name, cells, missing: missing, unit: unit, origin: origin)
    }

    /// The cells of `rows`, in that order; a row may occur more than once.
    public func gather(_ rows: [Int]) -> Column { with(cells.gather(rows), missing: missing.gather(rows)) }

    /// The numbers as floats, in `unit`, NaN where a cell is missing; nil when the cells are no numbers.
    public var numbers: [Double]? {
        let numbers: [Double]
        switch cells {
        case .ints(let cells): numbers = cells.map { Double($0) }
        case .floats(let cells): numbers = cells
        default: return nil
        }
        return missing.isEmpty ? numbers : zip(numbers, missing.flags).map { $1 ? .nan : $0 }
    }

    /// The numbers that are not missing, in `unit`; nil when the cells are no numbers.
    public var presentNumbers: [Double]? {
        guard let numbers else { return nil }
        return missing.isEmpty ? numbers : zip(numbers, missing.flags).compactMap { $1 ? nil : $0 }
    }
}

extension Cells {
    func gather(_ rows: [Int]) -> Cells {
        switch self {
        case .bools(let cells): .bools(cells.gather(rows))
        case .ints(let cells): .ints(cells.gather(rows))
        case .floats(let cells): .floats(cells.gather(rows))
        case .strings(let cells): .strings(cells.gather(rows))
        case .handles(let cells): .handles(cells.gather(rows))
        case .values(let cells): .values(cells.gather(rows))
        }
    }
}

extension Array {
    @inline(__always)
    func gather(_ rows: [Int]) -> [Element] {
        withUnsafeBufferPointer { own in
            [Element](unsafeUninitializedCapacity: rows.count) { buffer, count in
                for (place, row) in rows.enumerated() {
                    buffer.initializeElement(at: place, to: own[row])
                }
                count = rows.count
            }
        }
    }
}
