/// The legend of a text plot: the sign and the name of each series, in as few lines as they fit.
struct TextLegend {
    private struct Entry {
        let sign: [(glyph: Character, style: CellStyle)]
        let name: String
        var columns: Int { sign.count + 1 + name.columns }
    }

    /// The entries line by line.
    private let lines: [[Entry]]
    private static let gap = 3

    /// How many lines the legend takes.
    var height: Int { lines.count }

    /// The legend of the series and the colour scale of a drawing in at most `limit` lines of `width` columns.
    init(_ drawing: Drawing, pens: TextPens, width: Int, limit: Int) {
        let series = drawing.legend.entries.map { entry in
            Entry(sign: Self.sign(entry, drawing, pens), name: entry.name.fitted(to: width - 4))
        }
        let scale = drawing.colours.map { [Self.scale($0, pens, width: width)] } ?? []
        lines = Self.flow(series, width: width, limit: max(1, limit - scale.count)) + (scale.isEmpty ? [] : [scale])
    }

    /// Entries side by side; where they are too many, the last says how many more there are.
    private static func flow(_ entries: [Entry], width: Int, limit: Int) -> [[Entry]] {
        var lines: [[Entry]] = []
        for (index, entry) in entries.enumerated() {
            if let line = lines.last, length(line) + gap + entry.columns <= width {
                lines[lines.count - 1].append(entry)
            } else if lines.count < limit {
                lines.append([entry])
            } else {
                return shortened(lines, by: entries.count - index, width: width)
            }
        }
        return lines
    }

    private static func shortened(_ lines: [[Entry]], by count: Int, width: Int) -> [[Entry]] {
        var (lines, count) = (lines, count)
        func rest() -> Entry { Entry(sign: [("…", .plain)], name: "\(count) more") }
        while let line = lines.last, line.count > 1, length(line) + gap + rest().columns > width {
            lines[lines.count - 1].removeLast()
            count += 1
        }
        guard let line = lines.last, length(line) + gap + rest().columns <= width else { return lines }
        lines[lines.count - 1].append(rest())
        return lines
    }

    private static func length(_ line: [Entry]) -> Int { line.reduce(-gap) { $0 + gap + $1.columns } }

    /// What the series looks like in the plot.
    private static func sign(
        _ entry: Legend.Entry, _ drawing: Drawing, _ pens: TextPens
    ) -> [(glyph: Character, style: CellStyle)] {
        var paint = entry.paint
        let layer = drawing.layers.first { $0.paint.ordinal == paint.ordinal && $0.shape == .points }
        paint.pointSize = layer?.paint.pointSize ?? 1
        let style = pens.style(paint)
        let mark = pens.mark(paint) ?? "⢕"
        switch entry.mark {
        case .points, .errorBars: return [(mark, style)]
        case .bars where !isOutlined(paint, drawing): return [(pens.shade(paint) ?? "█", style)]
        case .boxes: return [(pens.letter(paint) ?? "□", style)]
        case .cells: return [("█", style)]
        case .linesAndPoints: return [("─", style), (mark, style), ("─", style)]
        case .lines, .steps, .band, .bars:
            return [("─", style), (pens.letter(paint) ?? "─", style), ("─", style)]
        }
    }

    private static func isOutlined(_ paint: Paint, _ drawing: Drawing) -> Bool {
        drawing.layers.contains {
            $0.shape == .rectangles && $0.paint.ordinal == paint.ordinal && $0.paint.opacity < 0.8
        }
    }

    /// The ends of the colour scale with its colours between them.
    private static func scale(_ axis: AxisLayout, _ pens: TextPens, width: Int) -> Entry {
        let count = max(5, min(20, width / 4))
        let sign = (0..<count).map { pens.scale((Double($0) + 0.5) / Double(count)) }
        let suffix = axis.ticks.first?.label?.hasSuffix("%") == true ? "%" : ""
        let ends = "\(Tick.compact(axis.low))\(suffix) to \(Tick.compact(axis.high))\(suffix)"
        let heading = axis.heading.map { "\($0): " } ?? ""
        return Entry(sign: sign.map { ($0.glyph, $0.style) }, name: (heading + ends).fitted(to: width - count - 1))
    }

    /// Writes the legend in the middle of the grid's width, from `row` on.
    func draw(on grid: inout CellGrid, row: Int) {
        for (index, line) in lines.enumerated() {
            var column = max(0, (grid.width - Self.length(line)) / 2)
            for entry in line {
                for (glyph, style) in entry.sign {
                    grid.put(glyph, column: column, row: row + index, style, .text)
                    column += 1
                }
                grid.write(entry.name, column: column + 1, row: row + index)
                column += 1 + entry.name.columns + Self.gap
            }
        }
    }
}
