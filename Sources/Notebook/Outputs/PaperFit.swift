/// How small a table has to be printed so that the page is as wide as it.
///
/// Paper does not scroll. Numbers stay whole, texts may break, headings behind an `_`, and the type shrinks by an
/// estimate of the room that they take: widths are in em, of a wide sans-serif type.
struct PaperFit {
    /// The size of type of a table that fits, in points.
    private static let usual = 8
    /// The smallest size: what does not fit even so has its numbers broken.
    private static let least = 4
    /// A4 within margins of 16 mm, in points.
    private static let page = (210 - 2 * 16) / 25.4 * 72
    /// The widths of a digit or letter, of a bold letter in a heading, and of a cell's margins.
    private static let (letter, bold, margins) = (0.64, 0.68, 1.0)

    /// The size of type in points: one of 4 to 8.
    let size: Int
    /// Whether the page is too narrow even so.
    let isTooWide: Bool

    init(_ view: TableView) {
        let width = view.columns.enumerated().reduce(0) { width, column in
            let cells = view.rows.compactMap { $0.indices.contains(column.offset) ? $0[column.offset] : nil }
            let longest = cells.map { VisibleText.line($0).count }.max() ?? 0
            let parts =
                column.element.name.split(separator: "_").map { $0.count + 1 } + [column.element.unit?.count ?? 0]
            let heading = parts.max() ?? 0
            let whole = column.element.isNumeric ? longest : min(longest, 20)
            return width + max(Double(heading) * Self.bold, Double(whole) * Self.letter) + Self.margins
        }
        let fitting = width > 0 ? Self.page / width : Double(Self.usual)
        size = Int(min(Double(Self.usual), max(Double(Self.least), fitting)))
        isTooWide = fitting < Double(Self.least)
    }

    /// The classes of the table's box: `table`, `pt6` where it is smaller than others, `dense` where it is too wide.
    var classes: String { "table" + (size < Self.usual ? " pt\(size)" : "") + (isTooWide ? " dense" : "") }
}
