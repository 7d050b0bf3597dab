import Glibc

/// Turns placed series into primitive shapes.
struct LayerBuilder {
    let figure: Figure
    let placed: [PlacedSeries]
    let pens: Pens
    private let slotsX, slotsY: Slots
    /// Where bars start: 0, or the power of ten below all of them.
    private let base: Double
    /// The series that stand side by side at one place, each once.
    private let neighbours: [Pens.Key]

    init(figure: Figure, placed: [PlacedSeries], pens: Pens, x: Places, y: Places) {
        self.figure = figure
        self.placed = placed
        self.pens = pens
        let wide = placed.filter { $0.series.mark.isBar && $0.series.barWidth == nil || $0.series.mark == .cells }
        slotsX = Slots(
            wide.filter { !$0.isSideways }.flatMap(\.x), isCategorical: x.names != nil,
            isLogarithmic: figure.x.scale == .logarithmic)
        slotsY = Slots(
            wide.filter { $0.isSideways || $0.series.mark == .cells }.flatMap(\.y), isCategorical: y.names != nil,
            isLogarithmic: figure.y.scale == .logarithmic)
        var keys: [Pens.Key] = []
        for index in placed.indices where placed[index].series.mark.isBar && placed[index].series.barWidth == nil {
            if !keys.contains(pens.key(index)) { keys.append(pens.key(index)) }
        }
        neighbours = keys
        base = Self.base(placed, figure)
    }

    private static func base(_ placed: [PlacedSeries], _ figure: Figure) -> Double {
        let bars = placed.filter { $0.series.mark == .bars }
        guard let axis = bars.first.map({ $0.isSideways ? figure.x : figure.y }), axis.scale == .logarithmic else {
            return 0
        }
        let lowest = bars.lazy.map { ($0.isSideways ? $0.x : $0.y).min() ?? 1 }.min() ?? 1
        return min(axis.low ?? .infinity, pow(10, ceil(log10(lowest)) - 1))
    }

    /// The shapes of one series, from back to front.
    func layers(_ index: Int) -> [Layer] {
        let series = placed[index]
        guard !series.x.isEmpty else { return [] }
        let paint = pens.paint(index)
        switch series.series.mark {
        case .points: return [dots(series, paint)]
        case .lines: return [Layer(shape: .lines, columns: [series.x, series.y], paint: paint)] + loners(series, paint)
        case .linesAndPoints:
            return [Layer(shape: .lines, columns: [series.x, series.y], paint: paint), dots(series, paint)]
        case .steps: return [Layer(shape: .steps, columns: [series.x, series.y], paint: paint)]
        case .band: return band(series, paint)
        case .bars: return bars(series, paint, key: pens.key(index))
        case .errorBars: return errorBars(series, paint) + [dots(series, paint)]
        case .boxes: return boxes(series, paint, key: pens.key(index))
        case .cells: return [cells(series, paint)]
        }
    }

    /// Dots: the more of them, the smaller and the more transparent.
    private func dots(_ series: PlacedSeries, _ paint: Paint) -> Layer {
        let sizes = [(60, 0.9, 0.9), (600, 0.7, 0.75), (6_000, 0.5, 0.55), (60_000, 0.4, 0.35)]
        let all = placed.lazy.filter { $0.series.mark == .points }.map(\.x.count).reduce(0, +)
        let count = series.series.mark == .points && series.series.emphasis != .strong ? all : series.x.count
        let (_, size, opacity) = sizes.first { count <= $0.0 } ?? (0, Paint.smallestDot, 0.25)
        var dot = paint
        let isStrong = series.series.emphasis == .strong
        dot.pointSize = isStrong ? max(0.9, size * 1.3) : size
        dot.opacity =
            isStrong || series.series.mark != .points ? 1 : opacity * (series.series.emphasis == .muted ? 0.6 : 1)
        if series.values.isEmpty { return Layer(shape: .points, columns: [series.x, series.y], paint: dot) }
        return Layer(shape: .colouredPoints, columns: [series.x, series.y, series.values], paint: dot)
    }

    /// Dots for the points of a line that have no neighbour: no stroke would show them.
    private func loners(_ series: PlacedSeries, _ paint: Paint) -> [Layer] {
        let isGap = { (row: Int) in !series.x.indices.contains(row) || series.x[row].isNaN || series.y[row].isNaN }
        let rows = series.x.indices.filter { !isGap($0) && isGap($0 - 1) && isGap($0 + 1) }
        guard !rows.isEmpty else { return [] }
        var dot = paint
        dot.pointSize = 0.7
        return [Layer(shape: .points, columns: [rows.map { series.x[$0] }, rows.map { series.y[$0] }], paint: dot)]
    }

    /// Bands that lie over each other: the more of them, the more transparent.
    private var bandOpacity: Double {
        let bands = placed.filter { $0.series.mark == .band }.count
        return 0.22 * min(1, (3 / Double(max(1, bands))).squareRoot())
    }

    private func band(_ series: PlacedSeries, _ paint: Paint) -> [Layer] {
        var area = paint
        area.opacity = bandOpacity
        let ribbon = Layer(shape: .ribbon, columns: [series.x, series.low, series.high], paint: area)
        if series.y.isEmpty { return [ribbon] }
        return [ribbon, Layer(shape: .lines, columns: [series.x, series.y], paint: paint)]
    }

