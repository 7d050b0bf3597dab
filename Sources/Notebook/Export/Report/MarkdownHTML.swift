/// A small, safe part of Markdown as HTML: headings, paragraphs, lists, quotes, fenced code, tables, rules; and
/// within them what ``InlineHTML`` knows. What is anything else, HTML above all, is text.
///
/// The rules are CommonMark's (0.31, sections 4 and 5), for these blocks, and GitHub's for tables. Blocks lie at most `depthLimit` deep in
/// each other; what lies deeper is a paragraph.
struct MarkdownHTML {
    /// A heading, for a table of contents.
    struct Heading {
        let level: Int
        let id: String
        /// Its words, as HTML without tags.
        let title: String
    }

    /// The whole text.
    private(set) var html = ""
    /// In the order of the text.
    private(set) var headings: [Heading] = []
    private let idPrefix: String
    static let depthLimit = 12

    typealias Line = ArraySlice<UInt8>

    /// Renders a text; the ids of its headings begin with `idPrefix`.
    init(_ text: String, idPrefix: String) {
        self.idPrefix = idPrefix
        let text = VisibleText.of(text).split(separator: "\t", omittingEmptySubsequences: false).joined(
            separator: "    ")
        blocks(Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false), depth: 0)
    }

    private mutating func blocks(_ lines: [Line], depth: Int, isTight: Bool = false) {
        var rest = lines[...]
        while let line = rest.first {
            if line.isBlank {
                rest.removeFirst()
            } else if let fence = MarkdownBlock.fence(line) {
                code(&rest, fence)
            } else if let (level, words) = MarkdownBlock.heading(line) {
                heading(level, words)
                rest.removeFirst()
            } else if MarkdownBlock.isRule(line) {
                html += "<hr>\n"
                rest.removeFirst()
            } else if depth < Self.depthLimit, line.unindented.first == UInt8(ascii: ">"), line.indent < 4 {
                quote(&rest, depth)
            } else if depth < Self.depthLimit, let marker = MarkdownBlock.marker(line) {
                list(&rest, marker, depth)
            } else if let table = MarkdownTable.take(&rest) {
                html += table
            } else {
                paragraph(&rest, isTight)
            }
        }
    }

    private mutating func code(_ rest: inout ArraySlice<Line>, _ fence: MarkdownBlock.Fence) {
        rest.removeFirst()
        let content = rest.prefix { !fence.isClosed(by: $0) }
        rest = rest.dropFirst(content.count + 1)
        let lines = content.map { String(decoding: $0.dropFirst(min($0.indent, fence.indent)), as: UTF8.self) }
        let text = lines.joined(separator: "\n")
        let isProgram = fence.language == "nash"
        html += "<pre class=\"code\" tabindex=\"0\"><code>"
        html += (isProgram ? SourceHTML.text(text) : HTMLText.escaped(text)) + "</code></pre>\n"
    }

    /// The document's title is the only heading of the first level.
    private mutating func heading(_ level: Int, _ words: Line) {
        let inner = InlineHTML.text(Array(words))
        let id = "\(idPrefix)-\(headings.count + 1)"
        headings.append(Heading(level: level, id: id, title: MarkdownBlock.withoutTags(inner)))
        let tag = "h\(min(6, level + 1))"
        html += "<\(tag) id=\"\(id)\">\(inner)</\(tag)>\n"
    }

    private mutating func quote(_ rest: inout ArraySlice<Line>, _ depth: Int) {
        let lines = rest.prefix { $0.indent < 4 && $0.unindented.first == UInt8(ascii: ">") }
        rest = rest.dropFirst(lines.count)
        html += "<blockquote>\n"
        let inner = lines.map { line in
            let text = line.unindented.dropFirst()
            return text.first == 0x20 ? text.dropFirst() : text
        }
        blocks(inner, depth: depth + 1)
        html += "</blockquote>\n"
    }

    private mutating func paragraph(_ rest: inout ArraySlice<Line>, _ isTight: Bool) {
        var lines = [rest.removeFirst()]
        while let line = rest.first, !line.isBlank, !MarkdownBlock.interrupts(line) { lines.append(rest.removeFirst()) }
        // Spaces at a line's start mean nothing, those at its end may break it.
        var text = Array(lines.map(\.unindented).joined(separator: [0x0A]))
        while text.last == 0x20 { text.removeLast() }
        let inner = InlineHTML.text(text)
        html += isTight ? inner + "\n" : "<p>\(inner)</p>\n"
    }

    private mutating func list(_ rest: inout ArraySlice<Line>, _ first: MarkdownBlock.Marker, _ depth: Int) {
        let (items, isTight) = MarkdownBlock.items(&rest, first)
        let tag = first.number == nil ? "ul" : "ol"
        let start = first.number.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
        html += "<\(tag)\(start)>\n"
        for item in items {
            html += "<li>"
            blocks(item, depth: depth + 1, isTight: isTight)
            html += "</li>\n"
        }
        html += "</\(tag)>\n"
    }
}
