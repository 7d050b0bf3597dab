/// Bars, boxes and heat maps.
extension DotRaster {
    private static let lower = Array(" ▁▂▃▄▅▆▇█")
    private static let leftward = Array(" ▏▎▍▌▋▊▉█")

    /// Bars in blocks cut to an eighth of a cell; histograms that lie over each other as outlines.
    mutating func bars(_ layer: Layer) {
        let columns = layer.columns
        if layer.paint.opacity < 0.8 { return outline(layer) }
        for row in 0..<layer.rows {
            let x = [columns[2][row], columns[3][row]].map { frame.x.fraction($0) * Double(frame.columns) }
            let y = [columns[4][row], columns[5][row]].map { (1 - frame.y.fraction($0)) * Double(frame.rows) }
            guard (x + y).allSatisfy({ !$0.isNaN }) else { continue }
            if layer.isSideways {
                sidewaysBar(Span(x[0], x[1], within: frame.columns), rowSpan(y), layer.paint)
            } else {
                uprightBar(cellSpan(x, frame.columns), Span(y[0], y[1], within: frame.rows), layer.paint)
            }
        }
    }

    /// A stretch along an axis in cells from its start, within the frame.
    private struct Span {
        let low, high: Double
        init(_ first: Double, _ second: Double, within count: Int) {
            low = min(Double(count), max(0, min(first, second)))
            high = min(Double(count), max(0, max(first, second)))
        }
    }

    /// Whole cells, at least one.
    private func cellSpan(_ ends: [Double], _ count: Int) -> Range<Int> {
        let span = Span(ends[0], ends[1], within: count)
        let first = min(count - 1, Int(span.low.rounded()))
        return first..<max(first + 1, min(count, Int(span.high.rounded())))
    }

    /// Whole rows, at least one, around the middle; fewer than would fill the room, so that bars do not touch.
    private func rowSpan(_ ends: [Double]) -> Range<Int> {
        let span = Span(ends[0], ends[1], within: frame.rows)
        let count = max(1, Int(span.high - span.low + 0.2))
        let first = Int(((span.low + span.high - Double(count)) / 2).rounded())
        return max(0, min(frame.rows - count, first))..<max(count, min(frame.rows, first + count))
    }

    private mutating func uprightBar(_ columns: Range<Int>, _ span: Span, _ paint: Paint) {
        guard span.high > span.low else { return }
        for row in Int(span.low)..<min(frame.rows, Int(span.high.rounded(.up))) {
            let top = max(span.low, Double(row))
            let bottom = min(span.high, Double(row + 1))
            // Blocks stand on the lower edge of a cell; what hangs from the upper one is rounded to a half.
            let hangs = bottom < Double(row + 1) && top == Double(row) && span.low < Double(row)
            let eighths = Int(((bottom - top) * 8).rounded())
            for column in columns {
                block(eighths, hangs ? [" ", "▀", "█"] : Self.lower, column, row, paint, isFirst: top > Double(row))
            }
        }
    }

    private mutating func sidewaysBar(_ span: Span, _ rows: Range<Int>, _ paint: Paint) {
        guard span.high > span.low else { return }
        for column in Int(span.low)..<min(frame.columns, Int(span.high.rounded(.up))) {
            let (start, end) = (max(span.low, Double(column)), min(span.high, Double(column + 1)))
            let eighths = start > Double(column) ? ((end - start) >= 0.5 ? 8 : 0) : Int(((end - start) * 8).rounded())
            for row in rows {
                block(eighths, Self.leftward, column, row, paint, isFirst: end < Double(column + 1))
            }
        }
    }

    /// A cell of a bar: a cut block, or a whole shade where it is at least half full. The last cell of a bar shows,
    /// however short it is.
    private mutating func block(
        _ eighths: Int, _ glyphs: [Character], _ column: Int, _ row: Int, _ paint: Paint, isFirst: Bool
    ) {
        let style = pens.style(paint)
        if let shade = pens.shade(paint) {
            if eighths >= 4 || isFirst { fill(shade, level: 8, column: column, row: row, style) }
            return
        }
        let eighths = isFirst ? max(1, eighths) : eighths
        let step = (eighths * (glyphs.count - 1) + 4) / 8
        if step > 0 { fill(glyphs[step], level: eighths, column: column, row: row, style) }
    }

    /// The staircase over the bars of a histogram.
    private mutating func outline(_ layer: Layer) {
        let columns = layer.columns
        var (xs, ys) = ([Double](), [Double]())
        for row in (0..<layer.rows).sorted(by: { columns[2][$0] < columns[2][$1] }) {
            let (left, right) = (columns[2][row], columns[3][row])
            if let last = xs.last, let base = columns[4].first, left - last > (right - left) * 1e-6 {
                (xs, ys) = (xs + [last, left], ys + [base, base])
            }
            if xs.isEmpty { (xs, ys) = ([left], [columns[4][row]]) }
            xs += [left, right]
            ys += [columns[5][row], columns[5][row]]
        }
        if let last = xs.last, let base = columns[4].last { (xs, ys) = (xs + [last], ys + [base]) }
        path(xs, ys, layer.paint)
    }

    /// The outlines of boxes, with the letter of the series at the median where colours do not tell.
    mutating func boxes(_ layer: Layer) {
        let columns = layer.columns
        for row in 0..<layer.rows {
            let (x0, x1, y0, y1) = (columns[2][row], columns[3][row], columns[4][row], columns[5][row])
            for (start, end) in [
                ((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x1, y1), (x0, y1)), ((x0, y1), (x0, y0)),
            ] {
                stroke(start, end, layer.paint)
            }
            label(columns[0][row], columns[1][row], layer.paint)
        }
    }

    /// The cells of a heat map in the colours of the scale, or in shades.
    mutating func cells(_ layer: Layer) {
        guard let colours else { return }
        let columns = layer.columns
        for row in 0..<layer.rows {
            let x = [columns[2][row], columns[3][row]].map { frame.x.fraction($0) * Double(frame.columns) }
            let y = [columns[4][row], columns[5][row]].map { (1 - frame.y.fraction($0)) * Double(frame.rows) }
            guard (x + y).allSatisfy(\.isFinite), frame.dot(columns[0][row], columns[1][row]) != nil else { continue }
            let (glyph, style) = pens.scale(colours.fraction(columns[6][row]))
            for line in cellSpan(y, frame.rows) {
                for column in cellSpan(x, frame.columns) {
                    put(glyph, column: column, row: line, style)
                }
            }
        }
    }
}
