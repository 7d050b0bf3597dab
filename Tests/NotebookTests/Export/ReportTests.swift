import Foundation
import Notebook
import Testing

/// A record with each text in every place that holds one.
private func hostileRun(_ texts: [String], folder: String) -> RunRecord {
    let cells = texts.enumerated().flatMap { place, text in
        let table = TableView(
            columns: [.init(text, unit: text), .init("n", isNumeric: true)], rows: [[text, text]], rowCount: 9)
        let code = CellRecord(
            number: place + 1, title: text, source: "x = 1 # \(text)\n\(text)", status: .failed, started: text,
            outputs: [
                OutputRecord(.value, text: text), OutputRecord(.note, text: text),
                OutputRecord(.value, text: text, table: table), .figure("plots/a.svg", text), .figure(text, text),
                .figure("plots/gone\(text).svg", text),
            ], error: text, data: [DataRecord(name: text, path: text, sha256: text)])
        let words =
            "\(text)\n\n# \(text)\n\n- \(text)\n  > \(text)\n\n[\(text)](\(text)) **\(text)** <\(text)>\n\n```\(text)\n\(text)"
        return [code, CellRecord(number: 0, title: text, source: words, status: .text)]
    }
    let text = texts.joined()
    return RunRecord(
        title: text, started: text, versions: [text: text], seed: -1, arguments: texts, cells: cells, folder: folder)
}

@Suite struct ReportTests {
    @Test(.needsJupyter) func `nothing in a record becomes markup`() throws {
        let folder = try ExportFolder()
        try folder.write(smallSVG, to: "plots/a.svg")
        try Export.write(hostileRun(hostileTexts, folder: folder.path), to: folder.file("report.html"))
        let report = try Checks.report(folder.file("report.html"))
        #expect(report.faults == [])
        #expect(report.counts["img"] == hostileTexts.count)
        #expect(report.counts["script"] == nil)
        #expect(report.text.contains("<script>alert(1)</script>"))
        #expect(report.text.contains(#"abc\u{202e}fed\u{2066}"#))
        #expect(report.links.allSatisfy { $0.hasPrefix("#c") || $0.hasPrefix("http://") || !$0.contains(":") })
    }

    /// Pieces of markup thrown together: 300 texts, the same every time.
    @Test(.needsJupyter) func `nor do pieces of markup thrown together`() throws {
        let pieces = [
            "*", "**", "_", "`", "``", "[", "](", ")", "![", "<", ">", "\"", "'", "&", "\\", "\n", "\n\n", " ", "    ",
            "- ",
            "1. ", "> ", "# ", "```\n", "a", "b c", "<a href=", "http://x", "javascript:", "//", "|", "|-|-|\n",
            "\u{301}", "é", "\t",
        ]
        var state: UInt64 = 7
        let texts = (0..<300).map { _ in
            (0..<24).map { _ -> String in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return pieces[Int(state >> 33) % pieces.count]
            }.joined()
        }
        let folder = try ExportFolder()
        let cells = texts.map { CellRecord(number: 0, source: $0, status: .text) }
        try Export.write(RunRecord(title: "t", cells: cells, folder: folder.path), to: folder.file("report.html"))
        let report = try Checks.report(folder.file("report.html"))
        #expect(report.faults == [])
        #expect(report.counts["em", default: 0] > 10 && report.counts["a", default: 0] > 3)
    }

    @Test func `texts are Markdown, as far as it is safe`() throws {
        let text = """
            # A *title*
            Some **bold** words, `code < 1`, a [link](https://example.org/?a=1&b "t") and
            [another](docs/a(b).md), but [no script](JavaScript:alert(1)) and [no share](//host/x).

            1. one
            2. two
               - inner

            ~~~nash
            all | first 3 # a comment
            ~~~
            > quoted\\
            words
            ***
            snake_case_name and 2 * 3 * 4, _so_ <b>

            | a | *b* |
            |---|--:|
            | x\\|y | 1 | more |
            | <i> |
            """
        let html = try page(RunRecord(title: "t", cells: [CellRecord(number: 0, source: text, status: .text)]))
        for piece in [
            "<h2 id=\"c1-1\">A <em>title</em></h2>", "<strong>bold</strong>", "<code>code &lt; 1</code>",
            "<a href=\"https://example.org/?a=1&amp;b\" rel=\"noopener noreferrer\">link</a>",
            "<a href=\"docs/a(b).md\" rel=\"noopener noreferrer\">another</a>", "[no script](JavaScript:alert(1))",
            "[no share](//host/x)", "<ol>\n<li>one\n</li>\n<li>two\n<ul>\n<li>inner\n</li>\n</ul>\n</li>\n</ol>",
            "<span class=\"f\">first</span> <span class=\"m\">3</span> <span class=\"c\"># a comment</span>", "<hr>",
            "<blockquote>\n<p>quoted\\</p>\n</blockquote>", "snake_case_name and 2 * 3 * 4, <em>so</em> &lt;b&gt;",
            "<tr><th scope=\"col\">a</th><th scope=\"col\" class=\"n\"><em>b</em></th></tr>",
            "<tr><td>x|y</td><td class=\"n\">1</td></tr>\n<tr><td>&lt;i&gt;</td><td class=\"n\"></td></tr>",
        ] {
            #expect(html.contains(piece), "\(piece)")
        }
    }

