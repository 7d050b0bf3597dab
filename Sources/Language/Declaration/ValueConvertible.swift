/// A Swift type that a word takes.
public protocol ValueReadable: Sendable {
    /// What the checker accepts, and promises where it comes out.
    static var valueType: ValueType { get }
    /// The value as this type, or nil when it is something else.
    init?(_ value: Value)
}

/// A Swift type that a word takes and gives.
public protocol ValueConvertible: ValueReadable {
    /// As a value of the language.
    var value: Value { get }
}

/// The input of a command that starts a pipeline.
public struct Nothing: ValueConvertible {
    /// What the checker knows of it.
    public static let valueType = ValueType.none
    /// Makes it.
    public init() {}
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .none = value else { return nil }
    }
    /// As a value of the language.
    public var value: Value { .none }
}

extension Value: ValueConvertible {
    /// What the checker knows of it.
    public static let valueType = ValueType.any
    /// The value as this type; nil for any other.
    public init?(_ value: Value) { self = value }
    /// As a value of the language.
    public var value: Value { self }
}

extension Table: ValueConvertible {
    /// What the checker knows of it.
    public static let valueType = ValueType.table(.unknown)
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .table(let table) = value else { return nil }
        self = table
    }
    /// As a value of the language.
    public var value: Value { .table(self) }
}

extension Record: ValueConvertible {
    /// What the checker knows of it.
    public static let valueType = ValueType.record(.unknown)
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .record(let record) = value else { return nil }
        self = record
    }
    /// As a value of the language.
    public var value: Value { .record(self) }
}

extension Int: ValueConvertible {
    /// What the checker knows of it.
    public static let valueType = ValueType.int
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .int(let int) = value else { return nil }
        self = int
    }
    /// As a value of the language.
    public var value: Value { .int(self) }
}

extension Double: ValueConvertible {
    /// What the checker knows of it.
    public static let valueType = ValueType.number
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        switch value {
        case .int(let int): self = Double(int)
        case .float(let double): self = double
        default: return nil
        }
    }
    /// As a value of the language.
    public var value: Value { .float(self) }
}

extension Bool: ValueConvertible {
    /// What the checker knows of it.
    public static let valueType = ValueType.bool
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .bool(let bool) = value else { return nil }
        self = bool
    }
    /// As a value of the language.
    public var value: Value { .bool(self) }
}

extension String: ValueConvertible {
    /// What the checker knows of it.
    public static let valueType = ValueType.string
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .string(let string) = value else { return nil }
        self = string
    }
    /// As a value of the language.
    public var value: Value { .string(self) }
}

extension Quantity: ValueConvertible {
    /// What the checker knows of it.
    public static let valueType = ValueType.oneOf(Dimension.allCases.map(ValueType.quantity))
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .quantity(let quantity) = value else { return nil }
        self = quantity
    }
    /// As a value of the language.
    public var value: Value { .quantity(self) }
}

extension Function: ValueConvertible {
    /// What the checker knows of it.
    public static let valueType = ValueType.function
    /// The value as this type; nil for any other.
    public convenience init?(_ value: Value) {
        guard case .function(let function) = value else { return nil }
        self.init(name: function.name, parameters: function.parameters) { try function($0) }
    }
    /// As a value of the language.
    public var value: Value { .function(self) }
}

extension Array: ValueReadable where Element: ValueReadable {
    /// What the checker knows of it.
    public static var valueType: ValueType { .list(Element.valueType) }
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .list(let items) = value else { return nil }
        let elements = items.compactMap { Element($0) }
        guard elements.count == items.count else { return nil }
        self = elements
    }
}

extension Array: ValueConvertible where Element: ValueConvertible {
    /// As a value of the language.
    public var value: Value { .list(map(\.value)) }
}

/// A handle flows through pipes, and into arguments, as itself.
public protocol ConvertibleHandle: Handle, ParameterType, ValueConvertible {}

extension ConvertibleHandle {
    /// What the checker knows of it.
    public static var valueType: ValueType { .handle(typeName) }
    /// What help and errors call it, with its article.
    public static var wording: String { withArticle(typeName) }
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .handle(let handle) = value, let own = handle as? Self else { return nil }
        self = own
    }
    /// As a value of the language.
    public var value: Value { .handle(self) }
}
