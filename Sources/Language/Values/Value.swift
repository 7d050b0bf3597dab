/// A value of the language. Values are immutable; a name can be bound again.
public indirect enum Value: Sendable {
    /// `none`: no value, with the reason where one is known ("no path from input to output").
    case none(String?)
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
    case quantity(Quantity)
    /// `1..10`, both ends included.
    case range(ValueRange)
    case list([Value])
    case record(Record)
    case table(Table)
    case function(Function)
    /// A constant of the language: the name of a proxy, data set, device or method.
    case symbol(Symbol)
    /// Something that a room above owns: a space, an architecture, a figure.
    case handle(any Handle)

    /// `none` without a reason.
    public static let none = Value.none(nil)
}

/// `lower..upper`, both ends included: two numbers or two quantities of one dimension.
public struct ValueRange: Sendable {
    /// The lower end.
    public let lower: Value
    /// The upper end.
    public let upper: Value

    /// Makes it of its parts.
    public init(_ lower: Value, _ upper: Value) {
        self.lower = lower
        self.upper = upper
    }
}

/// Named values in order; a name occurs once.
public struct Record: Sendable {
    /// The names in order.
    public private(set) var names: [String] = []
    private var values: [String: Value] = [:]

    /// Makes it of its parts.
    public init(_ fields: [(String, Value)] = []) {
        for (name, value) in fields { self[name] = value }
    }

    /// The value of a name, here or in a scope around.
    public subscript(name: String) -> Value? {
        get { values[name] }
        set {
            if values[name] == nil, newValue != nil { names.append(name) }
            if newValue == nil { names.removeAll { $0 == name } }
            values[name] = newValue
        }
    }

    /// Names and values in order.
    public var fields: [(name: String, value: Value)] { names.map { ($0, values[$0] ?? .none) } }
}

/// A constant of the language, such as `synflow`, `cifar10` or `pixel3`.
public struct Symbol: Sendable, Hashable {
    /// What it names: `proxy`, `device`, …
    public let kind: String
    /// The name.
    public let name: String

    /// Makes it of its parts.
    public init(kind: String, name: String) {
        self.kind = kind
        self.name = name
    }
}

/// A value that a room above the language owns and the language only passes on.
public protocol Handle: Sendable {
    /// What users read in help and errors: `space`, `architecture`, `figure`.
    static var typeName: String { get }
    /// One line that stands for the value in a table cell.
    var summary: String { get }
    /// What prints when the value is the result of a cell; `summary` unless the type says otherwise.
    var display: String { get }
    /// What compares and hashes: two handles are equal when type and identity are.
    var identity: String { get }
    /// The names after a dot that `field` answers.
    static var fields: [ColumnType] { get }
    /// The value of `handle.name`, or nil where there is none of that name.
    func field(_ name: String) throws -> Value?
}

extension Handle {
    /// What prints when it is a result.
    public var display: String { summary }
    /// What tells it from others of its type.
    public var identity: String { summary }
    /// The names after a dot.
    public static var fields: [ColumnType] { [] }
    /// The value after a dot; nil where there is none of that name.
    public func field(_ name: String) throws -> Value? { nil }
}
