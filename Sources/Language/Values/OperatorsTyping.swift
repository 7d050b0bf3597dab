/// What the checker knows of an operand, and what it says of a result.
public struct TypedOperand: Sendable {
    /// What it is; `any` where nothing is known.
    public var type: ValueType
    /// The unit in which its numbers stand, where it is known.
    public var unit: Unit?
    /// The number, where it is written in the program; for "did you mean 5ms?".
    public var literal: Double?

    /// An operand of a type, with what else is known of it.
    public init(_ type: ValueType, unit: Unit? = nil, literal: Double? = nil) {
        self.type = type
        self.unit = unit
        self.literal = literal
    }

    /// What is known of a value that exists.
    public init(_ value: Value) {
        self.init(value.type)
        if case .quantity(let quantity) = value { unit = quantity.unit }
        literal = value.number
    }
}

extension Operators {
    /// The type of `lhs op rhs` by the rules of ``apply(_:_:_:)``; `any` goes with everything.
    ///
    /// - Parameter rightLiteral: The number on the right, where it is written there.
    /// - Throws: The error that every such operands would raise.
    public static func type(
        _ op: BinaryOperator, _ lhs: ValueType, _ rhs: ValueType, rightLiteral: Double? = nil
    ) throws(OperationError) -> ValueType {
        try result(op, TypedOperand(lhs), TypedOperand(rhs, literal: rightLiteral)).type
    }

    /// The type and unit of `lhs op rhs`.
    ///
    /// - Throws: The error that every such operands would raise.
    public static func result(
        _ op: BinaryOperator, _ lhs: TypedOperand, _ rhs: TypedOperand
    ) throws(OperationError) -> TypedOperand {
        let pairs = lhs.type.alternatives.flatMap { left in rhs.type.alternatives.map { (left, $0) } }
        let types = pairs.compactMap { rule(op, $0, $1) }
        guard let first = types.first else { throw mismatch(op, lhs, rhs) }
        let type = types.allSatisfy { $0 == first } ? first : ValueType.oneOf(types.distinct)
        guard case .quantity(let dimension) = type else { return TypedOperand(type) }
        return TypedOperand(type, unit: [lhs.unit, rhs.unit].compactMap { $0 }.first { $0.dimension == dimension })
    }

    /// The type of `-operand` or `not operand`.
    public static func type(_ op: UnaryOperator, _ operand: ValueType) throws(OperationError) -> ValueType {
        for type in operand.alternatives {
            switch (op, type) {
            case (_, .any), (_, .none): return operand
            case (.minus, .int), (.minus, .number), (.minus, .quantity): return operand
            case (.not, .bool): return .bool
            default: continue
            }
        }
        throw op == .minus
            ? OperationError(.type, "only a number has a negative, not \(operand.phrase)")
            : OperationError(.type, "`not` joins true and false, not \(operand.phrase)")
    }

    /// The result of two simple types, nil where they do not go together.
    private static func rule(_ op: BinaryOperator, _ lhs: ValueType, _ rhs: ValueType) -> ValueType? {
        switch op {
        case .and, .or: lhs.isLogical && rhs.isLogical ? .bool : nil
        case .equal, .notEqual: lhs.isEquatable(to: rhs) ? .bool : nil
        case .less, .lessOrEqual, .greater, .greaterOrEqual: lhs.isOrdered(with: rhs) ? .bool : nil
        case .isIn: rhs.mayContain(lhs) ? .bool : nil
        case .matches: lhs.isTextual && rhs.isTextual ? .bool : nil
        case .fallback: lhs.filled(with: rhs)
        case .range: lhs.isBound(with: rhs) ? .range : nil
        case .plus: sum(lhs, rhs) ?? lhs.concatenated(with: rhs)
        case .minus, .modulo: sum(lhs, rhs)
        case .times: product(lhs, rhs)
        case .divided: quotient(lhs, rhs)
        case .power: power(lhs, rhs)
        }
    }

    private static func sum(_ lhs: ValueType, _ rhs: ValueType) -> ValueType? {
        switch (lhs, rhs) {
        case (.none, _), (_, .none): ValueType.none
        case (.int, .int): .int
        case (.quantity(let left), .quantity(let right)): left == right ? lhs : nil
        case (.any, .quantity): rhs
        case (.quantity, .any): lhs
        case (.any, _) where rhs.isNumeric, (_, .any) where lhs.isNumeric, (.any, .any): .any
        default: lhs.isNumeric && rhs.isNumeric ? .number : nil
        }
    }

    private static func product(_ lhs: ValueType, _ rhs: ValueType) -> ValueType? {
        switch (lhs, rhs) {
        case (.none, _), (_, .none): ValueType.none
        case (.int, .int): .int
        case (.quantity, _): rhs.isNumeric || rhs == .any ? lhs : nil
        case (_, .quantity): lhs.isNumeric || lhs == .any ? rhs : nil
        case (.any, _) where rhs.isNumeric, (_, .any) where lhs.isNumeric, (.any, .any): .any
        default: lhs.isNumeric && rhs.isNumeric ? .number : nil
        }
    }

    private static func quotient(_ lhs: ValueType, _ rhs: ValueType) -> ValueType? {
        switch (lhs, rhs) {
        case (.none, _), (_, .none): ValueType.none
        case (.quantity(let left), .quantity(let right)): left == right ? .number : nil
        case (.quantity, .any), (.any, .any): .any
        case (.quantity, _): rhs.isNumeric ? lhs : nil
        case (.any, .quantity): .number
        case (.any, _): rhs.isNumeric ? .any : nil
        case (_, .any): lhs.isNumeric ? .number : nil
        default: lhs.isNumeric && rhs.isNumeric ? .number : nil
        }
    }

    private static func power(_ lhs: ValueType, _ rhs: ValueType) -> ValueType? {
        if lhs == .none || rhs == .none { return ValueType.none }
        return (lhs.isNumeric || lhs == .any) && (rhs.isNumeric || rhs == .any) ? .number : nil
    }
}
