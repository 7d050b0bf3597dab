/// A table in a text, as GitHub's Markdown has them: a row of headings, a row of dashes that aligns, and rows.
enum MarkdownTable {
    typealias Line = ArraySlice<UInt8>
    private static let bar = UInt8(ascii: "|")
    /// A short row is filled up to the headings: many of both would be far more than the text.
    private static let columnLimit = 100
    private static let colon = UInt8(ascii: ":")

    /// The table that the lines begin with as HTML, its lines taken off; nil where they begin with none.
    static func take(_ rest: inout ArraySlice<Line>) -> String? {
        guard let head = rest.first, head.contains(bar), let dashes = rest.dropFirst().first,
            let isRight = alignments(dashes), isRight.count <= columnLimit, cells(head).count == isRight.count
        else { return nil }
        var html = "<div class=\"table\" tabindex=\"0\"><table><thead>" + row(head, isRight, "th scope=\"col\"", "th")
        html += "</thead><tbody>\n"
        rest = rest.dropFirst(2)
        while let line = rest.first, line.contains(bar), !MarkdownBlock.interrupts(line) {
            html += row(line, isRight, "td", "td")
            rest.removeFirst()
        }
        return html + "</tbody></table></div>\n"
    }

    /// As many cells as there are headings, whatever the line holds.
    private static func row(_ line: Line, _ isRight: [Bool], _ open: String, _ close: String) -> String {
        let cells = cells(line)
        let parts = isRight.enumerated().map { place, isRight in
            let text = place < cells.count ? InlineHTML.text(Array(cells[place])) : ""
            return "<\(open)\(isRight ? " class=\"n\"" : "")>\(text)</\(close)>"
        }
        return "<tr>\(parts.joined())</tr>\n"
    }

    /// Which columns stand to the right; nil for a line that is no row of dashes.
    private static func alignments(_ line: Line) -> [Bool]? {
        let cells = cells(line)
        guard line.contains(bar), !cells.isEmpty else { return nil }
        for cell in cells {
            let dashes = cell.drop { $0 == colon }.reversed().drop { $0 == colon }
            guard !dashes.isEmpty, dashes.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
        }
        return cells.map { $0.last == colon && $0.first != colon }
    }

    /// What stands between the bars; `\|` is none.
    private static func cells(_ line: Line) -> [Line] {
        var row = line.unindented.trimmedAtEnd
        if row.first == bar { row = row.dropFirst() }
        var cells: [Line] = []
        var start = row.startIndex
        var previous: UInt8 = 0
        for place in row.indices {
            if row[place] == bar, previous != UInt8(ascii: "\\") {
                cells.append(row[start..<place].unindented.trimmedAtEnd)
                start = place + 1
            }
            previous = row[place]
        }
        return start < row.endIndex ? cells + [row[start...].unindented] : cells
    }
}
