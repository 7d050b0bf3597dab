/// What the operators do with two values; the kernels do the same with whole columns.
///
/// - `none` propagates through arithmetic, and every comparison with it is false, `==` and `!=` too.
/// - Ints stay ints under `+ - * mod **`, and leaving their range is an error; `/` gives a float.
/// - A result that is no finite number, such as a division by zero, is `none` with the reason.
/// - A sum has the unit of its left operand.
public enum Operators {
    /// The value of `lhs op rhs`.
    ///
    /// - Throws: ``OperationError`` when types or units do not go together or an int overflows.
    public static func apply(_ op: BinaryOperator, _ lhs: Value, _ rhs: Value) throws(OperationError) -> Value {
        switch op {
        case .and, .or: try logic(op, lhs, rhs)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .bool(try compare(op, lhs, rhs))
        case .isIn: .bool(try contains(rhs, lhs))
        case .matches: .bool(try matches(lhs, rhs))
        case .fallback: try fallback(lhs, rhs)
        case .range: try range(lhs, rhs)
        case .plus, .minus, .times, .divided, .modulo, .power: try arithmetic(op, lhs, rhs)
        }
    }

    /// The value of `op operand`.
    public static func apply(_ op: UnaryOperator, _ operand: Value) throws(OperationError) -> Value {
        switch op {
        case .minus: try negate(operand)
        case .not: try not(operand)
        }
    }

    /// `-operand`.
    public static func negate(_ operand: Value) throws(OperationError) -> Value {
        switch operand {
        case .none: return operand
        case .int(let int):
            let (result, overflow) = 0.subtractingReportingOverflow(int)
            guard !overflow else { throw .overflow }
            return .int(result)
        case .float(let float): return .float(-float)
        case .quantity(let quantity): return .quantity(Quantity(-quantity.magnitude, quantity.unit))
        default: throw OperationError(.type, "only a number has a negative, not \(operand.type.phrase)")
        }
    }

    /// `not operand`; `none` stays `none`.
    public static func not(_ operand: Value) throws(OperationError) -> Value {
        guard let truth = try logical(operand, of: "not") else { return operand }
        return .bool(!truth)
    }

    /// Whether a condition holds; `none` does not.
    ///
    /// - Throws: ``OperationError`` when `value` is neither `true` nor `false` nor `none`.
    public static func truth(_ value: Value) throws(OperationError) -> Bool {
        switch value {
        case .bool(let bool): return bool
        case .none: return false
        default:
            throw OperationError(
                .type, "a condition must be true or false, not \(value.type.phrase)", help: "compare it with something")
        }
    }

    /// `and` and `or` of three-valued logic: `none` is a truth that is not known.
    private static func logic(_ op: BinaryOperator, _ lhs: Value, _ rhs: Value) throws(OperationError) -> Value {
        let left = try logical(lhs, of: op.rawValue)
        let right = try logical(rhs, of: op.rawValue)
        let decisive = op == .or
        if left == decisive || right == decisive { return .bool(decisive) }
        if left == nil { return lhs }
        if right == nil { return rhs }
        return .bool(!decisive)
    }

    private static func logical(_ value: Value, of op: String) throws(OperationError) -> Bool? {
        switch value {
        case .bool(let bool): return bool
        case .none: return nil
        default: throw OperationError(.type, "`\(op)` joins true and false, not \(value.type.phrase)")
        }
    }

    private static func fallback(_ lhs: Value, _ rhs: Value) throws(OperationError) -> Value {
        if case .none = lhs { return rhs }
        if let error = unitMismatch(.fallback, TypedOperand(lhs), TypedOperand(rhs)) { throw error }
        return lhs
    }

    private static func range(_ lhs: Value, _ rhs: Value) throws(OperationError) -> Value {
        _ = try result(.range, TypedOperand(lhs), TypedOperand(rhs))
        return .range(ValueRange(lhs, rhs))
    }
}

extension OperationError {
    /// An int left its range.
    static let overflow = OperationError(
        .range, "the result leaves the range of whole numbers", help: "make one operand a float, such as 1.0")
}
