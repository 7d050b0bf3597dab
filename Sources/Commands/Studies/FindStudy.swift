import Language

/// A stored study by name or number.
struct FindStudy: Command {
    static let name = "study"
    static let chapter = Chapter.studies
    static let summary = "Take up a stored study by its name or number."
    static let examples: [Example] = []

    @Option("the space of its architectures, where it is one of your own") var space: SpaceHandle?

    func outputType(for input: ValueType) throws -> ValueType { .handle(StudyHandle.typeName) }

    func run(_ input: StudyReference, in context: Context) throws -> StudyHandle { try input.study(space: space) }
}
