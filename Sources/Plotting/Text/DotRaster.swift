/// Draws the shapes of a figure into the frame of a text plot: dots of Braille, marks and blocks.
struct DotRaster {
    let frame: TextFrame
    let pens: TextPens
    let colours: AxisLayout?
    /// Whether the bands are few enough to be shaded.
    private let shadesBands: Bool
    /// The series that have a line.
    private let middles: Set<Int>
    private(set) var grid: CellGrid

    init(_ drawing: Drawing, frame: TextFrame, pens: TextPens, grid: CellGrid) {
        (self.frame, self.pens, self.grid) = (frame, pens, grid)
        colours = drawing.colours
        shadesBands = drawing.layers.count { $0.shape == .ribbon } <= (pens.isColoured ? 3 : 1)
        middles = Set(drawing.layers.filter { $0.shape == .lines }.map(\.paint.ordinal))
        for layer in drawing.layers { draw(layer) }
    }

    private mutating func draw(_ layer: Layer) {
        let columns = layer.columns
        switch layer.shape {
        case .points: points(layer)
        case .colouredPoints: colouredPoints(layer)
        case .lines: path(columns[0], columns[1], layer.paint)
        case .steps:
            let (xs, ys) = staircase(columns[0], columns[1])
            path(xs, ys, layer.paint)
        case .ribbon: ribbon(layer)
        case .segments:
            for row in 0..<layer.rows {
                let (x, y) = (columns[0][row], columns[1][row])
                stroke((x, y), (x + columns[2][row], y + columns[3][row]), layer.paint)
            }
        case .rectangles: bars(layer)
        case .boxes: boxes(layer)
        case .cells: cells(layer)
        }
    }

    private mutating func points(_ layer: Layer) {
        let (mark, style) = (pens.mark(layer.paint), pens.style(layer.paint))
        let weight: CellGrid.Weight = pens.isMuted(layer.paint) ? .faint : .normal
        for (x, y) in zip(layer.columns[0], layer.columns[1]) {
            guard let dot = frame.dot(x, y) else { continue }
            if let mark {
                grid.put(mark, column: dot.x / 2, row: dot.y / 4, style, .mark)
            } else {
                grid.light(x: dot.x, y: dot.y, style, weight)
            }
        }
    }

    private mutating func colouredPoints(_ layer: Layer) {
        for (row, value) in layer.columns[2].enumerated() {
            guard let colours, let dot = frame.dot(layer.columns[0][row], layer.columns[1][row]) else { continue }
            let (glyph, style) = pens.scale(colours.fraction(value))
            if pens.isColoured, layer.paint.pointSize < 0.9 {
                grid.light(x: dot.x, y: dot.y, style)
            } else {
                grid.put(pens.isColoured ? "●" : glyph, column: dot.x / 2, row: dot.y / 4, style, .mark)
            }
        }
    }

    /// An area: its edges dotted, between them a light shade where the areas are few.
    private mutating func ribbon(_ layer: Layer) {
        let columns = layer.columns
        var paint = layer.paint
        if middles.contains(paint.ordinal) { paint.ordinal = -1 }  // the letters stand on the line in the middle
        path(columns[0], columns[1], paint, isDotted: true)
        path(columns[0], columns[2], paint, isDotted: true)
        guard shadesBands else { return }
        for row in 0..<max(0, layer.rows - 1) { shade(columns, row, row + 1, pens.style(layer.paint)) }
    }

    /// One dot a cell between two edges of an area.
    private mutating func shade(_ columns: [[Double]], _ first: Int, _ second: Int, _ style: CellStyle) {
        let ends = [first, second].map { row in
            (x: frame.across(columns[0][row]), low: frame.down(columns[1][row]), high: frame.down(columns[2][row]))
        }.sorted { $0.x < $1.x }
        guard let start = ends.first, let end = ends.last, end.x > start.x else { return }
        let range = (max(0, start.x), min(Double(frame.columns * 2), end.x))
        guard range.0 <= range.1 else { return }
        for x in Int(range.0)...Int(range.1) where x % 2 == 0 {
            let share = min(1, max(0, (Double(x) - start.x) / (end.x - start.x)))
            let edges = [start.low + (end.low - start.low) * share, start.high + (end.high - start.high) * share]
            guard edges.allSatisfy(\.isFinite) else { continue }
            let rows = (max(0, edges.min() ?? 0), min(Double(frame.rows * 4), edges.max() ?? 0))
            guard rows.0 <= rows.1 else { continue }
            for y in Int(rows.0)...Int(rows.1) where y % 4 == (x % 4 == 0 ? 0 : 2) {
                let dot = frame.dot(across: Double(x), down: Double(y))
                grid.light(x: dot.x, y: dot.y, style, .faint)
            }
        }
    }

    private func staircase(_ xs: [Double], _ ys: [Double]) -> ([Double], [Double]) {
        var (cornersX, cornersY) = ([Double](), [Double]())
        for row in xs.indices {
            if row > 0 {
                cornersX.append(xs[row])
                cornersY.append(ys[row].isNaN ? .nan : ys[row - 1])
            }
            cornersX.append(xs[row])
            cornersY.append(ys[row])
        }
        return (cornersX, cornersY)
    }
}