    /// Each would take minutes if some search began anew at every mark, or end the program if it went down with each.
    @Test(arguments: [
        "[", "**a ", "a* ", "`", "](", "> ", "- ", "<http://", "_a_", "![", "1. ", "``` ", "\\", "[a]((", "|", "|-|\n",
    ])
    func `a long text of marks is read once`(mark: String) throws {
        let text = String(repeating: mark, count: 8_000)
        let html = try page(RunRecord(title: "t", cells: [CellRecord(number: 0, source: text, status: .text)]))
        #expect(html.hasSuffix("</html>\n"))
    }

    @Test func `it says what a reader wants to know of the run`() throws {
        let data = DataRecord(name: "cifar", path: "/data/cifar", sha256: String(repeating: "ab", count: 32))
        let cells = [
            CellRecord(number: 1, title: "First", source: "1", wallMilliseconds: 61_000, seed: 7, data: [data]),
            CellRecord(
                number: 2, title: "Second", source: "2", status: .cancelled, wallMilliseconds: 1500, data: [data]),
        ]
        let html = try page(
            RunRecord(
                title: "tour", started: "2026-11-24T19:57:44.120Z", versions: ["nash": "0.7", "threads": "2"], seed: 42,
                cells: cells))
        for piece in [
            "<dd>24 November 2026, 19:57 UTC</dd>", "<dt>time</dt><dd>1 min 3 s</dd>", "<dt>seed</dt><dd>42</dd>",
            "<dt>nash</dt><dd>0.7</dd>", "<code title=\"\(data.sha256)\">abababababab</code>", "1 min 1 s · seed 7",
            "<a href=\"#c1\">First</a>", "✗</span> <a href=\"#c2\">Second</a>", "<b>Cancelled</b>",
            "2, 1 without success",
        ] {
            #expect(html.contains(piece), "\(piece)")
        }
        #expect(html.components(separatedBy: data.sha256).count == 2)
    }

    @Test func `a figure that is gone, altered or elsewhere leaves a line`() throws {
        let folder = try ExportFolder()
        let altered = [
            "cut.svg": String(smallSVG.prefix(200)),
            "script.svg": smallSVG.replacingOccurrences(of: "circle", with: "script"),
            "event.svg": smallSVG.replacingOccurrences(of: "r='0.5'", with: "onload='x'"),
            "link.svg": smallSVG.replacingOccurrences(of: "#dot", with: "http://x"),
            "style.svg": smallSVG.replacingOccurrences(of: "rgb(0, 1, 2)", with: "url(//x)"), "text.svg": "hello",
            "entity.svg": "<!DOCTYPE svg [<!ENTITY a \"b\">]>" + smallSVG, "empty.svg": "",
        ]
        for (name, text) in altered { try folder.write(text, to: "plots/\(name)") }
        try folder.write(smallSVG, to: "outside.svg")
        let names =
            altered.keys.map { "plots/\($0)" } + ["plots/gone.svg", "plots/../outside.svg", folder.file("outside.svg")]
        let cell = CellRecord(number: 1, source: "x", outputs: names.map { .figure($0) })
        let html = try page(RunRecord(title: "t", cells: [cell], folder: folder.path))
        #expect(!html.contains("<img"))
        #expect(html.components(separatedBy: "<b>No picture</b>").count == names.count + 1)
        for piece in [
            "plots/gone.svg is gone", "leads out of the run", "altered: it is no whole SVG", "onload is an event",
            "the element script does not belong there", "xlink:href leads elsewhere", "fill leads elsewhere",
        ] {
            #expect(html.contains(piece), "\(piece)")
        }
    }

    @Test func `a picture that still draws but is another one counts as altered`() throws {
        let folder = try ExportFolder()
        try folder.write(smallSVG, to: "plots/a.svg")
        func page(_ hash: String?) throws -> String {
            let figure = FigureRecord(svg: "plots/a.svg", script: "plots/a.gp", data: "plots/a.csv", svgSHA256: hash)
            let cell = CellRecord(number: 1, source: "x", outputs: [OutputRecord(.value, text: "f", figure: figure)])
            return try self.page(RunRecord(title: "t", cells: [cell], folder: folder.path))
        }
        let hash = SHA256.text(smallSVG)
        for known in [nil, hash] { #expect(try page(known).contains("<img")) }
        try folder.write(smallSVG.replacingOccurrences(of: "0.5", with: "0.6"), to: "plots/a.svg")
        #expect(try page(nil).contains("<img"), "an earlier nash kept no hash")
        let html = try page(hash)
        #expect(!html.contains("<img"))
        #expect(html.contains("plots/a.svg was altered: it is not the picture that was recorded"))
    }

    private func page(_ run: RunRecord) throws -> String {
        let folder = try ExportFolder()
        try Export.write(run, to: folder.file("report.html"))
        return try folder.text(of: "report.html")
    }
}
