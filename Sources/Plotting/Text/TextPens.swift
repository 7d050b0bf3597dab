/// How the series of a text plot are told apart: by colours, or where there are none by letters and shades.
struct TextPens {
    /// Whether colours may be used.
    let isColoured: Bool
    private let theme: Theme
    /// Whether there are series that only a letter or shade can tell apart.
    private let needsLetters: Bool

    init(_ drawing: Drawing, isColoured: Bool) {
        self.isColoured = isColoured
        theme = drawing.figure.theme
        needsLetters = !isColoured && Set(drawing.layers.map(\.paint.ordinal).filter { $0 >= 0 }).count > 1
    }

    /// The colours of a look; the ink of texts is the terminal's own.
    func style(_ paint: Paint) -> CellStyle { style(paint.colour == theme.text ? nil : paint.colour) }

    /// A colour `0xRRGGBB`, nil for the terminal's own.
    func style(_ colour: UInt32?) -> CellStyle {
        CellStyle(foreground: isColoured ? colour.map(Self.xterm) : nil)
    }

    /// Axes and reference lines.
    var frame: CellStyle { style(theme.muted) }

    /// The title.
    var title: CellStyle { CellStyle(isBold: isColoured) }

    /// Whether a look is the grey of what stands behind.
    func isMuted(_ paint: Paint) -> Bool { paint.ordinal < 0 && paint.colour == theme.muted }

    /// The mark of a point; nil where the points are too many for more than dots.
    func mark(_ paint: Paint) -> Character? {
        if isMuted(paint) { return nil }
        if needsLetters { return letter(paint) }
        return paint.pointSize >= 0.9 ? Self.shapes[paint.round % Self.shapes.count] : nil
    }

    /// The letter that tells a line from the others; nil where colours do, or where it is the only one.
    func letter(_ paint: Paint) -> Character? {
        needsLetters && paint.ordinal >= 0 ? Self.letters[paint.ordinal % Self.letters.count] : nil
    }

    /// The shade that tells bars from others; nil where colours do and blocks may be cut into eighths.
    func shade(_ paint: Paint) -> Character? {
        guard needsLetters, paint.ordinal % Self.shades.count > 0 else { return nil }
        return Self.shades[paint.ordinal % Self.shades.count]
    }

    /// A cell of the colour scale, at a share of 0 to 1 from its low end.
    func scale(_ share: Double) -> (glyph: Character, style: CellStyle) {
        let share = min(1, max(0, share))
        guard isColoured else { return (Self.levels[min(4, Int(share * 5))], .plain) }
        return ("█", style(theme.stops[Int((share * Double(theme.stops.count - 1)).rounded())]))
    }

    private static let shapes = Array("●◆▲■")
    private static let letters = Array("ox+*#@%&")
    private static let shades = Array("█▒░▓")
    private static let levels = Array("·░▒▓█")

    /// The colour of xterm's cube or greys for `0xRRGGBB`, rounded up: thin dots read better bright.
    static func xterm(_ colour: UInt32) -> UInt8 {
        let channels = [colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF].map(Int.init)
        if channels.allSatisfy({ $0 == channels[0] }) { return UInt8(232 + min(23, max(0, (channels[0] - 3) / 10))) }
        let levels = [0, 95, 135, 175, 215, 255]
        let steps = channels.map { channel in levels.firstIndex { $0 + 10 >= channel } ?? 5 }
        return UInt8(16 + 36 * steps[0] + 6 * steps[1] + steps[2])
    }
}
