/// The name of a constant, with its line of help.
public struct ConstantName: Sendable, Hashable {
    public let name: String
    public let summary: String

    public init(_ name: String, _ summary: String = "") {
        self.name = name
        self.summary = summary
    }
}

/// A parameter whose values have names: a device, a data set, a method.
public protocol Constant: ParameterType {
    /// What users call such a thing: `device`, `metric`.
    static var kind: String { get }
    /// All there are.
    static var all: [ConstantName] { get }
    /// The value of a name out of `all`.
    init(constant name: String)
}

extension Constant {
    public static var wording: String { "a \(kind)" }
    public static var valueType: ValueType { .symbol(kind) }
    public static var constants: [ConstantName] { all }

    public init(bound argument: BoundArgument) throws(ArgumentError) {
        guard case .value(.symbol(let symbol)) = argument, Self.all.contains(where: { $0.name == symbol.name }) else {
            throw ArgumentError("must be \(Self.wording)\(argument.nature)", help: Self.offer)
        }
        self.init(constant: symbol.name)
    }

    /// "one of: test, val".
    public static var offer: String { "one of: \(all.map(\.name).joined(separator: ", "))" }
}

extension Constant where Self: RawRepresentable<String> & CaseIterable {
    public static var kind: String { snakeCase(String(describing: Self.self)).replacing("_", with: " ") }
    public static var all: [ConstantName] { allCases.map { ConstantName(snakeCase($0.rawValue)) } }
    public init(constant name: String) {
        guard let own = Self.allCases.first(where: { snakeCase($0.rawValue) == name }) else {
            preconditionFailure("\(name) is not among the constants of \(Self.kind)")
        }
        self = own
    }
}