    private func errorBars(_ series: PlacedSeries, _ paint: Paint) -> [Layer] {
        guard !series.low.isEmpty else { return [] }
        let lengths = zip(series.high, series.low).map(-)
        let still = [Double](repeating: 0, count: lengths.count)
        var stroke = paint
        stroke.lineWidth = 1.5
        let columns =
            series.isSideways ? [series.low, series.y, lengths, still] : [series.x, series.low, still, lengths]
        return [Layer(shape: .segments, columns: columns, paint: stroke)]
    }
}

extension LayerBuilder {
    /// Where the bar of a series at a place begins and ends.
    private func edges(_ place: Double, _ series: PlacedSeries, _ key: Pens.Key) -> (Double, Double) {
        if let width = series.series.barWidth { return (place - width / 2, place + width / 2) }
        let slots = series.isSideways ? slotsY : slotsX
        let index = neighbours.firstIndex(of: key) ?? 0
        return slots.edges(at: place, fraction: 0.8, index: index, of: max(1, neighbours.count))
    }

    private func bars(_ series: PlacedSeries, _ paint: Paint, key: Pens.Key) -> [Layer] {
        var fill = paint
        let overlap = placed.count { $0.series.barWidth != nil } > 1
        fill.opacity = overlap ? 0.5 : 0.88
        let places = series.isSideways ? series.y : series.x
        let ends = series.isSideways ? series.x : series.y
        let sides = places.map { edges($0, series, key) }
        let bases = [Double](repeating: base, count: ends.count)
        let bars = rectangles(series, (places, sides.map(\.0), sides.map(\.1)), (ends, bases, ends), fill)
        return [bars] + errorBars(series.moved(to: sides.map { ($0.0 + $0.1) / 2 }), figure.theme.ink)
    }

    /// Rectangles from (middle, start, end) along the axis of places and along the axis of values.
    private func rectangles(
        _ series: PlacedSeries, _ along: ([Double], [Double], [Double]), _ value: ([Double], [Double], [Double]),
        _ paint: Paint, shape: Layer.Shape = .rectangles
    ) -> Layer {
        let (x, y) = series.isSideways ? (value, along) : (along, value)
        return Layer(
            shape: shape, columns: [x.0, y.0, x.1, x.2, y.1, y.2], paint: paint, isSideways: series.isSideways)
    }

    private func cells(_ series: PlacedSeries, _ paint: Paint) -> Layer {
        let x = series.x.map { slotsX.edges(at: $0, fraction: 1) }
        let y = series.y.map { slotsY.edges(at: $0, fraction: 1) }
        return Layer(
            shape: .cells,
            columns: [series.x, series.y, x.map(\.0), x.map(\.1), y.map(\.0), y.map(\.1), series.values], paint: paint)
    }

    private func boxes(_ series: PlacedSeries, _ paint: Paint, key: Pens.Key) -> [Layer] {
        let (places, values) = series.isSideways ? (series.y, series.x) : (series.x, series.y)
        var groups: [Double: [Double]] = [:]
        for (place, value) in zip(places, values) { groups[place, default: []].append(value) }
        let summaries = groups.keys.sorted().compactMap { place in
            BoxSummary(groups[place] ?? []).map { (edges(place, series, key), $0) }
        }
        var fill = paint
        fill.opacity = 0.35
        let middles = summaries.map { ($0.0.0 + $0.0.1) / 2 }
        let box = rectangles(
            series, (middles, summaries.map(\.0.0), summaries.map(\.0.1)),
            (
                summaries.map(\.1.median), summaries.map(\.1.quartiles.lowerBound),
                summaries.map(\.1.quartiles.upperBound)
            ), fill, shape: .boxes)
        return [box, strokes(summaries, middles, series, paint), outliers(summaries, middles, series, paint)]
            .filter { $0.rows > 0 }
    }

    /// The whiskers and the medians of boxes.
    private func strokes(
        _ summaries: [((Double, Double), BoxSummary)], _ middles: [Double], _ series: PlacedSeries, _ paint: Paint
    ) -> Layer {
        var (place, value, acrossPlace, acrossValue) = ([Double](), [Double](), [Double](), [Double]())
        for ((edges, box), middle) in zip(summaries, middles) {
            place += [edges.0, middle, middle]
            value += [box.median, box.whiskers.lowerBound, box.quartiles.upperBound]
            acrossPlace += [edges.1 - edges.0, 0, 0]
            acrossValue += [
                0, box.quartiles.lowerBound - box.whiskers.lowerBound,
                box.whiskers.upperBound - box.quartiles.upperBound,
            ]
        }
        let columns =
            series.isSideways
            ? [value, place, acrossValue, acrossPlace] : [place, value, acrossPlace, acrossValue]
        return Layer(shape: .segments, columns: columns, paint: paint)
    }

    private func outliers(
        _ summaries: [((Double, Double), BoxSummary)], _ middles: [Double], _ series: PlacedSeries, _ paint: Paint
    ) -> Layer {
        var dot = paint
        (dot.pointSize, dot.opacity) = (0.4, 0.6)
        let points = zip(summaries, middles).flatMap { summary, middle in
            summary.1.outliers.map { (middle, $0) }
        }
        let columns = [points.map(\.0), points.map(\.1)]
        return Layer(shape: .points, columns: series.isSideways ? columns.reversed() : columns, paint: dot)
    }
}
