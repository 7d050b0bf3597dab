internal import _StringProcessing

extension Operators {
    /// Whether two values are the same: `1 == 1.0`, `1s == 1000ms`; nested `none`s are equal to each other.
    public static func areEqual(_ lhs: Value, _ rhs: Value) -> Bool {
        switch (lhs, rhs) {
        case (.int(let left), .int(let right)): left == right
        case (.float(let left), .float(let right)): left == right
        case (.string(let left), .string(let right)): Text.areEqual(left, right)
        case (.bool(let left), .bool(let right)): left == right
        case (.quantity(let left), .quantity(let right)) where left.unit == right.unit:
            left.magnitude == right.magnitude
        default: lhs.keyContent == rhs.keyContent
        }
    }

    /// Where `lhs` stands to `rhs`: negative when it comes first, zero when they are equal, nil when one is `none`.
    ///
    /// - Throws: ``OperationError`` unless both are numbers, quantities of one dimension, or strings.
    public static func order(_ lhs: Value, _ rhs: Value) throws(OperationError) -> Int? {
        try order(.less, lhs, rhs)
    }

    static func compare(_ op: BinaryOperator, _ lhs: Value, _ rhs: Value) throws(OperationError) -> Bool {
        if lhs.isNone || rhs.isNone { return false }
        if op == .equal || op == .notEqual {
            _ = try result(op, TypedOperand(lhs), TypedOperand(rhs))
            if lhs.isNaN || rhs.isNaN { return false }
            return areEqual(lhs, rhs) == (op == .equal)
        }
        guard let order = try order(op, lhs, rhs) else { return false }
        return switch op {
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        default: order >= 0
        }
    }

    private static func order(_ op: BinaryOperator, _ lhs: Value, _ rhs: Value) throws(OperationError) -> Int? {
        switch (lhs, rhs) {
        case (.none, _), (_, .none): return nil
        case (.int(let left), .int(let right)): return sign(left, right)
        case (.float(let left), .float(let right)): return sign(left, right)
        case (.int(let left), .float(let right)): return sign(left, right)
        case (.float(let left), .int(let right)): return sign(right, left).map { -$0 }
        case (.quantity(let left), .quantity(let right)) where left.unit == right.unit:
            return sign(left.magnitude, right.magnitude)
        case (.quantity(let left), .quantity(let right)) where left.unit.dimension == right.unit.dimension:
            return sign(left.baseMagnitude, right.baseMagnitude)
        default: break
        }
        guard let left = lhs.text, let right = rhs.text else {
            throw mismatch(op, TypedOperand(lhs), TypedOperand(rhs))
        }
        return Text.compare(left, right)
    }

    private static func sign(_ left: Int, _ right: Int) -> Int { left < right ? -1 : left == right ? 0 : 1 }

    private static func sign(_ left: Double, _ right: Double) -> Int? {
        left < right ? -1 : left == right ? 0 : left > right ? 1 : nil
    }

    /// Exact also beyond 2⁵³, where an int is no float.
    private static func sign(_ left: Int, _ right: Double) -> Int? {
        if right.isNaN { return nil }
        if right >= 0x1p63 { return -1 }
        if right < -0x1p63 { return 1 }
        let whole = right.rounded(.down)
        let order = sign(left, Int(whole))
        return order == 0 && whole < right ? -1 : order
    }

    /// `element in container`.
    static func contains(_ container: Value, _ element: Value) throws(OperationError) -> Bool {
        if element.isNone || container.isNone { return false }
        switch container {
        case .range(let range):
            guard try compare(.greaterOrEqual, element, range.lower) else { return false }
            return try compare(.lessOrEqual, element, range.upper)
        case .list(let items):
            for item in items {
                if let error = unitMismatch(.isIn, TypedOperand(element), TypedOperand(item)) { throw error }
                if areEqual(element, item) { return true }
            }
            return false
        case .string(let string):
            guard let part = element.text else { break }
            return Text.contains(string, part)
        case .record(let record):
            guard let name = element.text else { break }
            return record[name] != nil
        default: break
        }
        throw mismatch(.isIn, TypedOperand(element), TypedOperand(container))
    }

    /// `text ~ pattern`.
    static func matches(_ text: Value, _ pattern: Value) throws(OperationError) -> Bool {
        if text.isNone || pattern.isNone { return false }
        guard let text = text.text, let pattern = pattern.text else {
            throw mismatch(.matches, TypedOperand(text), TypedOperand(pattern))
        }
        return try Pattern(pattern).matches(text)
    }
}

/// A compiled regular expression.
struct Pattern {
    private let regex: Regex<AnyRegexOutput>

    /// - Throws: ``OperationError`` with the parser's words when `text` is no regular expression.
    init(_ text: String) throws(OperationError) {
        do {
            regex = try Regex(text)
        } catch {
            throw OperationError(
                .range, "`\(text)` is no regular expression: \(error)",
                help: #"put \ before a character meant as itself"#)
        }
    }

    /// Whether some part of `text` matches.
    func matches(_ text: String) -> Bool { text.contains(regex) }
}

extension Value {
    var isNone: Bool { if case .none = self { true } else { false } }

    fileprivate var isNaN: Bool {
        switch self {
        case .float(let float): float.isNaN
        case .quantity(let quantity): quantity.magnitude.isNaN
        default: false
        }
    }

    /// The characters of a string or the name of a constant.
    var text: String? {
        switch self {
        case .string(let string): string
        case .symbol(let symbol): symbol.name
        default: nil
        }
    }
}
