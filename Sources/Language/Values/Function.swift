/// Something that can be called: a lambda or a `def` with the names it sees.
public final class Function: Sendable {
    /// What `help` and errors call it.
    public let name: String
    public let parameters: [String]
    private let body: @Sendable ([Value]) throws -> Value

    public init(name: String, parameters: [String], body: @escaping @Sendable ([Value]) throws -> Value) {
        self.name = name
        self.parameters = parameters
        self.body = body
    }

    /// Calls it with one value a parameter.
    public func callAsFunction(_ arguments: [Value]) throws -> Value { try body(arguments) }
}
