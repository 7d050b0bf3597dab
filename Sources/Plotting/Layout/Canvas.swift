/// The room for a figure, in pixels, or in characters for a terminal.
struct Canvas {
    /// The whole picture.
    let width, height: Double
    /// A letter's mean width and a line's height.
    let characterWidth, lineHeight: Double
    /// Whether the picture is made of characters.
    let isText: Bool

    /// About the room between the axes, in the same units.
    var plotWidth: Double { max(8, width - (isText ? 10 : 90)) }

    /// About the room between the axes, in the same units.
    var plotHeight: Double { max(4, height - (isText ? 6 : 100)) }

    /// The canvas of a figure drawn in pixels.
    init(_ figure: Figure) {
        width = Double(figure.width)
        height = Double(figure.height)
        characterWidth = figure.theme.fontSize * 0.58
        lineHeight = figure.theme.fontSize * 1.4
        isText = false
    }

    /// The canvas of a terminal of `columns` by `rows` characters.
    init(columns: Int, rows: Int) {
        width = Double(columns)
        height = Double(rows)
        characterWidth = 1
        lineHeight = 1
        isText = true
    }

    /// How long a text is when it is written on one line.
    func length(_ text: String) -> Double { Double(text.count) * characterWidth }
}
