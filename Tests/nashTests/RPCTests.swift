import Foundation
import Testing

@testable import nash

/// What `nash rpc` answers to requests that are in order.
@Suite struct RPCTests {
    private static let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/rpc.md")

    /// `NASH_UPDATE_DOCS=1` writes what comes into the document.
    @Test func `the conversation of the document is what happens`() throws {
        let text = try String(contentsOf: Self.document, encoding: .utf8)
        let (start, end) = ("```jsonl conversation\n", "\n```")
        let opening = try #require(text.range(of: start))
        let closing = try #require(text.range(of: end, range: opening.upperBound..<text.endIndex))
        let written = text[opening.upperBound..<closing.lowerBound].split(separator: "\n").map(String.init)
        let client = try RPCClient()
        var spoken: [String] = []
        for line in written where line.hasPrefix("> ") {
            let (answer, events) = try client.ask(line: String(line.dropFirst(2)))
            spoken += [line] + (events + [answer]).map { "< " + $0.line }
        }
        try #require(spoken.count > 10)
        #expect(client.exitCode() == 0)
        if ProcessInfo.processInfo.environment["NASH_UPDATE_DOCS"] != nil {
            let new = text.replacingCharacters(
                in: opening.upperBound..<closing.lowerBound, with: spoken.joined(separator: "\n"))
            return try new.write(to: Self.document, atomically: true, encoding: .utf8)
        }
        #expect(
            spoken.map(Self.masked) == written.map(Self.masked),
            "docs/rpc.md is stale: NASH_UPDATE_DOCS=1 scripts/test --filter RPCTests writes it")
    }

    /// A line without what differs from one run or version to the next.
    private static func masked(_ line: String) -> String {
        line.replacing(/"wall_ms":[0-9.e-]+/, with: "\"wall_ms\":0").replacing(/"version":"[^"]*"/, with: "")
    }

    @Test func `values come as bundles of MIME types`() throws {
        let client = try RPCClient()
        let shown = try client.show("1 + 1\n\"a<b\"\nnone\n{a: 1ms, b: \"<i>\"}")
        #expect(shown.map { $0["text/plain"] as? String } == ["2", "a<b", "none", "a  1ms\nb  <i>"])
        #expect(shown[0]["application/json"] as? Int == 2 && shown[0]["text/html"] == nil)
        #expect(shown[2]["application/json"] is NSNull)
        let record = shown[3]["application/json"] as? [String: Any]
        #expect(record?["a"] as? Double == 1 && record?["b"] as? String == "<i>")
        let html = try #require(shown[3]["text/html"] as? String)
        #expect(html.contains("&lt;i&gt;") && !html.contains("<i>"))
    }

    @Test func `of a long table the first hundred rows come as HTML, and no JSON`() throws {
        let shown = try RPCClient().show("nb201 | enumerate")
        let html = try #require(shown.first?["text/html"] as? String)
        #expect(html.components(separatedBy: "<tr>").count - 1 == 1 + TableRows.shown)
        #expect(html.contains("15525 more rows"))
        #expect(shown.first?["application/json"] == nil && shown.first?["image/png"] == nil)
    }

    private enum TableRows { static let shown = 100 }

    @Test func `figures come as SVG and PNG`() throws {
        let shown = try RPCClient().show("nb201 | sample 9, seed: 1 | cost | plot .params, .macs")
        #expect(shown[0]["text/plain"] as? String == "figure: macs against params, 9 points")
        #expect((shown[0]["image/svg+xml"] as? String)?.contains("</svg>") == true)
        let png = try #require((shown[0]["image/png"] as? String).flatMap { Data(base64Encoded: $0) })
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(shown[0]["application/json"] == nil)
    }

    @Test func `remarks come as notes`() throws {
        let (_, events) = try RPCClient().ask("execute", ["code": "nb201 | sample 2 | save \"a.csv\""])
        let notes = events.filter { $0.text("event") == "stream" }
        #expect(notes.map { $0.text("name") } == ["note"] && notes.map { $0.text("text") } == ["saved a.csv\n"])
    }

    @Test func `a cell that is wrong or fails says so and drops none behind it`() throws {
        let client = try RPCClient()
        for code in ["x = 1", "y = nosuch", "1\nload \"nosuch.csv\"", "x"] {
            try client.send("execute", ["code": code])
        }
        let answers = try (1...4).map { _ in try client.answer() }
        #expect(answers.map { $0.answer.text("result.status") } == ["done", "rejected", "failed", "done"])
        #expect(answers.map { $0.answer.number("result.count") } == [1, 2, 2, 3])
        let error = answers[1].answer
        #expect(error.text("result.error.code") == "E010")
        #expect(error.text("result.error.text")?.contains("cell 2:1:5") == true)
        #expect(error.text("result.error.ansi")?.contains("\u{1b}[1;31m") == true)
        #expect(error.text("result.error.diagnostic.message") == error.text("result.error.message"))
        #expect(answers[2].events.contains { $0.text("data.text/plain") == "1" })
        #expect(answers[2].answer.text("result.error.code") == "E031")
    }

    @Test func `silence, width and title`() throws {
        let client = try RPCClient()
        let (answer, events) = try client.ask("execute", ["code": "x = 1\nx", "silent": true])
        #expect(events.isEmpty && answer.number("result.count") == 1)
        let narrow = try client.show("nb201 | sample 2 | cost", ["width": 40])
        let lines = try #require(narrow[0]["text/plain"] as? String).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 40 })
        let failed = try client.ask("execute", ["code": "nosuch", "title": "warm-up"]).answer
        #expect(failed.text("result.error.text")?.contains("warm-up:1:1") == true)
    }

    @Test func `seeds derive from the root that is given`() throws {
        let draw = "nb201 | sample 5"
        let plain = try [RPCClient(), RPCClient(), RPCClient(["--seed", "7"])].map {
            try $0.show(draw)[0]["text/plain"] as? String
        }
        #expect(plain[0] == plain[1] && plain[0] != plain[2])
        #expect(try RPCClient(["--seed", "7"]).ask("hello").answer.number("result.seed") == 7)
    }

    @Test func `completion counts code points`() throws {
        let client = try RPCClient()
        let code = "\"e\u{301}😀\" | count; nb201 | sam"
        let answer = try client.ask("complete", ["code": code]).answer
        let (start, end) = (answer.number("result.start"), answer.number("result.end"))
        #expect(start == code.unicodeScalars.count - 3 && end == code.unicodeScalars.count)
        let candidates = try #require(answer["result.candidates"] as? [[String: String]])
        #expect(candidates.map { $0["text"] } == ["sample"])
        #expect(candidates[0]["help"]?.isEmpty == false && candidates[0]["append"] == " ")
        #expect(try client.ask("complete", ["code": code, "cursor": 0]).answer.number("result.end") == 0)
    }

    @Test func `files are completed within quotes`() throws {
        let client = try RPCClient()
        for name in ["a b.csv", "a\"c.csv", "b.csv", ".hidden"] { _ = try client.folder.file(name, "") }
        try FileManager.default.createDirectory(atPath: client.folder.path + "/ab", withIntermediateDirectories: true)
        let answer = try client.ask("complete", ["code": "load \"./a"]).answer
        let candidates = try #require(answer["result.candidates"] as? [[String: String]])
        #expect(candidates.map { $0["text"] } == ["a b.csv", "a\\\"c.csv", "ab/"])
        #expect(candidates.map { $0["append"] } == ["\"", "\"", ""])
        #expect(answer.number("result.start") == 8 && answer.number("result.end") == 9)
    }

    @Test(
        arguments: [
            ("nb201 | sample 3", 10, "Draw architectures"), ("nb201 | sample 3, ", 18, "Draw architectures"),
            ("x", 0, "x: a whole number\n\n41"), ("x + 1", 1, "x: a whole number"), ("?E012", 5, "E012"),
            ("pixel3", 3, "pixel3 is a device"), ("nosuch", 2, nil), ("\"sample\"", 4, nil), ("", 0, nil),
        ] as [(String, Int, String?)])
    func `inspection tells of words and values`(_ code: String, _ cursor: Int, _ expected: String?) throws {
        let client = try RPCClient()
        try client.ask("execute", ["code": "x = 41"])
        let answer = try client.ask("inspect", ["code": code, "cursor": cursor]).answer
        #expect(answer["result.found"] as? Bool == (expected != nil))
        let text = answer.text("result.data.text/plain")
        #expect(text?.contains(expected ?? "") == (expected == nil ? nil : true), "\(text ?? "nothing")")
    }

    @Test(
        arguments: [
            ("1 + 1", "complete", nil), ("nosuch", "complete", nil), ("", "complete", nil),
            ("?sample", "complete", nil),
            ("nb201 |", "incomplete", "  "), ("f = {x ->\n  (x", "incomplete", "    "), ("\"abc", "incomplete", "  "),
            ("1)", "invalid", nil), ("1 2", "invalid", nil),
        ] as [(String, String, String?)])
    func `whether a cell is complete`(_ code: String, _ status: String, _ indent: String?) throws {
        let answer = try RPCClient().ask("is_complete", ["code": code]).answer
        #expect(answer.text("result.status") == status)
        #expect(answer.text("result.indent") == indent)
    }

    @Test func `variables are listed`() throws {
        let client = try RPCClient()
        try client.ask("execute", ["code": "b = nb201 | sample 3\na = 1ms"])
        let answer = try client.ask("variables").answer
        let listed = try #require(answer["result.variables"] as? [[String: String]])
        #expect(listed.map { $0["name"] } == ["a", "b"])
        #expect(listed.map { $0["summary"] } == ["1ms", "table of 3 rows"])
    }
}
