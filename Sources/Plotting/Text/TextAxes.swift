/// The axes of a text plot: lines, ticks and labels that never touch each other.
struct TextAxes {
    let frame: TextFrame
    let pens: TextPens

    /// The columns that the labels of a vertical axis take.
    static func labelWidth(_ axis: AxisLayout, width: Int) -> Int {
        min(axis.ticks.map { $0.label?.columns ?? 0 }.max() ?? 0, max(4, width / 3))
    }

    func draw(on grid: inout CellGrid) {
        for row in frame.top..<frame.top + frame.rows {
            grid.put("│", column: frame.left - 1, row: row, pens.frame, .text)
        }
        let bottom = frame.top + frame.rows
        grid.put("└", column: frame.left - 1, row: bottom, pens.frame, .text)
        for column in frame.left..<frame.left + frame.columns {
            grid.put("─", column: column, row: bottom, pens.frame, .text)
        }
        drawVerticalTicks(on: &grid)
        drawHorizontalTicks(on: &grid, bottom: bottom)
    }

    private func drawVerticalTicks(on grid: inout CellGrid) {
        let ticks = frame.y.ticks.filter { frame.y.holds($0.position) }
        let labelled = ticks.filter { $0.label != nil }
        let shown = Self.thinned(labelled) { kept in
            let rows = kept.map { frame.row($0.position) }
            return zip(rows, rows.dropFirst()).allSatisfy { $0 != $1 }
        }
        for tick in frame.y.isCategorical ? [] : ticks {
            grid.put("┤", column: frame.left - 1, row: frame.row(tick.position), pens.frame, .text)
        }
        let width = frame.left - 2
        for tick in shown {
            let label = (tick.label ?? "").fitted(to: width)
            grid.write(label, column: max(0, width - label.columns), row: frame.row(tick.position))
        }
    }

    private func drawHorizontalTicks(on grid: inout CellGrid, bottom: Int) {
        let ticks = frame.x.ticks.filter { frame.x.holds($0.position) }
        let labelled = ticks.filter { $0.label != nil }
        let shown = Self.thinned(labelled) { kept in
            let places = kept.map { place($0, grid.width) }
            return zip(places, places.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }
        }
        let marked = frame.x.isCategorical ? [] : ticks.count > frame.columns / 4 ? shown : ticks
        for tick in marked {
            grid.put("┬", column: frame.column(tick.position), row: bottom, pens.frame, .text)
        }
        for tick in shown {
            let place = place(tick, grid.width)
            grid.write(label(tick, grid.width), column: place.lowerBound, row: bottom + 1)
        }
    }

    private func label(_ tick: Tick, _ width: Int) -> String { (tick.label ?? "").fitted(to: width / 3) }

    /// The columns of a label below its tick, moved inwards where it would leave the picture.
    private func place(_ tick: Tick, _ width: Int) -> Range<Int> {
        let columns = label(tick, width).columns
        let start = max(0, min(width - columns, frame.column(tick.position) - (columns - 1) / 2))
        return start..<start + columns
    }

    /// Every tick, or every second, third, … of which none is in the way of the next.
    private static func thinned(_ ticks: [Tick], where fit: ([Tick]) -> Bool) -> [Tick] {
        for stride in 1...max(1, ticks.count) {
            let kept = ticks.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
            if fit(kept) { return kept }
        }
        return Array(ticks.prefix(1))
    }
}

extension AxisLayout {
    /// Whether a value lies on the axis.
    func holds(_ value: Double) -> Bool { (-1e-6...1.000001).contains(fraction(value)) }
}
