import Language
import Spaces

/// One architecture from its text.
struct Arch: Command {
    static let chapter = Chapter.spaces
    static let summary =
        "Read an architecture from its text, in the form that the space's authors use or as `save` writes it."
    static let examples = [
        Example(#"arch nats_size, "8:8:8:16:32""#, gives: "8:8:8:16:32"),
        Example(#"arch nats_size, "nats_size:0,0,0,1,3""#, gives: "8:8:8:16:32"),
        Example(#"(arch macro, "01210012").genes"#, gives: "[0, 1, 2, 1, 0, 0, 1, 2]"),
    ]

    @Argument("the space") var space: SpaceHandle
    @Argument("the architecture's text") var text: String

    func run(_ input: Nothing, in context: Context) throws -> ArchitectureHandle {
        do {
            return ArchitectureHandle(try space.space.read(text), of: space.space)
        } catch let error as SpaceError {
            throw CommandError(error.reasonWithPlace, help: error.hint, argument: "text", code: .badFile)
        }
    }
}

extension SpaceError {
    /// The reason with the place in the text where there is one.
    var reasonWithPlace: String { offset.map { "at character \($0 + 1): \(reason)" } ?? reason }
}
