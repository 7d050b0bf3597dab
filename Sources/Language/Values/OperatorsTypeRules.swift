extension ValueType {
    /// The types of which the value has one.
    var alternatives: [ValueType] {
        if case .oneOf(let types) = self { return types.flatMap(\.alternatives) }
        return [self]
    }

    var isNumeric: Bool { self == .int || self == .number }

    var isLogical: Bool { self == .bool || self == .any || self == .none }

    var isTextual: Bool {
        switch self {
        case .string, .symbol, .any, .none: true
        default: false
        }
    }

    /// Whether `==` may be asked of two types; of a number and a string it may not, for it would never hold.
    func isEquatable(to other: ValueType) -> Bool {
        switch (self, other) {
        case (.list, .list), (.record, .record), (.table, .table), (.bool, .bool), (.range, .range): true
        case (.function, .function): true
        case (.handle(let left), .handle(let right)): left == right
        default: isOrdered(with: other)
        }
    }

    func isOrdered(with other: ValueType) -> Bool {
        switch (self, other) {
        case (.any, _), (_, .any), (.none, _), (_, .none): true
        case (.quantity(let left), .quantity(let right)): left == right
        default: isNumeric && other.isNumeric || isTextual && other.isTextual
        }
    }

    /// Whether two values may bound a range.
    func isBound(with other: ValueType) -> Bool {
        switch (self, other) {
        case (.quantity(let left), .quantity(let right)): left == right
        case (.any, .quantity), (.quantity, .any), (.any, .any): true
        default: (isNumeric || self == .any) && (other.isNumeric || other == .any)
        }
    }

    /// Whether `element in self` may be asked.
    func mayContain(_ element: ValueType) -> Bool {
        switch self {
        case .any, .none: true
        case .range: element == .any || element == .none || element.isNumeric || element.isQuantity
        case .list(let type): !element.needsUnit(of: type) && !type.needsUnit(of: element)
        case .string, .record: element.isTextual
        default: element == .none
        }
    }

    /// The type of `self ?? other`.
    func filled(with other: ValueType) -> ValueType? {
        if self == .none { return other }
        if other == .none || self == .any { return self }
        if needsUnit(of: other) || other.needsUnit(of: self) { return nil }
        if case (.quantity(let left), .quantity(let right)) = (self, other), left != right { return nil }
        let joined = joined(other)
        return joined == .any ? .oneOf([self, other]) : joined
    }

    /// The type of `self + other` for what is joined end to end.
    func concatenated(with other: ValueType) -> ValueType? {
        switch (self, other) {
        case (.string, .string), (.any, .string), (.string, .any): .string
        case (.list(let left), .list(let right)): .list(left.joined(right))
        case (.any, .list), (.list, .any): .list(.any)
        default: nil
        }
    }

    var isQuantity: Bool { if case .quantity = self { true } else { false } }

    /// Whether this is a plain number beside a quantity.
    func needsUnit(of other: ValueType) -> Bool { isNumeric && other.isQuantity }
}

extension [ValueType] {
    /// Each type once, in order.
    var distinct: [ValueType] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
