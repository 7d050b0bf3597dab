import Testing

@testable import Language

@Suite struct DiagnosticRendererTests {
    private func render(_ text: String, _ marks: [(Int, Int, String)], width: Int = 80, help: String? = nil) -> String {
        let source = Source(name: "cell 1", text: text)
        let labels = marks.map { Diagnostic.Label(source, Span($0.0, $0.1), $0.2) }
        return Renderer(width: width).render(Diagnostic(.syntax, "it is wrong", labels: labels, help: help))
    }

    private func expect(_ rendered: String, _ expected: String) {
        #expect(rendered == expected, "\n\(rendered)")
    }

    @Test func oneLabel() {
        expect(
            render("all | where .latency < 5m", [(24, 25, "not a unit")], help: "did you mean `5ms`?"),
            """
            error[E001]: it is wrong
             --> cell 1:1:25
              |
            1 | all | where .latency < 5m
              |                         ^ not a unit
              = help: did you mean `5ms`?
            """)
    }

    @Test func twoLabelsOnOneLine() {
        expect(
            render("x = {a: 1, a: 2}", [(11, 12, "again here"), (5, 6, "first given here")]),
            """
            error[E001]: it is wrong
             --> cell 1:1:12
              |
            1 | x = {a: 1, a: 2}
              |      -     ^ again here
              |      |
              |      first given here
            """)
    }

    @Test func labelsOnFarLinesAndOverSeveral() {
        let text = (1...12).map { "line \($0)" }.joined(separator: "\n")
        expect(
            render(text, [(0, 4, "one"), (14, 32, "three to five"), (84, 86, "")]),
            """
            error[E001]: it is wrong
              --> cell 1:1:1
               |
             1 | line 1
               | ^^^^ one
             2 | line 2
             3 | line 3
               | ------
             4 | line 4
             5 | line 5
               | ---- three to five
            ...
            12 | line 12
               |      --
            """)
    }

    @Test func labelsInSeveralSources() {
        let (script, module) = (
            Source(name: "a.nash", text: "use \"b.nash\"\n"), Source(name: "b.nash", text: "x = 1\ny = (\n")
        )
        let diagnostic = Diagnostic(
            .unterminated, "`(` is never closed",
            labels: [.init(module, Span(10, 11), "opened here"), .init(script, Span(4, 12), "used here")],
            cause: "the file ends")
        expect(
            Renderer().render(diagnostic),
            """
            error[E002]: `(` is never closed
             --> b.nash:2:5
              |
            2 | y = (
              |     ^ opened here
             ::: a.nash:1:5
              |
            1 | use "b.nash"
              |     -------- used here
              = cause: the file ends
            """)
    }

    @Test func wideCombiningAndTabbedTextStaysAligned() {
        expect(
            render("\tx = \"日本\" e\u{301} 😀 oops", [(18, 22, "emoji"), (23, 27, "here")]),
            """
            error[E001]: it is wrong
             --> cell 1:1:13
              |
            1 |     x = "日本" e\u{301} 😀 oops
              |                  ^^ ---- here
              |                  |
              |                  emoji
            """)
    }

    @Test func longLinesAreCroppedAroundEachLabel() {
        let text = "f(" + String(repeating: "a", count: 60) + "]"
        expect(
            render(text, [(62, 63, "closes another"), (1, 2, "opened")], width: 40),
            """
            error[E001]: it is wrong
             --> cell 1:1:63
              |
            1 | f(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
              |  - opened
            1 | …aaaaaaaaaaaaaaaaaaa]
              |                     ^ closes another
            """)
    }

    @Test func narrowTerminalsWrap() {
        expect(
            render("count nothing", [(6, 13, "this is no table at all")], width: 20, help: "write `t | count`"),
            """
            error[E001]: it is
            wrong
             --> cell 1:1:7
              |
            1 | count nothing
              |       ^^^^^^^
              | this is no table
              | at all
              = help: write
                `t | count`
            """)
    }

    @Test func placesAtTheEndAndOutsideAreShownAtTheEnd() {
        #expect(render("a =", [(3, 3, "here")]).hasSuffix("1 | a =\n  |    ^ here"))
        #expect(render("a =\n", [(99, 120, "here")]).hasSuffix("2 |\n  | ^ here"))
        #expect(render("", [(0, 0, "here")]).hasSuffix("1 |\n  | ^ here"))
    }

    @Test func nothingObeysTheText() {
        let rendered = render("a\u{1B}[31m \u{202E}b\u{7}", [(1, 2, "bad \u{1B}[0m")])
        #expect(rendered.contains("1 | a�[31m �b�"))
        #expect(!rendered.unicodeScalars.contains { $0.value == 0x1B || $0.value == 7 || $0.value == 0x202E })
    }

    @Test func colourChangesNothingElse() {
        let source = Source(name: "cell 1", text: "x = (1]")
        let labels = [Diagnostic.Label(source, Span(6, 7), "closes"), Diagnostic.Label(source, Span(4, 5), "opened")]
        let diagnostic = Diagnostic(.syntax, "wrong", labels: labels, help: "close it", cause: "none")
        let coloured = Renderer(isColoured: true).render(diagnostic)
        #expect(coloured.contains("\u{1B}[1;31m^"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == Renderer().render(diagnostic))
    }

    @Test func aDiagnosticWithoutAPlaceIsAMessage() {
        expect(
            Renderer().render(Diagnostic(.failed, "no", help: "try", cause: "because\nof this")),
            """
            error[E030]: no
              = help: try
              = cause: because
                of this
            """)
    }

    @Test(arguments: [
        ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("😀", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("한국", 4), ("ｆｕ", 4), ("\u{200B}", 0),
        ("❤️", 2), ("é…", 2),
        ("\u{1B}", 0),
    ]) func displayWidthIsThatOfTerminals(_ text: String, _ width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test func jsonIsOneLineWithEveryPart() {
        let source = Source(name: "a \"b\".nash", text: "日本\nx = é!")
        let diagnostic = Diagnostic(
            .unknownName, "no\n\u{1}name", labels: [.init(source, Span(11, 13), "here\\")], help: "try", cause: "it")
        #expect(
            JSONRenderer.render(diagnostic)
                == #"{"code":"E010","message":"no\n\u0001name","labels":[{"source":"a \"b\".nash","start":11,"end":13,"#
                + #""line":2,"column":5,"end_line":2,"end_column":6,"remark":"here\\"}],"help":"try","cause":"it"}"#)
        #expect(JSONRenderer.render(Diagnostic(.failed, "m")) == #"{"code":"E030","message":"m","labels":[]}"#)
    }
}
