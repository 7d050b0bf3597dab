/// The rows under a line of source: its marks underlined, and their remarks.
struct Underline {
    /// What a piece of a row is, for its colour.
    enum Style: Hashable {
        case plain, primary, secondary
    }
    /// Text that starts at a column.
    struct Piece {
        let column: Int
        let text: String
        let style: Style
    }
    typealias Row = [Piece]

    let marks: [Excerpt.Mark]
    let width: Int

    /// One row with the last remark beside its mark and the others below theirs where that fits, else each mark
    /// with a row of its own.
    var rows: [Row] { compact ?? marks.flatMap { separate($0) } }

    private static func style(_ mark: Excerpt.Mark) -> Style { mark.isPrimary ? .primary : .secondary }

    /// `^^^^` under a primary mark, `----` under another.
    private func line(_ marks: [Excerpt.Mark]) -> Row {
        let end = marks.map(\.end).max() ?? 0
        var styles = [Style](repeating: .plain, count: end)
        for mark in marks.sorted(by: { !$0.isPrimary && $1.isPrimary }) {
            for column in mark.start..<mark.end { styles[column] = Self.style(mark) }
        }
        var row: Row = []
        var column = 0
        while column < end {
            let style = styles[column]
            let after = styles[column...].firstIndex { $0 != style } ?? end
            let sign = style == .primary ? "^" : "-"
            if style != .plain {
                row.append(Piece(column: column, text: String(repeating: sign, count: after - column), style: style))
            }
            column = after
        }
        return row
    }

    /// Nothing where a remark would not fit or two marks start at one column.
    private var compact: [Row]? {
        let spoken = marks.filter { !$0.remark.isEmpty }.sorted { $0.start < $1.start }
        let end = marks.map(\.end).max() ?? 0
        guard Set(spoken.map(\.start)).count == spoken.count else { return nil }
        guard let last = spoken.last else { return [line(marks)] }
        let beside = last.end == end && end + 1 + last.remark.displayWidth <= width
        guard beside || marks.count > 1 else { return nil }
        let below = beside ? Array(spoken.dropLast()) : spoken
        guard below.allSatisfy({ $0.start + $0.remark.displayWidth <= width }) else { return nil }
        var first = line(marks)
        if beside { first.append(Piece(column: end + 1, text: last.remark, style: Self.style(last))) }
        return below.isEmpty ? [first] : [first, stems(below[...])] + remarks(below)
    }

    private func stems(_ marks: ArraySlice<Excerpt.Mark>) -> Row {
        marks.map { Piece(column: $0.start, text: "|", style: Self.style($0)) }
    }

    /// The remarks from right to left, each below its mark's start.
    private func remarks(_ marks: [Excerpt.Mark]) -> [Row] {
        marks.indices.reversed().map { index in
            let mark = marks[index]
            return stems(marks[..<index]) + [Piece(column: mark.start, text: mark.remark, style: Self.style(mark))]
        }
    }

    private func separate(_ mark: Excerpt.Mark) -> [Row] {
        guard !mark.remark.isEmpty else { return [line([mark])] }
        let lines = WrappedText.lines(mark.remark, width: width)
        let widest = lines.map(\.displayWidth).max() ?? 0
        let column = max(0, min(mark.start, width - widest))
        return [line([mark])] + lines.map { [Piece(column: column, text: $0, style: Self.style(mark))] }
    }
}
