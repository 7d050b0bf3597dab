/// One line of a source with marks under it, cropped to a number of columns.
struct Excerpt {
    /// A stretch of the line to underline, in columns, and what to say of it.
    struct Mark {
        var start: Int
        var end: Int
        var remark: String
        var isPrimary: Bool
    }

    /// A character of the line as it is shown.
    private struct Cell {
        let text: String
        let start: Int
        let width: Int
    }

    private let cells: [Cell]
    private let columns: Int
    /// The column at which the character with each byte starts, and at the end the line's width.
    private let columnOfByte: [Int]

    init(line: String) {
        var cells: [Cell] = []
        var columnOfByte: [Int] = []
        var column = 0
        for character in line {
            let cell = Self.cell(character, at: column)
            columnOfByte += Array(repeating: column, count: character.utf8.count)
            cells.append(cell)
            column += cell.width
        }
        self.cells = cells
        columns = column
        self.columnOfByte = columnOfByte + [column]
    }

    /// A tab goes to the next multiple of four columns; what a terminal would obey is shown as `�`.
    private static func cell(_ character: Character, at column: Int) -> Cell {
        if character == "\t" {
            let width = 4 - column % 4
            return Cell(text: String(repeating: " ", count: width), start: column, width: width)
        }
        if character.isUnprintable { return Cell(text: "\u{FFFD}", start: column, width: 1) }
        return Cell(text: String(character), start: column, width: character.displayWidth)
    }

    /// A mark under a range of the line's bytes, at least one column wide.
    func mark(_ bytes: Range<Int>, _ remark: String, isPrimary: Bool) -> Mark {
        let last = columnOfByte.count - 1
        let start = columnOfByte[min(bytes.lowerBound, last)]
        let after = columnOfByte[min(bytes.upperBound, last)]
        let end = after > start ? after : cells.first { $0.start == start }.map { $0.start + max(1, $0.width) } ?? start
        return Mark(start: start, end: max(end, start + 1), remark: remark, isPrimary: isPrimary)
    }

    /// The marks in groups that each fit in `width` columns, from left to right.
    func clusters(_ marks: [Mark], width: Int) -> [[Mark]] {
        guard max(columns, marks.map(\.end).max() ?? 0) > width else { return marks.isEmpty ? [] : [marks] }
        var clusters: [[Mark]] = []
        var start = 0
        for mark in marks.sorted(by: { $0.start < $1.start }) {
            if !clusters.isEmpty, mark.end - start <= width - 2 {
                clusters[clusters.count - 1].append(mark)
            } else {
                clusters.append([mark])
                start = mark.start
            }
        }
        return clusters
    }

    /// The part of the line around the marks that fits in `width` columns, and the marks moved with it.
    func cropped(around marks: [Mark], width: Int) -> (text: String, marks: [Mark]) {
        let low = marks.map(\.start).min() ?? 0
        let high = marks.map(\.end).max() ?? 0
        guard max(columns, high) > width else { return (cells.map(\.text).joined(), marks) }
        // The marks, with the last one's remark if that fits beside it, come to the middle; their start is shown.
        let last = marks.max { $0.end < $1.end }
        let spoken = high + 1 + (last?.remark.displayWidth ?? 0)
        let end = spoken - low <= width - 2 ? spoken : high
        let wished = min((low + end - width) / 2, low - 1)
        let left = max(0, min(max(wished, end - width), max(columns, end) - width))
        let text = visible(from: left, width: width)
        return (text, marks.map { clip($0, left: left, width: width) })
    }

    private func visible(from left: Int, width: Int) -> String {
        let isCutLeft = left > 0
        let isCutRight = columns > left + width
        let (low, high) = (left + (isCutLeft ? 1 : 0), left + width - (isCutRight ? 1 : 0))
        var text = isCutLeft ? "…" : ""
        var column = low
        for cell in cells where cell.start + max(1, cell.width) > low && cell.start < high {
            let isWhole = cell.start >= low && cell.start + cell.width <= high
            let piece = isWhole ? cell.text : ""
            text += String(repeating: " ", count: max(0, (isWhole ? cell.start : column) - column)) + piece
            column = isWhole ? cell.start + cell.width : column
        }
        guard isCutRight else { return text }
        return text + String(repeating: " ", count: max(0, high - column)) + "…"
    }

    private func clip(_ mark: Mark, left: Int, width: Int) -> Mark {
        var mark = mark
        mark.start = min(max(0, mark.start - left), width - 1)
        mark.end = min(max(mark.start + 1, mark.end - left), width)
        return mark
    }
}
