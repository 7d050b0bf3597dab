import Testing

@testable import Language

/// Parameters that words share are the words' own.
@Suite struct ParameterGroupTests {
    struct Shared: ParameterGroup {
        @Option("how often") var times = 2
        @Option("what to add") var plus = 0
    }

    struct Repeat: Command {
        static let chapter = Chapter.language
        static let summary = "Multiply and add."
        static let examples: [Example] = []
        @Argument("a number") var number: Int
        var shared = Shared()
        @Option("whether to negate") var negate = false

        func run(_ input: Nothing, in context: Context) throws -> Int {
            (number * shared.times + shared.plus) * (negate ? -1 : 1)
        }
    }

    private let session = Session(vocabulary: Vocabulary(words: [Word(Repeat.self)], constants: []))

    private func result(_ program: String) throws -> String? {
        var shown: String?
        try session.run(Source(name: "test", text: program), show: { shown = ValuePrinter.line($0) })
        return shown
    }

    @Test func `they stand in the place of the group`() {
        #expect(Signature(Repeat.self).parameters.map(\.name) == ["number", "times", "plus", "negate"])
    }

    @Test func `they are bound, call by call`() throws {
        #expect(try result("repeat 5, times: 3, plus: 1") == "16")
        #expect(try result("repeat 5") == "10")
        #expect(try result("repeat 5, plus: 1, negate: true") == "-11")
    }

    @Test func `a misspelt one is told of`() {
        #expect(throws: CellError.self) { try session.run(Source(name: "test", text: "repeat 5, tims: 3")) }
    }
}
