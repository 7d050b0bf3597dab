import Language
import Testing

/// Cells with numbers and places of their own.
@Suite struct SessionTests {
    private let session = Session(vocabulary: Vocabulary(words: [], constants: []))

    private func values(_ text: String, number: Int? = nil) throws -> [String] {
        var shown: [String] = []
        try session.run(Source(name: "x", text: text), number: number, show: { shown.append(ValuePrinter.line($0)) })
        return shown
    }

    private func error(_ body: () throws -> Void) throws -> Diagnostic {
        do {
            try body()
        } catch CellError.rejected(let diagnostic) {
            return diagnostic
        }
        throw Missing()
    }

    private struct Missing: Error {}

    @Test func `a result lies under the number of its cell`() throws {
        #expect(try values("1", number: 3) == ["1"])
        #expect(session.nextCell == 4)
        #expect(try values("[out[1], out[3]]") == ["[none, 1]"])
        #expect(try values("7", number: 3) == ["7"])
        #expect(try values("out[3]", number: 9) == ["7"])
        #expect(session.nextCell == 10)
    }

    @Test func `a cell that is rejected takes no number from the next`() throws {
        _ = try error { try session.run(Source(name: "x", text: "nosuch"), number: 1) }
        #expect(try values("2", number: 2) == ["2"])
        #expect(try values("out[2]", number: 3) == ["2"])
    }

    @Test func `errors of a part of a file tell the file's lines`() throws {
        let source = Source(name: "x.nash", text: "1\n2 + \"a\"", firstLine: 11)
        let found = try error { try session.run(source) }
        let text = Renderer().render(found)
        #expect(text.contains("x.nash:12:") && text.contains("12 | 2 + \"a\""))
        #expect(JSONRenderer.render(found).contains("\"line\":12"))
    }

    @Test func `cells are checked together before one runs`() throws {
        let cells = ["x = 1", "y = x + 1\ny", "x + nosuch"].enumerated().map { index, text in
            Source(name: "x", text: text, firstLine: 10 * index + 1)
        }
        #expect(Renderer().render(try error { try session.check(cells) }).contains("x:21:5"))
        #expect(throws: Never.self) { try session.check(Array(cells.prefix(2))) }
        #expect(session.scope["x"] == nil && session.nextCell == 1)
    }

    @Test func `each statement is told before it runs`() throws {
        var told: [String] = []
        try session.run(
            Source(name: "x", text: "a = 1\na; for i in 1..2 { i }"), begin: { _ in told.append("begin") },
            show: { told.append(ValuePrinter.line($0)) })
        #expect(told == ["begin", "begin", "begin", "1", "2"])
    }
}
