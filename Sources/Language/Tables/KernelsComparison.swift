extension Kernels {
    static func comparison(_ op: BinaryOperator, _ lhs: Operand, _ rhs: Operand, _ count: Int) -> Column? {
        guard let flags = numbers(op, lhs, rhs, count) ?? strings(op, lhs, rhs, count) ?? bools(op, lhs, rhs, count)
        else { return nil }
        return truths(flags, lhs, rhs)
    }

    /// A comparison with a missing cell is false.
    private static func truths(_ flags: [Bool], _ lhs: Operand, _ rhs: Operand) -> Column {
        let missing = lhs.missing.joined(with: rhs.missing)
        return Column("", .bools(missing.isEmpty ? flags : zip(flags, missing.flags).map { $0 && !$1 }))
    }

    private static func numbers(_ op: BinaryOperator, _ lhs: Operand, _ rhs: Operand, _ count: Int) -> [Bool]? {
        guard let left = Numbers(lhs), let right = Numbers(rhs) else { return nil }
        guard left.unit?.dimension == right.unit?.dimension else { return nil }
        if case .ints(let leftInts) = left.cells, case .ints(let rightInts) = right.cells {
            return compare(op, leftInts, rightInts, count)
        }
        guard left.isExact, right.isExact else { return nil }
        if left.unit == right.unit { return compare(op, left.floats, right.floats, count) }
        return compare(
            op, left.floats(by: left.unit?.baseRatio), right.floats(by: right.unit?.baseRatio), count)
    }

    @inline(__always)
    private static func compare<Cell: Comparable>(
        _ op: BinaryOperator, _ left: Lane<Cell>, _ right: Lane<Cell>, _ count: Int
    ) -> [Bool] {
        switch op {
        case .equal: left.zip(right, count: count) { $0 == $1 }
        case .notEqual: left.zip(right, count: count) { $0 != $1 }
        case .less: left.zip(right, count: count) { $0 < $1 }
        case .lessOrEqual: left.zip(right, count: count) { $0 <= $1 }
        case .greater: left.zip(right, count: count) { $0 > $1 }
        default: left.zip(right, count: count) { $0 >= $1 }
        }
    }

    private static func strings(_ op: BinaryOperator, _ lhs: Operand, _ rhs: Operand, _ count: Int) -> [Bool]? {
        guard let left = lhs.strings, let right = rhs.strings else { return nil }
        return switch op {
        case .equal: left.zip(right, count: count) { Text.areEqual($0, $1) }
        case .notEqual: left.zip(right, count: count) { !Text.areEqual($0, $1) }
        case .less: left.zip(right, count: count) { Text.compare($0, $1) < 0 }
        case .lessOrEqual: left.zip(right, count: count) { Text.compare($0, $1) <= 0 }
        case .greater: left.zip(right, count: count) { Text.compare($0, $1) > 0 }
        default: left.zip(right, count: count) { Text.compare($0, $1) >= 0 }
        }
    }

    private static func bools(_ op: BinaryOperator, _ lhs: Operand, _ rhs: Operand, _ count: Int) -> [Bool]? {
        guard op == .equal || op == .notEqual, let left = lhs.bools, let right = rhs.bools else { return nil }
        return left.zip(right, count: count) { ($0 == $1) == (op == .equal) }
    }

    /// `in` a range of numbers, or in a list that is the same for all rows.
    static func membership(_ lhs: Operand, _ rhs: Operand, _ count: Int) -> Column? {
        switch rhs {
        case .constant(.range(let range)):
            guard let above = numbers(.greaterOrEqual, lhs, .constant(range.lower), count),
                let below = numbers(.lessOrEqual, lhs, .constant(range.upper), count)
            else { return nil }
            return truths(zip(above, below).map { $0 && $1 }, lhs, .constant(.bool(true)))
        case .constant(.list(let items)):
            guard let left = lhs.strings else { return nil }
            let texts = Set(items.compactMap(\.text).map(TextKey.init))
            let lane = left.map { texts.contains(TextKey($0)) }
            return truths(lane.zip(lane, count: count) { own, _ in own }, lhs, .constant(.bool(true)))
        default: return nil
        }
    }

    /// `~` with one pattern for all rows, which is then compiled once.
    static func matches(_ lhs: Operand, _ rhs: Operand, _ count: Int) throws(OperationError) -> Column? {
        guard case .many(let strings) = lhs.strings, case .constant(let right) = rhs, let text = right.text else {
            return nil
        }
        let pattern = try Pattern(text)
        let missing = lhs.missing
        return Column("", .bools(strings.indices.map { !missing[$0] && pattern.matches(strings[$0]) }))
    }
}

extension Operand {
    var strings: Lane<String>? {
        switch self {
        case .constant(let value): return value.text.map { .one($0) }
        case .column(let column):
            guard case .strings(let strings) = column.cells else { return nil }
            return .many(strings)
        }
    }

    var bools: Lane<Bool>? {
        switch self {
        case .constant(.bool(let bool)): return .one(bool)
        case .column(let column):
            guard case .bools(let bools) = column.cells else { return nil }
            return .many(bools)
        default: return nil
        }
    }
}
