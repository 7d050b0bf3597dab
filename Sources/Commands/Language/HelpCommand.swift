import Language

/// What the words mean.
struct HelpCommand: Command {
    static let name = "help"
    static let chapter = Chapter.language
    static let summary = "Explain a word, a constant or the code of an error; without one, list all words."
    static let examples = [Example("help sample"), Example("help E012")]

    @Argument("the word") var topic: NewName? = nil

    func outputType(for input: ValueType) throws -> ValueType { .handle(TextHandle.typeName) }

    func run(_ input: Nothing, in context: Context) throws -> TextHandle {
        let help = Help(context.vocabulary)
        guard let topic else { return TextHandle(help.overview) }
        guard let text = help.text(on: topic.text) else {
            throw CommandError(
                "there is no help on `\(topic.text)`",
                help: help.suggestion(for: topic.text) ?? "`help` lists the words", argument: "topic",
                code: .unknownName)
        }
        return TextHandle(text)
    }
}

/// Text that prints as it stands.
struct TextHandle: ConvertibleHandle {
    static let typeName = "text"
    let text: String
    init(_ text: String) { self.text = text }
    var summary: String { String(text.prefix { $0 != "\n" }) }
    var display: String { text }
    var identity: String { text }
}
