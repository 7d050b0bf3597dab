/// Something that can be called: a lambda or a `def` with the names it sees.
public final class Function: Sendable {
    /// What help and errors call it.
    public let name: String
    /// The names of its parameters.
    public let parameters: [String]
    /// How many arguments it cannot do without.
    public let required: Int
    private let body: @Sendable ([Value]) throws -> Value

    /// Makes it of its parts.
    public init(
        name: String, parameters: [String], required: Int? = nil, body: @escaping @Sendable ([Value]) throws -> Value
    ) {
        self.name = name
        self.parameters = parameters
        self.required = required ?? parameters.count
        self.body = body
    }

    /// Calls it with values for the first of its parameters, at least `required` of them.
    public func callAsFunction(_ arguments: [Value]) throws -> Value { try body(arguments) }

    /// Whether it can be called with so many arguments.
    public func accepts(_ count: Int) -> Bool { (required...parameters.count).contains(count) }

    /// "2 arguments", "1 to 2 arguments".
    var arity: String {
        let range = required == parameters.count ? "\(required)" : "\(required) to \(parameters.count)"
        return "\(range) argument\(parameters.count == 1 ? "" : "s")"
    }

    /// The form of a call.
    public var usage: String { "`\(name)(\(parameters.joined(separator: ", ")))`" }
}
