/// A figure in characters: Braille for points and lines, blocks for bars, cells for heat maps.
struct TextPlot {
    private let drawing: Drawing
    private let pens: TextPens
    private let legend: TextLegend
    private let title: [String]
    /// The room between the axes.
    let frame: TextFrame
    private(set) var grid: CellGrid

    init(_ figure: Figure, width: Int, height: Int, isColoured: Bool) throws {
        let (width, height) = (min(1000, max(20, width)), min(1000, max(10, height)))
        drawing = try Drawing(figure, on: Canvas(columns: width, rows: height))
        pens = TextPens(drawing, isColoured: isColoured)
        legend = TextLegend(drawing, pens: pens, width: width, limit: max(1, min(5, (height - 6) / 4)))
        title = Self.lines(drawing.figure.title, width: width, limit: height < 16 ? 1 : 2)
        let left = TextAxes.labelWidth(drawing.y, width: width) + 2
        let top = title.count + (Self.isEmpty(drawing.y.heading) ? 0 : 1)
        let below = 2 + (Self.isEmpty(drawing.x.heading) ? 0 : 1) + legend.height
        frame = TextFrame(
            left: left, top: top, columns: width - left - 1, rows: max(1, height - top - below), x: drawing.x,
            y: drawing.y)
        grid = CellGrid(width: width, height: height)
        draw()
    }

    /// Lines that each end in a line break.
    var text: String { grid.lines.map { $0 + "\n" }.joined() }

    private mutating func draw() {
        for (row, line) in title.enumerated() {
            grid.write(line, column: max(0, (grid.width - line.columns) / 2), row: row, pens.title)
        }
        var raster = DotRaster(drawing, frame: frame, pens: pens, grid: grid)
        raster.annotate(drawing)
        grid = raster.grid
        TextAxes(frame: frame, pens: pens).draw(on: &grid)
        writeHeadings()
        legend.draw(on: &grid, row: grid.height - legend.height)
        if drawing.layers.allSatisfy({ $0.rows == 0 }) {
            grid.write("no data", column: frame.left + max(0, frame.columns / 2 - 4), row: frame.top + frame.rows / 2)
        }
    }

    /// A terminal has no letters on their sides: the vertical axis is named over its upper end.
    private mutating func writeHeadings() {
        if let heading = drawing.y.heading { grid.write(heading.fitted(to: grid.width), column: 0, row: frame.top - 1) }
        guard let heading = drawing.x.heading?.fitted(to: grid.width) else { return }
        let middle = frame.left + (frame.columns - heading.columns) / 2
        grid.write(
            heading, column: max(0, min(grid.width - heading.columns, middle)), row: frame.top + frame.rows + 2)
    }

    private static func isEmpty(_ heading: String?) -> Bool { (heading ?? "").isEmpty }

    private static func lines(_ title: String?, width: Int, limit: Int) -> [String] {
        guard let title, !title.isEmpty else { return [] }
        return title.wrapped(to: width, limit: limit).split(whereSeparator: \.isNewline).map {
            String($0).fitted(to: width)
        }
    }
}

extension Figure {
    /// The figure in characters; needs no gnuplot.
    ///
    /// Without colours, series are told apart by the letters on their lines and points, and bars by their shades.
    ///
    /// - Parameters:
    ///   - width: how many columns, 20 to 1,000; others are taken as the nearest of these.
    ///   - height: how many lines at most, 10 to 1,000; others are taken as the nearest of these.
    ///   - isColoured: whether to use xterm's 256 colours.
    /// - Returns: lines that each end in a line break.
    /// - Throws: ``PlotError/mismatchedColumns(_:)``, ``PlotError/badAxis(_:)``.
    public func text(width: Int, height: Int, isColoured: Bool = false) throws -> String {
        try TextPlot(self, width: width, height: height, isColoured: isColoured).text
    }
}
