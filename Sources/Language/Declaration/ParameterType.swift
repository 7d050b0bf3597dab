/// A Swift type that a command's parameter may have.
public protocol ParameterType: Sendable {
    /// What help and errors call it, with its article: `a number`, `a device`.
    static var wording: String { get }
    /// What the checker accepts.
    static var valueType: ValueType { get }
    /// The names that stand for its values, where it is a set of constants.
    static var constants: [ConstantName] { get }
    /// Whether its argument is computed for each row instead of once.
    static var isRow: Bool { get }
    /// Whether it takes several values: all positional arguments that remain, or a list.
    static var isMany: Bool { get }
    /// Whether an argument may be left out.
    static var isOptional: Bool { get }
    /// Whether a bare name means itself, as text: the name of a column to make.
    static var takesAnyName: Bool { get }
    /// Whether an argument is the path of a file, which completion then offers.
    static var isPath: Bool { get }
    init(bound argument: BoundArgument) throws(ArgumentError)
}

extension ParameterType {
    /// The names that stand for its values.
    public static var constants: [ConstantName] { [] }
    /// Whether its argument is computed for each row.
    public static var isRow: Bool { false }
    /// Whether it takes several values.
    public static var isMany: Bool { false }
    /// Whether an argument may be left out.
    public static var isOptional: Bool { false }
    /// Whether a bare name means itself.
    public static var takesAnyName: Bool { false }
    /// Whether an argument is the path of a file.
    public static var isPath: Bool { false }
}

/// What a call gives a parameter.
public enum BoundArgument: Sendable {
    case value(Value)
    case row(RowExpression)
    case many([BoundArgument])
}

/// Why a parameter refuses its argument: the rest of a sentence that begins with the parameter's name.
public struct ArgumentError: Error, Sendable {
    /// What is wrong.
    public let message: String
    /// What to try.
    public let help: String?

    /// Makes it of its parts.
    public init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }
}

extension ParameterType where Self: ValueReadable {
    /// Takes an argument, or says why not.
    public init(bound argument: BoundArgument) throws(ArgumentError) {
        guard case .value(let value) = argument, let own = Self(value) else {
            throw ArgumentError("must be \(Self.wording)\(argument.nature)")
        }
        self = own
    }
}

extension BoundArgument {
    /// ", not a string", for the end of a complaint.
    var nature: String {
        switch self {
        case .value(let value): ", not \(value.type.phrase)"
        case .row: ", not a column"
        case .many: ", not several values"
        }
    }
}

extension Int: ParameterType {
    /// What help and errors call it.
    public static let wording = "a whole number"
}
extension Double: ParameterType {
    /// What help and errors call it.
    public static let wording = "a number"
}
extension Bool: ParameterType {
    /// What help and errors call it.
    public static let wording = "true or false"
}
extension String: ParameterType {
    /// What help and errors call it.
    public static let wording = "a string"
}
extension Quantity: ParameterType {
    /// What help and errors call it.
    public static let wording = "a quantity with a unit"
}
extension Record: ParameterType {
    /// What help and errors call it.
    public static let wording = "a record"
}
extension Table: ParameterType {
    /// What help and errors call it.
    public static let wording = "a table"
}
extension Value: ParameterType {
    /// What help and errors call it.
    public static let wording = "a value"
}

extension Optional: ParameterType where Wrapped: ParameterType {
    /// What help and errors call it, with its article.
    public static var wording: String { Wrapped.wording }
    /// What the checker knows of it.
    public static var valueType: ValueType { Wrapped.valueType }
    /// The names that stand for its values.
    public static var constants: [ConstantName] { Wrapped.constants }
    /// Whether its argument is computed for each row.
    public static var isRow: Bool { Wrapped.isRow }
    /// Whether it takes several values.
    public static var isMany: Bool { Wrapped.isMany }
    /// Whether an argument may be left out.
    public static var isOptional: Bool { true }
    /// Whether a bare name means itself.
    public static var takesAnyName: Bool { Wrapped.takesAnyName }
    /// Whether an argument is the path of a file.
    public static var isPath: Bool { Wrapped.isPath }
    /// Takes an argument, or says why not.
    public init(bound argument: BoundArgument) throws(ArgumentError) {
        if case .value(.none) = argument { self = nil } else { self = try Wrapped(bound: argument) }
    }
}

extension Array: ParameterType where Element: ParameterType {
    /// What help and errors call it, with its article.
    public static var wording: String { "\(Element.wording), or several" }
    /// What the checker knows of it.
    public static var valueType: ValueType { .oneOf([Element.valueType, .list(Element.valueType)]) }
    /// The names that stand for its values.
    public static var constants: [ConstantName] { Element.constants }
    /// Whether its argument is computed for each row.
    public static var isRow: Bool { Element.isRow }
    /// Whether it takes several values.
    public static var isMany: Bool { true }
    /// Whether a bare name means itself.
    public static var takesAnyName: Bool { Element.takesAnyName }
    /// Whether an argument is the path of a file.
    public static var isPath: Bool { Element.isPath }
    /// Takes an argument, or says why not.
    public init(bound argument: BoundArgument) throws(ArgumentError) {
        var elements: [Element] = []
        for piece in argument.pieces { elements.append(try Element(bound: piece)) }
        self = elements
    }
}

extension BoundArgument {
    /// The arguments one by one: lists are opened.
    var pieces: [BoundArgument] {
        switch self {
        case .many(let pieces): pieces.flatMap(\.pieces)
        case .value(.list(let items)): items.map(BoundArgument.value)
        default: [self]
        }
    }
}

/// A path, as the user wrote it; completion offers files.
public struct FilePath: ParameterType, ValueReadable {
    /// What help and errors call it, with its article.
    public static let wording = "a path in quotes"
    /// What the checker knows of it.
    public static let valueType = ValueType.string
    /// Whether an argument is the path of a file.
    public static let isPath = true
    /// The text.
    public let text: String
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .string(let text) = value else { return nil }
        self.text = text
    }
}

/// A bare name, such as that of a column to make: `as: val12`.
public struct NewName: ParameterType, ValueReadable {
    /// What help and errors call it, with its article.
    public static let wording = "a name"
    /// What the checker knows of it.
    public static let valueType = ValueType.string
    /// Whether a bare name means itself.
    public static let takesAnyName = true
    /// The text.
    public let text: String
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .string(let text) = value, !text.isEmpty else { return nil }
        self.text = text
    }
}

/// A number of epochs: `27ep`, or a plain `27`.
public struct Epochs: ParameterType, ValueReadable, CustomStringConvertible {
    /// What help and errors call it, with its article.
    public static let wording = "a number of epochs, such as 27ep"
    /// What the checker knows of it.
    public static let valueType = ValueType.oneOf([.quantity(.epochs), .int])
    /// How many.
    public let count: Int
    /// Makes it of its parts.
    public init(_ count: Int) { self.count = count }
    /// As it is typed, `27ep`.
    public var description: String { "\(count)ep" }
    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        switch value {
        case .int(let count): self.count = count
        case .quantity(let quantity)
        where quantity.unit == .epochs && quantity.magnitude.rounded() == quantity.magnitude:
            guard let count = Int(exactly: quantity.magnitude) else { return nil }
            self.count = count
        default: return nil
        }
    }
}
