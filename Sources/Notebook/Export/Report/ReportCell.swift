/// A cell in a report: its heading, its source, and what came of it.
struct ReportCell {
    /// A line of the table of contents.
    struct Entry {
        let level: Int
        let id: String
        /// As HTML.
        let title: String
        let isFailed: Bool
    }

    private let cell: CellRecord
    private let folder: String
    private let id: String
    private let text: MarkdownHTML?

    /// A cell that stands at `place` (from 1) in a run whose figures lie in `folder`.
    init(_ cell: CellRecord, place: Int, folder: String) {
        self.cell = cell
        self.folder = folder
        // Not its number: a cell that was run twice stands there twice.
        id = "c\(place)"
        text = cell.status == .text ? MarkdownHTML(cell.source, idPrefix: "c\(place)") : nil
    }

    /// Its title, and the upper headings of a text.
    var entries: [Entry] {
        let isFailed = ReportWords.ending(cell.status) != nil
        let own = showsTitle ? [Entry(level: 1, id: id, title: title, isFailed: isFailed)] : []
        let headings = (text?.headings ?? []).filter { $0.level < 3 }.map { heading in
            Entry(level: heading.level, id: heading.id, title: heading.title, isFailed: false)
        }
        return own + headings
    }

    /// A text that has its title as its first heading does not show it twice.
    private var showsTitle: Bool {
        !cell.title.isEmpty && text?.headings.first.map { $0.title != title } ?? true
    }

    private var title: String { HTMLText.escaped(VisibleText.line(cell.title)) }

    /// The whole cell; reads its figures.
    var html: String {
        let heading = showsTitle ? "<h2>\(title)</h2>" : ""
        if let text {
            return "<section class=\"text\" id=\"\(id)\">\n\(heading)\n\(text.html)</section>\n"
        }
        return "<section class=\"cell\" id=\"\(id)\">\n"
            + "<div class=\"head\"><span class=\"number\" title=\"cell \(cell.number)\">\(cell.number)</span>"
            + "\(heading)\(facts)</div>\n\(source)"
            + cell.outputs.map(output).joined() + ending + "</section>\n"
    }

    private var facts: String {
        let processors = ReportWords.duration(cell.cpuMilliseconds)
        let hint = processors.isEmpty ? "" : " title=\"\(processors) of processor time\""
        return "<span class=\"facts\"\(hint)>\(cell.facts.joined(separator: " · "))</span>"
    }

    private var source: String {
        let lines = cell.source.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.drop { $0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
        return text.isEmpty ? "" : "<pre class=\"code\" tabindex=\"0\"><code>\(SourceHTML.text(text))</code></pre>\n"
    }

    private func output(_ output: OutputRecord) -> String {
        if output.kind == .note { return "<p class=\"note\"><b>Note</b> \(HTMLText.escaped(output.text))</p>\n" }
        if let figure = output.figure { return picture(figure, output.caption) }
        if let table = output.table { return TableHTML.text(table, .classes) + "\n" }
        return "<pre class=\"result\" tabindex=\"0\">\(HTMLText.escaped(output.text))</pre>\n"
    }

    private func picture(_ figure: FigureRecord, _ caption: String) -> String {
        let caption = HTMLText.escaped(caption)
        switch FigurePicture(figure, in: folder) {
        case .svg(let bytes):
            return "<figure><img src=\"data:image/svg+xml;base64,\(Base64.text(bytes))\" alt=\"\(caption)\"></figure>\n"
        case .missing(let reason):
            return "<p class=\"missing\"><b>No picture</b> \(HTMLText.escaped(reason)) (\(caption))</p>\n"
        }
    }

    /// The error, or in what other way the cell did not come to its end.
    private var ending: String {
        guard let ending = ReportWords.ending(cell.status) else { return "" }
        let word = ending.prefix(1).uppercased() + ending.dropFirst()
        let text = cell.error.map { "<pre tabindex=\"0\">\(HTMLText.escaped($0))</pre>" } ?? ""
        return "<div class=\"error\"><p><span class=\"mark\">✗</span> <b>\(word)</b></p>\(text)</div>\n"
    }
}
