import Glibc

/// Shapes as letters: gnuplot's text terminal outlines areas and draws all lines alike, so every shape becomes the
/// letters that it covers, a letter for each series.
struct Raster {
    private(set) var layers: [Layer] = []
    private let x, y: AxisLayout
    private let columns, rows: Double
    private let colours: AxisLayout?
    private let gradient: [UInt32]

    init(_ drawing: Drawing, canvas: Canvas) {
        (x, y) = (drawing.x, drawing.y)
        (columns, rows) = (canvas.width, canvas.height)
        colours = drawing.colours
        gradient = drawing.figure.theme.stops
        for layer in drawing.layers { append(layer) }
    }

    private mutating func append(_ layer: Layer) {
        let columns = layer.columns
        switch layer.shape {
        case .points: add(zip(columns[0], columns[1]).map { ($0, $1) }, layer.paint)
        case .lines: add(path(columns[0], columns[1]), layer.paint)
        case .steps:
            let (xs, ys) = staircase(columns[0], columns[1])
            add(path(xs, ys), layer.paint)
        case .ribbon:
            var paint = layer.paint
            paint.ordinal = Self.edge
            add(path(columns[0], columns[1]) + path(columns[0], columns[2]), paint)
        case .rectangles:
            add(layer.indices.flatMap { area(columns, $0) }, layer.paint.lettered(.bars))
        case .segments:
            add(
                layer.indices.flatMap { row in
                    let (x, y) = (columns[0][row], columns[1][row])
                    return segment((x, y), (x + columns[2][row], y + columns[3][row]))
                }, layer.paint)
        case .cells, .colouredPoints: appendColoured(layer)
        }
    }

    /// A layer for each of a few levels of the colour scale.
    private mutating func appendColoured(_ layer: Layer) {
        guard let colours, let values = layer.columns.last else { return }
        var levels: [[(Double, Double)]] = Array(repeating: [], count: Self.shades.count)
        for (row, value) in values.enumerated() {
            let fraction = colours.fraction(value)
            guard fraction.isFinite else { continue }
            let level = min(levels.count - 1, max(0, Int(fraction * Double(levels.count))))
            levels[level] +=
                layer.shape == .cells ? area(layer.columns, row) : [(layer.columns[0][row], layer.columns[1][row])]
        }
        for (level, points) in levels.enumerated() {
            let colour = gradient[level * (gradient.count - 1) / (levels.count - 1)]
            add(points, Paint(colour: colour, ordinal: Self.firstShade + level))
        }
    }

    /// Appends points, one for each letter that they cover.
    private mutating func add(_ points: [(Double, Double)], _ paint: Paint) {
        struct Place: Hashable { let column, row: Int }
        var seen: Set<Place> = []
        var kept: [(Double, Double)] = []
        for point in points {
            let (across, up) = (x.fraction(point.0), y.fraction(point.1))
            guard (-0.001...1.001).contains(across), (-0.001...1.001).contains(up) else { continue }
            let place = Place(column: Int(across * columns * 2), row: Int(up * rows * 2))
            if seen.insert(place).inserted { kept.append(point) }
        }
        layers.append(Layer(shape: .points, columns: [kept.map(\.0), kept.map(\.1)], paint: paint))
    }

    private func path(_ xs: [Double], _ ys: [Double]) -> [(Double, Double)] {
        let corners = Array(zip(xs, ys))
        return corners.prefix(1) + zip(corners, corners.dropFirst()).flatMap { segment($0, $1) }
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

    /// Points along a stroke, about one for each letter; a stroke with a missing end is its other end.
    private func segment(_ start: (Double, Double), _ end: (Double, Double)) -> [(Double, Double)] {
        let from = (x.fraction(start.0), y.fraction(start.1))
        let to = (x.fraction(end.0), y.fraction(end.1))
        let length = max(abs(to.0 - from.0) * columns, abs(to.1 - from.1) * rows)
        guard length.isFinite else { return [start, end].filter { $0.0.isFinite && $0.1.isFinite } }
        let count = max(1, min(4000, Int(length * 1.2) + 1))
        return (0...count).map { step in
            let share = Double(step) / Double(count)
            return (x.value(from.0 + (to.0 - from.0) * share), y.value(from.1 + (to.1 - from.1) * share))
        }
    }

    /// Points over the rectangle of a row of `x y x0 x1 y0 y1`, about one for each letter.
    private func area(_ table: [[Double]], _ row: Int) -> [(Double, Double)] {
        let across = clipped(x.fraction(table[2][row]), x.fraction(table[3][row]))
        let up = clipped(y.fraction(table[4][row]), y.fraction(table[5][row]))
        let columns = max(1, Int((across.high - across.low) * columns * 1.2))
        let rows = max(1, Int((up.high - up.low) * rows * 1.2))
        return (0..<columns).flatMap { column in
            (0..<rows).map { row in
                (
                    x.value(across.low + (across.high - across.low) * (Double(column) + 0.5) / Double(columns)),
                    y.value(up.low + (up.high - up.low) * (Double(row) + 0.5) / Double(rows))
                )
            }
        }
    }

    private func clipped(_ start: Double, _ end: Double) -> Extent {
        if start.isNaN || end.isNaN { return Extent(low: 0, high: 0) }
        return Extent(low: max(0, min(1, min(start, end))), high: max(0, min(1, max(start, end))))
    }
}

extension Raster {
    private static let letters = Array("ox+*#@%&")
    private static let blocks = Array("█▓▒░")
    private static let shades = Array("·░▒▓█")
    private static let edge = -2
    fileprivate static let firstBlock = 1_000_000
    private static let firstShade = 2_000_000

    /// The letter that stands for a look.
    static func letter(_ paint: Paint) -> Character {
        switch paint.ordinal {
        case firstShade...: shades[min(shades.count - 1, paint.ordinal - firstShade)]
        case firstBlock...: blocks[(paint.ordinal - firstBlock) % blocks.count]
        case 0...: letters[paint.ordinal % letters.count]
        default: "."
        }
    }
}

extension Paint {
    /// The look with the letter of a mark: areas are blocks.
    func lettered(_ mark: Series.Mark) -> Paint {
        guard mark.isBar, ordinal >= 0 else { return self }
        var paint = self
        paint.ordinal += Raster.firstBlock
        return paint
    }
}

extension Layer {
    fileprivate var indices: Range<Int> { 0..<rows }
}

extension AxisLayout {
    /// How far along the axis a value lies: 0 at ``low``, 1 at ``high``.
    func fraction(_ value: Double) -> Double {
        isLogarithmic ? log(value / low) / log(high / low) : (value - low) / (high - low)
    }

    /// The value that lies so far along the axis.
    func value(_ fraction: Double) -> Double {
        isLogarithmic ? low * pow(high / low, fraction) : low + (high - low) * fraction
    }
}
