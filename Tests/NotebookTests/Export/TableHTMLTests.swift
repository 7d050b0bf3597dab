import Notebook
import Testing

@Suite struct TableHTMLTests {
    private let view = TableView(
        columns: [.init("<b>"), .init("latency", unit: "ms", isNumeric: true)],
        rows: [["a & \"b\"", "1.5"], ["line\nbreak\u{202e}", "none"]], rowCount: 5)

    @Test func `names and cells are text, whatever stands in them`() {
        for look in [TableHTML.Look.inline, .classes] {
            let html = TableHTML.text(view, look)
            #expect(html.contains(">&lt;b&gt;</th>"))
            #expect(html.contains(">a &amp; &quot;b&quot;</td>"))
            #expect(html.contains(#">line break\u{202e}</td>"#))
            #expect(!html.contains("<b>"))
        }
    }

    @Test func `it says how many rows are not shown, and that there are none`() {
        #expect(TableHTML.text(view).contains(">… 3 more rows</p>"))
        #expect(TableHTML.text(TableView(columns: view.columns, rows: [], rowCount: 0)).contains(">no rows</p>"))
        #expect(TableHTML.text(TableView(columns: [], rows: [], rowCount: 3)).contains("a table without columns"))
    }

    @Test func `long texts may break where their parts join`() {
        let cell = "<" + String(repeating: "nor_conv_3x3~0|", count: 4)
        let html = TableHTML.text(TableView(columns: [.init("arch")], rows: [[cell]], rowCount: 1), .classes)
        #expect(html.contains("<td class=\"long\">&lt;nor_conv_3x3~0|<wbr>nor_conv"))
    }

    /// On paper, which does not scroll, a wide table is set smaller; one that is too wide even so has its numbers broken.
    @Test(arguments: [
        (3, "8", 9, "table"), (12, "8", 9, "table pt6"), (18, "8", 9, "table pt4"), (30, "8", 9, "table pt4 dense"),
        (6, "a", 40, "table pt6"),
    ])
    func `wide tables are smaller on paper`(_ columns: Int, _ letter: String, _ length: Int, _ classes: String) {
        let view = TableView(
            columns: (0..<columns).map { .init("a_longer_name_\($0)", isNumeric: letter == "8") },
            rows: [Array(repeating: String(repeating: letter, count: length), count: columns)], rowCount: 1)
        let html = TableHTML.text(view, .classes)
        #expect(html.hasPrefix("<div class=\"\(classes)\" tabindex=\"0\">"))
        #expect(html.contains(">a_<wbr>longer_<wbr>name_<wbr>0</th>"))
    }

    @Test func `numbers stand to the right, and missing ones are faint`() {
        #expect(TableHTML.text(view, .classes).contains("<td class=\"n\">1.5</td>"))
        #expect(TableHTML.text(view, .classes).contains("<td class=\"n none\">none</td>"))
        #expect(TableHTML.text(view).contains("text-align:right;white-space:nowrap\">1.5</td>"))
    }
}

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("plain\ttext\n", "plain\ttext\n"), ("a\r\nb", "a\nb"), ("a\rb", #"a\u{d}b"#),
        ("\0\u{1b}[31m", #"\u{0}\u{1b}[31m"#),
        ("a\u{2028}b", #"a\u{2028}b"#), ("\u{202e}abc", #"\u{202e}abc"#), ("\u{ffff}", #"\u{ffff}"#),
        ("naïve ×μ👩‍🔬", "naïve ×μ👩‍🔬"),
    ]) func `what cannot be seen is written out`(text: String, shown: String) {
        #expect(Array(VisibleText.of(text).utf8) == Array(shown.utf8))
    }
}
