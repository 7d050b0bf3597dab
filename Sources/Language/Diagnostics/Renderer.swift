/// Shows diagnostics to people: what is wrong, the lines where it is with the places underlined, what to try.
///
/// ```
/// error[E004]: unknown unit `m`
///  --> cell 3:1:22
///   |
/// 1 | all | where .latency < 5m
///   |                         ^ not a unit
///   = help: did you mean `5ms`, `5min` or `5M`?
/// ```
public struct Renderer: Sendable {
    /// The columns to fit in; never less than 20 are used.
    public var width: Int
    /// Whether to colour it, by ANSI escape sequences.
    public var isColoured: Bool

    /// A renderer for a terminal, or for a file with the defaults.
    public init(width: Int = 80, isColoured: Bool = false) {
        self.width = width
        self.isColoured = isColoured
    }

    /// The diagnostic as lines of text, the last without a line's end.
    public func render(_ diagnostic: Diagnostic) -> String {
        let groups = SourceGroup.groups(of: diagnostic.labels)
        let gutter = String(groups.map(\.lastLine).max() ?? 0).count
        var lines = heading(diagnostic)
        for (index, group) in groups.enumerated() {
            lines += section(group, isFirst: index == 0, gutter: gutter)
        }
        if let help = diagnostic.help { lines += note("help", help, gutter: gutter) }
        if let cause = diagnostic.cause { lines += note("cause", cause, gutter: gutter) }
        return lines.joined(separator: "\n")
    }

    private var columns: Int { max(20, width) }

    private func heading(_ diagnostic: Diagnostic) -> [String] {
        let title = "error[\(diagnostic.code.rawValue)]"
        let lines = WrappedText.lines("\(title): \(diagnostic.message)", width: columns)
        guard let first = lines.first, first.hasPrefix(title) else { return lines }
        let rest = String(first.dropFirst(title.count))
        return [paint(title, .error) + paint(rest, .strong)] + lines.dropFirst().map { paint($0, .strong) }
    }

    private func section(_ group: SourceGroup, isFirst: Bool, gutter: Int) -> [String] {
        let place = group.lines.place(of: group.labels[0].span.start)
        let arrow = String(repeating: " ", count: gutter) + (isFirst ? "--> " : "::: ")
        let suffix = ":\(place.line):\(place.column)"
        let name = shortened(WrappedText.printable(group.name), columns - arrow.count - suffix.count)
        var rows = [paint(arrow, .frame) + name + suffix, margin("", gutter)]
        var previous: Int?
        for line in group.shownLines {
            if let previous, line > previous + 1 { rows.append(paint("...", .frame)) }
            rows += self.line(line, of: group, gutter: gutter)
            previous = line
        }
        return rows
    }

    private func line(_ line: Int, of group: SourceGroup, gutter: Int) -> [String] {
        let excerpt = Excerpt(line: group.lines.text(group.lines.span(ofLine: line)))
        let room = columns - gutter - 3
        let marks = group.marks(onLine: line, of: excerpt)
        let number = String(line + group.lines.source.firstLine)
        let clusters = marks.isEmpty ? [[]] : excerpt.clusters(marks, width: room)
        return clusters.flatMap { cluster in
            let shown = excerpt.cropped(around: cluster, width: room)
            let rows = Underline(marks: shown.marks, width: room).rows
            return [margin(number, gutter) + (shown.text.isEmpty ? "" : " " + shown.text)]
                + rows.filter { !$0.isEmpty }.map { margin("", gutter) + " " + draw($0) }
        }
    }

    private func margin(_ number: String, _ gutter: Int) -> String {
        paint(String(repeating: " ", count: gutter - number.count) + number + " |", .frame)
    }

    private func draw(_ row: Underline.Row) -> String {
        var text = ""
        var column = 0
        for piece in row.sorted(by: { $0.column < $1.column }) {
            text += String(repeating: " ", count: max(0, piece.column - column))
            text += paint(piece.text, piece.style == .primary ? .error : .frame)
            column = piece.column + piece.text.displayWidth
        }
        return text
    }

    private func note(_ word: String, _ text: String, gutter: Int) -> [String] {
        let indent = String(repeating: " ", count: gutter + 1)
        let lines = WrappedText.lines("\(word): \(text)", width: columns - gutter - 3)
        return lines.enumerated().map { index, line in
            guard index == 0, line.hasPrefix(word) else { return indent + "  " + line }
            return indent + paint("=", .frame) + " " + paint(word, .strong) + line.dropFirst(word.count)
        }
    }

    /// The end of a long name: files differ there.
    private func shortened(_ name: String, _ room: Int) -> String {
        let flat = String(name.map { $0 == "\n" ? " " : $0 })
        guard flat.displayWidth > room else { return flat }
        var tail = Substring(flat)
        while !tail.isEmpty, String(tail).displayWidth > max(1, room - 1) { tail = tail.dropFirst() }
        return "…" + tail
    }

    private enum Ink: String {
        case error = "1;31"
        case frame = "36"
        case strong = "1"
    }

    private func paint(_ text: String, _ ink: Ink) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
    }
}
