/// Characters in rows and columns, each with its colours: the paper of a text plot.
///
/// A cell holds either a character or a pattern of Braille, two dots wide and four high. What is drawn with more weight
/// takes a cell from what has less, so that a line stands clear of the cloud that it crosses.
struct CellGrid {
    /// How much what is drawn stands out.
    enum Weight: Int {
        case none, faint, normal, mark, text
    }

    private struct Cell {
        var glyph: Character = " "
        /// The dots of Unicode's Braille patterns, U+2800 and the bits.
        var dots: UInt8 = 0
        /// Eighths of the cell that a block fills; 0 where the cell is no block.
        var level = 0
        var style = CellStyle.plain
        var weight = Weight.none
        /// Whether the character to the left is two columns wide and reaches in here.
        var isCovered = false

        var character: Character {
            guard dots != 0 else { return glyph }
            return Character(Unicode.Scalar(0x2800 + UInt32(dots)) ?? " ")
        }
    }

    let width, height: Int
    private var cells: [Cell]

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        cells = Array(repeating: Cell(), count: width * height)
    }

    /// Lights the dot at `(x, y)`, counted in dots from the upper left corner of the grid.
    mutating func light(x: Int, y: Int, _ style: CellStyle, _ weight: Weight = .normal) {
        guard x >= 0, y >= 0, x / 2 < width, y / 4 < height else { return }
        let index = y / 4 * width + x / 2
        guard cells[index].weight.rawValue <= weight.rawValue else { return }
        var cell = cells[index]
        if cell.weight != weight { cell.dots = 0 }
        let isOverBlock = cell.level == 8 && style.foreground != cell.style.foreground
        cell.style = isOverBlock ? CellStyle(foreground: 231, background: cell.style.foreground) : style
        if let background = cells[index].style.background, !isOverBlock { cell.style.background = background }
        (cell.glyph, cell.level, cell.weight) = (" ", 0, weight)
        cell.dots |= Self.bit(x % 2, y % 4)
        cells[index] = cell
    }

    /// The bit of a dot: Unicode numbers the upper three rows column by column, then the lowest row.
    private static func bit(_ column: Int, _ row: Int) -> UInt8 {
        row == 3 ? 0x40 << UInt8(column) : 1 << UInt8(column * 3 + row)
    }

    /// Puts a character into a cell.
    mutating func put(_ glyph: Character, column: Int, row: Int, _ style: CellStyle, _ weight: Weight) {
        guard (0..<width).contains(column), (0..<height).contains(row) else { return }
        let index = row * width + column
        guard cells[index].weight.rawValue <= weight.rawValue else { return }
        cells[index] = Cell(glyph: glyph, style: style, weight: weight)
    }

    /// Fills `level` eighths of a cell with the block `glyph`; the fuller of two blocks of one colour stays.
    mutating func fill(_ glyph: Character, level: Int, column: Int, row: Int, _ style: CellStyle) {
        guard (0..<width).contains(column), (0..<height).contains(row) else { return }
        let old = cells[row * width + column]
        guard old.level <= level || old.style != style else { return }
        put(glyph, column: column, row: row, style, .normal)
        cells[row * width + column].level = level
    }

    /// Writes one line of text from a column on, as far as the grid reaches.
    mutating func write(_ text: String, column: Int, row: Int, _ style: CellStyle = .plain) {
        var column = column
        for character in text {
            let columns = character.columns
            guard column >= 0, column + columns <= width else { return }
            put(character, column: column, row: row, style, .text)
            for covered in column + 1..<max(column + 1, column + columns) where (0..<height).contains(row) {
                cells[row * width + covered] = Cell(style: style, weight: .text, isCovered: true)
            }
            column += columns
        }
    }

    /// Whether anything is drawn in a cell.
    func isLit(column: Int, row: Int) -> Bool { cells[row * width + column].character != " " }
}

extension CellGrid {
    /// The lines, without spaces at their ends and without empty lines at the end of all.
    var lines: [String] {
        let lines = (0..<height).map(line)
        return Array(lines.prefix((lines.lastIndex { !$0.isEmpty } ?? -1) + 1))
    }

    /// A line; a stretch of one colour is led in by its code, and the last is ended.
    private func line(_ row: Int) -> String {
        let cells = cells[row * width..<(row + 1) * width]
        let end = cells.lastIndex { $0.character != " " || $0.style.background != nil } ?? cells.startIndex - 1
        guard end >= cells.startIndex else { return "" }
        var (text, style) = ("", CellStyle.plain)
        for cell in cells[cells.startIndex...end] where !cell.isCovered {
            if cell.style != style, cell.character != " " || cell.style.background != style.background {
                text += (style == .plain ? "" : "\u{1B}[0m") + cell.style.code
                style = cell.style
            }
            text.append(cell.character)
        }
        return style == .plain ? text : text + "\u{1B}[0m"
    }
}

/// The colours of a cell, of xterm's 256.
struct CellStyle: Hashable {
    /// The terminal's own colours.
    static let plain = CellStyle()

    /// The colour of the letters; nil is the terminal's own.
    var foreground: UInt8?
    /// The colour behind them; nil is the terminal's own.
    var background: UInt8?
    var isBold = false

    /// The escape sequence that begins the style.
    var code: String {
        (isBold ? "\u{1B}[1m" : "") + (foreground.map { "\u{1B}[38;5;\($0)m" } ?? "")
            + (background.map { "\u{1B}[48;5;\($0)m" } ?? "")
    }
}
