/// What help, completion, the checker and the reference manual know of a command.
public struct Signature: Sendable {
    /// A parameter of a command.
    public struct Parameter: Sendable {
        /// The name before the colon.
        public let name: String
        public let help: String
        public let type: any ParameterType.Type
        public let isPositional: Bool
        public let isRequired: Bool
        /// The default as text, where there is one worth showing.
        public let fallback: String?
    }
    public let name: String
    public let chapter: Chapter
    public let summary: String
    public let discussion: String
    public let examples: [Example]
    public let input: ValueType
    public let output: ValueType
    public let parameters: [Parameter]

    init<C: Command>(_ command: C.Type) {
        name = C.name
        chapter = C.chapter
        summary = C.summary
        discussion = C.discussion
        examples = C.examples
        input = C.Input.valueType
        output = C.Output.valueType
        parameters = declarations(of: C()).map { name, declared in
            Parameter(
                name: name, help: declared.help, type: declared.parameterType, isPositional: declared.isPositional,
                isRequired: declared.isRequired, fallback: declared.fallbackText)
        }
    }

    public var positional: [Parameter] { parameters.filter(\.isPositional) }
    public var named: [Parameter] { parameters.filter { !$0.isPositional } }

    public subscript(name: String) -> Parameter? { parameters.first { $0.name == name } }
}

/// The parameters of `command`, in the order in which its properties are written.
func declarations(of command: some Command) -> [(name: String, declared: any Declared)] {
    Mirror(reflecting: command).children.compactMap { label, value in
        guard let label, let declared = value as? any Declared else { return nil }
        return (snakeCase(String(label.dropFirst())), declared)  // `_count` is the storage of `count`
    }
}
