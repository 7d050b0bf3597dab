/// A Swift type that flows through a pipe.
public protocol ValueConvertible: Sendable {
    /// What the checker accepts or promises.
    static var valueType: ValueType { get }
    /// The value as this type, or nil when it is something else.
    init?(_ value: Value)
    var value: Value { get }
}

/// The input of a command that starts a pipeline.
public struct Nothing: ValueConvertible {
    public static let valueType = ValueType.none
    public init() {}
    public init?(_ value: Value) {
        guard case .none = value else { return nil }
    }
    public var value: Value { .none }
}

extension Value: ValueConvertible {
    public static let valueType = ValueType.any
    public init?(_ value: Value) { self = value }
    public var value: Value { self }
}

extension Table: ValueConvertible {
    public static let valueType = ValueType.table(.unknown)
    public init?(_ value: Value) {
        guard case .table(let table) = value else { return nil }
        self = table
    }
    public var value: Value { .table(self) }
}

extension Record: ValueConvertible {
    public static let valueType = ValueType.record(.unknown)
    public init?(_ value: Value) {
        guard case .record(let record) = value else { return nil }
        self = record
    }
    public var value: Value { .record(self) }
}

extension Int: ValueConvertible {
    public static let valueType = ValueType.int
    public init?(_ value: Value) {
        guard case .int(let int) = value else { return nil }
        self = int
    }
    public var value: Value { .int(self) }
}

extension Double: ValueConvertible {
    public static let valueType = ValueType.number
    public init?(_ value: Value) {
        switch value {
        case .int(let int): self = Double(int)
        case .float(let double): self = double
        default: return nil
        }
    }
    public var value: Value { .float(self) }
}

extension Bool: ValueConvertible {
    public static let valueType = ValueType.bool
    public init?(_ value: Value) {
        guard case .bool(let bool) = value else { return nil }
        self = bool
    }
    public var value: Value { .bool(self) }
}

extension String: ValueConvertible {
    public static let valueType = ValueType.string
    public init?(_ value: Value) {
        guard case .string(let string) = value else { return nil }
        self = string
    }
    public var value: Value { .string(self) }
}

extension Quantity: ValueConvertible {
    public static let valueType = ValueType.oneOf(Dimension.allCases.map(ValueType.quantity))
    public init?(_ value: Value) {
        guard case .quantity(let quantity) = value else { return nil }
        self = quantity
    }
    public var value: Value { .quantity(self) }
}

extension Function: ValueConvertible {
    public static let valueType = ValueType.function
    public convenience init?(_ value: Value) {
        guard case .function(let function) = value else { return nil }
        self.init(name: function.name, parameters: function.parameters) { try function($0) }
    }
    public var value: Value { .function(self) }
}

extension Array: ValueConvertible where Element: ValueConvertible {
    public static var valueType: ValueType { .list(Element.valueType) }
    public init?(_ value: Value) {
        guard case .list(let items) = value else { return nil }
        let elements = items.compactMap { Element($0) }
        guard elements.count == items.count else { return nil }
        self = elements
    }
    public var value: Value { .list(map(\.value)) }
}

/// A handle flows through pipes, and into arguments, as itself.
public protocol ConvertibleHandle: Handle, ParameterType, ValueConvertible {}

extension ConvertibleHandle {
    public static var valueType: ValueType { .handle(typeName) }
    public static var wording: String { withArticle(typeName) }
    public init?(_ value: Value) {
        guard case .handle(let handle) = value, let own = handle as? Self else { return nil }
        self = own
    }
    public var value: Value { .handle(self) }
}
