/// The name of a constant, with its line of help.
public struct ConstantName: Sendable, Hashable {
    /// The name.
    public let name: String
    /// One line of help.
    public let summary: String

    /// Makes it of its parts.
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
    /// What help and errors call it, with its article.
    public static var wording: String { withArticle(kind) }
    /// What the checker knows of it.
    public static var valueType: ValueType { .symbol(kind) }
    /// The names that stand for its values.
    public static var constants: [ConstantName] { all }

    /// Takes an argument, or says why not.
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
    /// What users call such a thing.
    public static var kind: String { snakeCase(String(describing: Self.self)).replacing("_", with: " ") }
    /// All names.
    public static var all: [ConstantName] { allCases.map { ConstantName(snakeCase($0.rawValue)) } }
    /// The value of a name out of `all`.
    public init(constant name: String) {
        guard let own = Self.allCases.first(where: { snakeCase($0.rawValue) == name }) else {
            preconditionFailure("\(name) is not among the constants of \(Self.kind)")
        }
        self = own
    }
}
