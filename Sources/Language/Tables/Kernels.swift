/// The operators on whole columns: cell by cell what ``Operators`` does, in loops over bare arrays where the types allow.
public enum Kernels {
    /// `lhs op rhs` in each of `count` rows; a constant when both operands are.
    ///
    /// - Throws: ``OperationError`` as soon as one row's operands do not go together or an int overflows.
    public static func apply(
        _ op: BinaryOperator, _ lhs: Operand, _ rhs: Operand, count: Int
    ) throws(OperationError) -> Operand {
        if case .constant(let left) = lhs, case .constant(let right) = rhs {
            return .constant(try Operators.apply(op, left, right))
        }
        if let column = try fast(op, lhs, rhs, count) { return .column(column) }
        return .column(try cellwise(op, lhs, rhs, count))
    }

    /// `op operand` in each row.
    public static func apply(_ op: UnaryOperator, _ operand: Operand) throws(OperationError) -> Operand {
        switch operand {
        case .constant(let value): .constant(try Operators.apply(op, value))
        case .column(let column): .column(try apply(op, column))
        }
    }

    /// The rows, of `count`, in which a condition holds; a missing condition does not.
    ///
    /// - Throws: ``OperationError`` when the condition is neither true nor false.
    public static func rows(where condition: Operand, count: Int) throws(OperationError) -> [Int] {
        switch condition {
        case .constant(let value): return try Operators.truth(value) ? Array(0..<count) : []
        case .column(let column):
            if case .bools(let flags) = column.cells { return flags.places(except: column.missing) }
            var rows: [Int] = []
            for row in 0..<count where try Operators.truth(column[row]) { rows.append(row) }
            return rows
        }
    }

    /// Nil where no loop over bare arrays fits and the rows must be taken one by one.
    private static func fast(
        _ op: BinaryOperator, _ lhs: Operand, _ rhs: Operand, _ count: Int
    ) throws(OperationError) -> Column? {
        switch op {
        case .plus, .minus, .times, .divided, .modulo, .power: try arithmetic(op, lhs, rhs, count)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: comparison(op, lhs, rhs, count)
        case .and, .or: logic(op, lhs, rhs, count)
        case .fallback: fallback(lhs, rhs, count)
        case .isIn: membership(lhs, rhs, count)
        case .matches: try matches(lhs, rhs, count)
        case .range: nil
        }
    }

    private static func cellwise(
        _ op: BinaryOperator, _ lhs: Operand, _ rhs: Operand, _ count: Int
    ) throws(OperationError) -> Column {
        var values: [Value] = []
        values.reserveCapacity(count)
        for row in 0..<count { values.append(try Operators.apply(op, lhs[row], rhs[row])) }
        return Column("", values: values)
    }

    private static func apply(_ op: UnaryOperator, _ column: Column) throws(OperationError) -> Column {
        switch (op, column.cells) {
        case (.not, .bools(let bools)): return column.with(.bools(bools.map { !$0 }), missing: column.missing)
        case (.minus, .floats(let floats)): return column.with(.floats(floats.map { -$0 }), missing: column.missing)
        case (.minus, .ints(let ints)) where !ints.contains(.min):
            return column.with(.ints(ints.map { -$0 }), missing: column.missing)
        default: break
        }
        var values: [Value] = []
        for row in 0..<column.count { values.append(try Operators.apply(op, column[row])) }
        return Column(column.name, values: values)
    }
}

extension [Bool] {
    /// Where it is true and not missing.
    fileprivate func places(except missing: MissingCells) -> [Int] {
        withUnsafeBufferPointer { flags in
            [Int](unsafeUninitializedCapacity: flags.count) { places, found in
                for place in 0..<flags.count {
                    places[found] = place
                    found += flags[place] && !missing[place] ? 1 : 0
                }
            }
        }
    }
}
