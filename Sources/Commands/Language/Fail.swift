import Language

/// An error of the user's own.
struct Fail: Command {
    static let chapter = Chapter.language
    static let summary = "Stop with a message, for a script that meets what it cannot use."
    static let examples: [Example] = []

    @Argument("what is wrong") var message: String

    func run(_ input: Nothing, in context: Context) throws -> Nothing { throw CommandError(message) }
}
