/// What help, completion, the checker and the reference manual know of a command.
public struct Signature: Sendable {
    /// A parameter of a command.
    public struct Parameter: Sendable {
        /// The name before the colon.
        public let name: String
        /// What it is for.
        public let help: String
        /// The type of its values.
        public let type: any ParameterType.Type
        /// Whether it may be given without its name.
        public let isPositional: Bool
        /// Whether a call must give it.
        public let isRequired: Bool
        /// The default as text, where there is one worth showing.
        public let fallback: String?
    }
    /// The name.
    public let name: String
    /// The heading it stands under.
    public let chapter: Chapter
    /// One line of help.
    public let summary: String
    /// More for the manual.
    public let discussion: String
    /// Programs that show it at work.
    public let examples: [Example]
    /// What is piped in.
    public let input: ValueType
    /// What comes out.
    public let output: ValueType
    /// The parameters, as they are declared.
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

    /// The parameters that may be given without a name.
    public var positional: [Parameter] { parameters.filter(\.isPositional) }
    /// The parameters that are given by name.
    public var named: [Parameter] { parameters.filter { !$0.isPositional } }

    /// The parameter of a name.
    public subscript(name: String) -> Parameter? { parameters.first { $0.name == name } }
}

/// The parameters of `command`, in the order in which its properties are written; those of a group stand in its place.
func declarations(of command: some Command) -> [(name: String, declared: any Declared)] { declarations(in: command) }

private func declarations(in properties: Any) -> [(name: String, declared: any Declared)] {
    Mirror(reflecting: properties).children.flatMap { label, value -> [(name: String, declared: any Declared)] in
        // Declared first: a type that lacks a conformance is searched for in those of the whole program.
        if let label, let declared = value as? any Declared {
            return [(snakeCase(String(label.dropFirst())), declared)]  // `_count` is the storage of `count`
        }
        return (value as? any ParameterGroup).map { declarations(in: $0) } ?? []
    }
}
