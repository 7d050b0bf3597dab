/// The labels of a diagnostic that lie in one source.
struct SourceGroup {
    let lines: SourceLines
    /// In the order of the diagnostic.
    var labels: [(span: Span, remark: String, isPrimary: Bool)]

    var name: String { lines.source.name }

    /// The labels by their sources, in the order in which these first come.
    static func groups(of labels: [Diagnostic.Label]) -> [SourceGroup] {
        var groups: [SourceGroup] = []
        for (index, label) in labels.enumerated() {
            let place = groups.firstIndex { $0.lines.source == label.source } ?? groups.count
            if place == groups.count { groups.append(SourceGroup(lines: SourceLines(label.source), labels: [])) }
            let span = groups[place].lines.clamp(label.span)
            groups[place].labels.append((span, WrappedText.printable(label.remark), index == 0))
        }
        return groups
    }

    /// The lines that a span touches; a line's end that ends the span does not reach into the next.
    private func touched(_ span: Span) -> ClosedRange<Int> {
        let first = lines.line(of: span.start)
        return first...max(first, lines.line(of: span.end > span.start ? span.end - 1 : span.end))
    }

    /// The first and the last line of each label, ascending, and single lines between two of them.
    var shownLines: [Int] {
        var shown = Set<Int>()
        for label in labels {
            let range = touched(label.span)
            shown.formUnion([range.lowerBound, range.upperBound])
        }
        shown.formUnion(shown.filter { shown.contains($0 + 2) }.map { $0 + 1 })
        return shown.sorted()
    }

    /// The largest line number that is shown.
    var lastLine: Int { (shownLines.last ?? 0) + lines.source.firstLine }

    /// The marks under one line; of a label over several lines the remark stands at its end.
    func marks(onLine line: Int, of excerpt: Excerpt) -> [Excerpt.Mark] {
        let place = lines.span(ofLine: line)
        return labels.compactMap { label in
            let range = touched(label.span)
            guard line == range.lowerBound || line == range.upperBound else { return nil }
            let start = line == range.lowerBound ? label.span.start : place.start + indentation(place)
            let end = line == range.upperBound ? min(label.span.end, place.end) : place.end
            let low = min(max(start, place.start), place.end) - place.start
            let remark = line == range.upperBound ? label.remark : ""
            return excerpt.mark(low..<max(low, end - place.start), remark, isPrimary: label.isPrimary)
        }
    }

    private func indentation(_ line: Span) -> Int {
        lines.text(line).utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    }
}