extension DotRaster {
    /// Columns between the letters along a line, where letters tell the lines apart.
    private static let letterDistance = 12

    /// A line through points; NaN lifts the pen.
    mutating func path(_ xs: [Double], _ ys: [Double], _ paint: Paint, isDotted: Bool = false) {
        let dash = isDotted ? [true, false] : Self.dashes[paint.round % Self.dashes.count]
        var walked = 0
        var places: [(x: Int, y: Int)] = []
        for row in xs.indices {
            if let dot = frame.dot(xs[row], ys[row]) {
                let isEnd = row == 0 || xs[row - 1].isNaN
                if isEnd { light(dot, paint) }
                places.append(dot)
            }
            guard row > 0 else { continue }
            walk((xs[row - 1], ys[row - 1]), (xs[row], ys[row])) { raster, dot in
                if dash[walked % dash.count] { raster.light(dot, paint) }
                walked += 1
                places.append(dot)
            }
        }
        if let letter = pens.letter(paint) { sprinkle(letter, places, paint) }
    }

    /// Dots that are drawn and dots that are left out, for each round of the palette.
    private static let dashes = [
        [true], [true, true, true, true, false, false], [true, false, false],
        [true, true, true, true, false, false, true, false, false],
    ]

    /// A straight line.
    mutating func stroke(_ start: (Double, Double), _ end: (Double, Double), _ paint: Paint) {
        for point in [start, end] {
            if let dot = frame.dot(point.0, point.1) { light(dot, paint) }
        }
        walk(start, end) { raster, dot in raster.light(dot, paint) }
    }

    private mutating func light(_ dot: (x: Int, y: Int), _ paint: Paint) {
        grid.light(x: dot.x, y: dot.y, pens.style(paint), pens.isMuted(paint) ? .faint : .normal)
    }

    /// A dotted line in the colour of axes, over the width or the height of the frame.
    mutating func guideline(_ start: (Double, Double), _ end: (Double, Double), every step: Int) {
        var count = 0
        walk(start, end) { raster, dot in
            if count % step == 0 { raster.grid.light(x: dot.x, y: dot.y, raster.pens.frame, .faint) }
            count += 1
        }
    }

    /// Every dot of a straight line within the frame.
    private mutating func walk(
        _ start: (Double, Double), _ end: (Double, Double), _ visit: (inout DotRaster, (x: Int, y: Int)) -> Void
    ) {
        let from = (x: frame.across(start.0), y: frame.down(start.1))
        let to = (x: frame.across(end.0), y: frame.down(end.1))
        guard let part = frame.clipped(from, to) else { return }
        let (dx, dy) = (part.end.x - part.start.x, part.end.y - part.start.y)
        let count = max(1, Int(max(abs(dx), abs(dy)).rounded(.up)))
        for step in 0...count {
            let share = Double(step) / Double(count)
            visit(&self, frame.dot(across: part.start.x + dx * share, down: part.start.y + dy * share))
        }
    }

    /// A letter every few columns along a line; the letters of two lines stand at different columns.
    private mutating func sprinkle(_ letter: Character, _ places: [(x: Int, y: Int)], _ paint: Paint) {
        let offset = paint.ordinal * 5 % Self.letterDistance
        let columns = places.filter { ($0.x / 2 - frame.left) % Self.letterDistance == offset }
        let chosen = columns.isEmpty ? Array(places.dropFirst(places.count / 2).prefix(1)) : columns
        var last: (x: Int, y: Int)?
        for place in chosen where last.map({ abs($0.x - place.x) + abs($0.y - place.y) > 6 }) ?? true {
            grid.put(letter, column: place.x / 2, row: place.y / 4, pens.style(paint), .mark)
            last = place
        }
    }

    /// Puts the letter or nothing at a point of a box.
    mutating func label(_ x: Double, _ y: Double, _ paint: Paint) {
        guard let letter = pens.letter(paint), let dot = frame.dot(x, y) else { return }
        grid.put(letter, column: dot.x / 2, row: dot.y / 4, pens.style(paint), .mark)
    }

    /// Writes a text over the shapes, from a column of the frame on.
    mutating func writeInFrame(_ text: String, column: Int, row: Int) {
        grid.write(text, column: frame.left + column, row: row)
    }

    /// Puts a character into a cell of the frame.
    mutating func put(_ glyph: Character, column: Int, row: Int, _ style: CellStyle) {
        grid.put(glyph, column: frame.left + column, row: frame.top + row, style, .normal)
    }

    /// Fills a cell of the frame with a block.
    mutating func fill(_ glyph: Character, level: Int, column: Int, row: Int, _ style: CellStyle) {
        guard (0..<frame.columns).contains(column), (0..<frame.rows).contains(row) else { return }
        grid.fill(glyph, level: level, column: frame.left + column, row: frame.top + row, style)
    }
}
