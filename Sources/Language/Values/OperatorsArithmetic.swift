internal import Glibc

extension Operators {
    static func arithmetic(_ op: BinaryOperator, _ lhs: Value, _ rhs: Value) throws(OperationError) -> Value {
        switch (lhs, rhs) {
        case (.none(let reason), .none(let other)): return .none(reason ?? other)
        case (.none, _): return lhs
        case (_, .none): return rhs
        case (.int(let left), .int(let right)): return try integers(op, left, right)
        case (.quantity(let left), .quantity(let right)): return try quantities(op, left, right)
        case (.quantity(let left), _): return try scaled(op, left, rhs)
        case (_, .quantity(let right)): return try scaling(op, lhs, right)
        case (.string(let left), .string(let right)) where op == .plus: return .string(left + right)
        case (.list(let left), .list(let right)) where op == .plus: return .list(left + right)
        default: break
        }
        guard let left = lhs.number, let right = rhs.number else {
            throw mismatch(op, TypedOperand(lhs), TypedOperand(rhs))
        }
        return floats(op, left, right)
    }

    /// Int arithmetic; a negative exponent and `/` give floats.
    static func integers(_ op: BinaryOperator, _ left: Int, _ right: Int) throws(OperationError) -> Value {
        let (result, overflow): (Int, Bool)
        switch op {
        case .plus: (result, overflow) = left.addingReportingOverflow(right)
        case .minus: (result, overflow) = left.subtractingReportingOverflow(right)
        case .times: (result, overflow) = left.multipliedReportingOverflow(by: right)
        case .modulo where right != 0: (result, overflow) = (flooredRemainder(left, right), false)
        case .power where right >= 0: (result, overflow) = power(left, right)
        default: return floats(op, Double(left), Double(right))
        }
        guard !overflow else { throw .overflow }
        return .int(result)
    }

    /// Float arithmetic; what is no finite number is `none` with the reason.
    static func floats(_ op: BinaryOperator, _ left: Double, _ right: Double) -> Value {
        let result = float(op, left, right)
        return result.isFinite ? .float(result) : .none(reason(op, left, right, result))
    }

    /// The bare number, which may be infinite or none.
    @inline(__always)
    static func float(_ op: BinaryOperator, _ left: Double, _ right: Double) -> Double {
        switch op {
        case .plus: left + right
        case .minus: left - right
        case .times: left * right
        case .divided: left / right
        case .modulo: flooredRemainder(left, right)
        default: pow(left, right)
        }
    }

    /// Why a result is `none`.
    static func reason(_ op: BinaryOperator, _ left: Double, _ right: Double, _ result: Double) -> String {
        switch op {
        case .divided where right == 0, .modulo where right == 0: "division by zero"
        case .power where left == 0 && right < 0: "division by zero"
        case .power where left < 0 && result.isNaN: "a negative number has no such power"
        default: result.isNaN ? "not a number" : "too large for a number"
        }
    }

    /// The remainder with the sign of the divisor, as in Python.
    @inline(__always)
    static func flooredRemainder(_ left: Double, _ right: Double) -> Double {
        let remainder = fmod(left, right)
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
    }

    @inline(__always)
    static func flooredRemainder(_ left: Int, _ right: Int) -> Int {
        if right == -1 { return 0 }
        let remainder = left % right
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
    }

    /// `base` to a power that is not negative, by squaring.
    static func power(_ base: Int, _ exponent: Int) -> (Int, Bool) {
        var (result, square, rest) = (1, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 {
                let (product, overflow) = result.multipliedReportingOverflow(by: square)
                if overflow { return (0, true) }
                result = product
            }
            rest >>= 1
            if rest == 0 { break }
            let (product, overflow) = square.multipliedReportingOverflow(by: square)
            if overflow { return (0, true) }
            square = product
        }
        return (result, false)
    }

    private static func quantities(
        _ op: BinaryOperator, _ left: Quantity, _ right: Quantity
    ) throws(OperationError) -> Value {
        guard left.unit.dimension == right.unit.dimension, op != .times, op != .power else {
            throw mismatch(op, TypedOperand(.quantity(left)), TypedOperand(.quantity(right)))
        }
        let result = floats(op, left.magnitude, right.magnitude(in: left.unit))
        return op == .divided ? result : result.with(left.unit)
    }

    private static func scaled(
        _ op: BinaryOperator, _ left: Quantity, _ rhs: Value
    ) throws(OperationError) -> Value {
        guard op == .times || op == .divided, let right = rhs.number else {
            throw mismatch(op, TypedOperand(.quantity(left)), TypedOperand(rhs))
        }
        return floats(op, left.magnitude, right).with(left.unit)
    }

    private static func scaling(
        _ op: BinaryOperator, _ lhs: Value, _ right: Quantity
    ) throws(OperationError) -> Value {
        guard op == .times, let left = lhs.number else {
            throw mismatch(op, TypedOperand(lhs), TypedOperand(.quantity(right)))
        }
        return floats(op, left, right.magnitude).with(right.unit)
    }
}

extension Value {
    /// The number of an int or a float.
    var number: Double? {
        switch self {
        case .int(let int): Double(int)
        case .float(let float): float
        default: nil
        }
    }

    /// A plain float as a quantity; everything else as it is.
    fileprivate func with(_ unit: Unit) -> Value {
        if case .float(let float) = self { return .quantity(Quantity(float, unit)) }
        return self
    }
}
