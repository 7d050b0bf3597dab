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
