/// A series whose names have become places, without the rows that have no place in the picture.
struct PlacedSeries {
    let series: Series
    /// The place along either axis; NaN in both where a line has a gap.
    private(set) var x, y: [Double]
    /// Empty where the series has none.
    private(set) var low, high, values: [Double]
    private(set) var omitted = Omitted()

    /// Whether bars and boxes lie on their sides.
    let isSideways: Bool

    init(_ series: Series, x placeX: Places, y placeY: Places, figure: Figure) {
        self.series = series
        x = placeX(series.x)
        y = placeY(series.y)
        low = series.low.numbers
        high = series.high.numbers
        values = series.values.numbers
        isSideways = series.isSideways
        dropUnplaceable(
            logX: figure.x.scale == .logarithmic, logY: figure.y.scale == .logarithmic,
            logColour: figure.colour.scale == .logarithmic)
    }

    private mutating func dropUnplaceable(logX: Bool, logY: Bool, logColour: Bool) {
        let hasMiddle = !y.isEmpty
        // A line or band falls to the lower end of a logarithmic axis, see ``Layer/standing(on:)``.
        let dropsY = logY && !series.mark.isConnected
        let logEnds = isSideways ? logX : dropsY
        var kept: [Int] = []
        var gaps: Set<Int> = []
        kept.reserveCapacity(x.count)
        for row in x.indices {
            let cells = [(x, logX), (y, dropsY), (low, logEnds), (high, logEnds), (values, logColour)]
                .lazy.filter { !$0.0.isEmpty }
            if cells.contains(where: { !$0.0[row].isPlottable }) {
                omitted.missing += 1
            } else if cells.contains(where: { $0.1 && $0.0[row] <= 0 }) {
                omitted.notPositive += 1
            } else {
                kept.append(row)
                continue
            }
            if series.mark.isConnected { gaps.insert(row) }
        }
        guard kept.count < x.count else { return }
        if !hasMiddle { y = [] }
        select(series.mark.isConnected ? Array(x.indices) : kept, gaps: gaps)
    }

    /// The same rows at other places along the axis of places.
    func moved(to places: [Double]) -> PlacedSeries {
        var copy = self
        if isSideways { copy.y = places } else { copy.x = places }
        return copy
    }

    private mutating func select(_ rows: [Int], gaps: Set<Int>) {
        func pick(_ column: [Double]) -> [Double] {
            column.isEmpty ? [] : rows.map { gaps.contains($0) ? .nan : column[$0] }
        }
        (x, y, low, high, values) = (pick(x), pick(y), pick(low), pick(high), pick(values))
    }
}

extension Values {
    /// The numbers of a column; none of a column of names.
    fileprivate var numbers: [Double] {
        if case .numbers(let numbers) = self { numbers } else { [] }
    }
}

extension Series {
    /// Whether names stand along the vertical axis and numbers along the horizontal one.
    var isSideways: Bool { mark.isBar && y.areNames && !x.areNames }
}

extension Series.Mark {
    /// Whether neighbouring rows are joined, so that a missing row is a gap.
    var isConnected: Bool {
        switch self {
        case .lines, .linesAndPoints, .steps, .band: true
        case .points, .bars, .boxes, .errorBars, .cells: false
        }
    }

    /// Whether the mark has a width along the axis of places.
    var isBar: Bool { self == .bars || self == .boxes }
}
