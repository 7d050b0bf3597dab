import Language

/// What a value is.
struct TypeOf: Command {
    static let chapter = Chapter.language
    static let summary = "Say what a value is: `a table`, `a number`, `a time`."
    static let examples = [Example("5ms | type_of", gives: "a time")]

    func outputType(for input: ValueType) throws -> ValueType { .string }

    func run(_ input: Value, in context: Context) throws -> String { input.type.phrase }
}
