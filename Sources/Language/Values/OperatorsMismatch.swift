extension Operators {
    /// The error of an operator whose operands do not go together.
    static func mismatch(_ op: BinaryOperator, _ lhs: TypedOperand, _ rhs: TypedOperand) -> OperationError {
        if let error = unitMismatch(op, lhs, rhs) { return error }
        switch op {
        case .and, .or:
            let wrong = lhs.type.isLogical ? rhs : lhs
            return OperationError(.type, "`\(op.rawValue)` joins true and false, not \(wrong.type.phrase)")
        case .matches:
            let wrong = lhs.type.isTextual ? rhs : lhs
            return OperationError(
                .type, "`~` matches a string with a pattern, not \(wrong.type.phrase)", help: "write .name ~ \"^conv\"")
        case .isIn:
            return OperationError(
                .type, "\(lhs.type.phrase) cannot be looked for in \(rhs.type.phrase)",
                help: "`in` looks in a list, a range, a string or a record")
        default:
            return OperationError(
                .type, "\(lhs.type.phrase) and \(rhs.type.phrase) cannot be \(op.participle)",
                help: op.isConcatenation(lhs.type, rhs.type) ? "`+` joins a string with a string" : nil)
        }
    }

    /// The error of a quantity beside a plain number or a quantity of something else; nil where units are not the matter.
    static func unitMismatch(_ op: BinaryOperator, _ lhs: TypedOperand, _ rhs: TypedOperand) -> OperationError? {
        switch (lhs.type, rhs.type) {
        case (.quantity(let left), .quantity(let right)):
            if left == right, !op.needsPlainNumber { return nil }
            return OperationError(.unit, "\(left.phrase) and \(right.phrase) cannot be \(op.participle)")
        case (.quantity(let left), _) where rhs.type.isNumeric && (!op.scalesLeft || op == .power):
            let help = op == .power ? nil : suggestion(rhs.literal, lhs.unit ?? left.usualUnit)
            return OperationError(.unit, "\(left.phrase) and a plain number cannot be \(op.participle)", help: help)
        case (_, .quantity(let right)) where lhs.type.isNumeric && op != .times:
            let help = op == .power ? nil : suggestion(lhs.literal, rhs.unit ?? right.usualUnit)
            return OperationError(.unit, "a plain number and \(right.phrase) cannot be \(op.participle)", help: help)
        default: return nil
        }
    }

    /// "did you mean 5ms?"; a fraction such as 0.9 is meant as 90%.
    private static func suggestion(_ literal: Double?, _ unit: Unit) -> String {
        guard let literal else { return "give the number a unit, such as 1\(unit.rawValue)" }
        let isFraction = unit == .percent && literal.magnitude <= 1
        return "did you mean \(Numerals.plain(isFraction ? literal * 100 : literal))\(unit.rawValue)?"
    }
}

extension BinaryOperator {
    /// Says what cannot be done: "… and … cannot be added".
    fileprivate var participle: String {
        switch self {
        case .plus: "added"
        case .minus: "subtracted"
        case .times: "multiplied"
        case .divided: "divided"
        case .modulo: "divided with a remainder"
        case .power: "raised to a power"
        case .range: "the ends of a range"
        case .fallback: "put in place of each other"
        default: "compared"
        }
    }

    fileprivate var needsPlainNumber: Bool { self == .times || self == .power }

    fileprivate var scalesLeft: Bool { self == .times || self == .divided || self == .power }

    fileprivate func isConcatenation(_ lhs: ValueType, _ rhs: ValueType) -> Bool {
        self == .plus && (lhs == .string || rhs == .string)
    }
}
