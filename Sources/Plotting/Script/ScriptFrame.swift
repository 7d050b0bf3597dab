/// Titles, axes and everything else around the plot.
extension Script {
    var ink: String { "textcolor \(theme.text.gnuplotColour())" }

    var titles: [String] {
        [title(drawing.figure.title)].compactMap(\.self) + margins
            + [
                heading(
                    "x", drawing.x, length: canvas.plotWidth, place: drawing.x.rotatesLabels ? " offset 0,1.2" : ""),
                heading("y", drawing.y, length: canvas.plotHeight, place: " offset -1.2,0"),
            ].compactMap(\.self)
    }

    private func title(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let width = Int(canvas.width / canvas.characterWidth * 0.75)
        let font = device.titleFont(theme).map { " font '\($0)'" } ?? ""
        return "set title \(text.wrapped(to: width, limit: 3).gnuplotQuoted)\(font) \(ink)"
    }

    private func heading(_ axis: String, _ layout: AxisLayout, length: Double, place: String) -> String? {
        guard let heading = layout.heading, !heading.isEmpty else { return nil }
        let fitted = heading.clipped(to: max(6, Int(length / canvas.characterWidth)))
        return "set \(axis)label \(fitted.gnuplotLine)\(place) \(ink)"
    }

    /// Room for labels and the legend, in letters; gnuplot by itself leaves too little.
    private var margins: [String] {
        let hasHeading = !(drawing.y.heading ?? "").isEmpty
        let slanted = drawing.x.rotatesLabels ? drawing.x.longestLabel * 3 / 4 : 0
        var margins = ["set lmargin \(max(slanted, drawing.y.longestLabel + (hasHeading ? 7 : 4)))"]
        if let colours = drawing.colours {
            margins.append("set rmargin \(colours.longestLabel + (colours.heading == nil ? 5 : 8))")
        } else if drawing.legend.place != .right {
            margins.append("set rmargin 4")
        }
        return margins + ["set bmargin \(bottomLines)"]
    }

    /// The lines below the plot: tick labels, the label of the axis, the legend.
    private var bottomLines: Double {
        let slanted = Double(drawing.x.longestLabel) * canvas.characterWidth * 0.64 / canvas.lineHeight
        let labels = drawing.x.rotatesLabels ? 1.6 + slanted : 2.2
        let hasHeading = !(drawing.x.heading ?? "").isEmpty
        let lines = drawing.legend.lines
        return labels + (hasHeading ? 1.6 : 0.3) + (lines == 0 ? 0 : 0.6 + 1.2 * Double(lines))
    }

    var frame: [String] {
        let lines = "lt 1 lw 0.8 lc \(theme.muted.gnuplotColour())"
        let grid = [(drawing.x, "xtics"), (drawing.y, "ytics")].filter { !$0.0.isCategorical }.map(\.1)
        var commands = ["set border 3 \(lines)", "set tics nomirror out scale 0.5,0.25"]
        if !grid.isEmpty {
            commands.append(
                "set grid \(grid.joined(separator: " ")) back lt 1 lw 0.8 lc \(theme.grid.gnuplotColour())")
        }
        for (axis, layout) in [("y", drawing.x), ("x", drawing.y)] where hasBars {
            if !layout.isCategorical, layout.low < 0, layout.high > 0 {
                commands.append("set \(axis)zeroaxis \(lines)")
            }
        }
        if drawing.layers.allSatisfy({ $0.rows == 0 }) {
            commands.append("set label 'no data' at graph 0.5,0.5 center \(ink)")
        }
        return commands
    }

    private var hasBars: Bool { drawing.layers.contains { $0.shape == .rectangles } }

    var axisCommands: [String] { commands("x", drawing.x) + commands("y", drawing.y) }

    private func commands(_ name: String, _ axis: AxisLayout) -> [String] {
        var commands = ["set \(name)range [\(axis.low):\(axis.high)] noextend"]
        if axis.isLogarithmic { commands.append("set logscale \(name)") }
        let rotation = axis.rotatesLabels ? "rotate by 40 right " : ""
        let scale = axis.isCategorical ? "scale 0 " : ""
        commands.append(
            axis.ticks.isEmpty ? "unset \(name)tics" : "set \(name)tics \(rotation)\(scale)\(ink) (\(axis.tickList))")
        return commands
    }

    var colourScale: [String] {
        guard let colours = drawing.colours else { return ["unset colorbox"] }
        let stops = theme.stops.enumerated().map { index, colour in
            let digits = colour.gnuplotColour().suffix(7)
            return "\(index) '#\(digits)"
        }
        var commands = ["set palette defined (\(stops.joined(separator: ", ")))"]
        commands += self.commands("cb", colours)
        commands.append("set colorbox noborder")
        if let heading = colours.heading { commands.append("set cblabel \(heading.gnuplotLine) offset 1.5,0 \(ink)") }
        return commands
    }

    var annotations: [String] {
        drawing.figure.annotations.flatMap { annotation -> [String] in
            let line = "nohead lw 1.2 dt '-' lc \(theme.muted.gnuplotColour())"
            switch annotation {
            case .text(let text, let x, let y):
                guard x.isPlottable, y.isPlottable else { return [] }
                let isRight = x > (drawing.x.low + drawing.x.high) / 2
                let place =
                    isRight
                    ? "right offset -0.7,0.5"
                    : "left offset 0.7,0.5"
                return ["set label \(text.gnuplotQuoted) at first \(x),\(y) \(place) front \(ink)"]
            case .horizontal(let y, let text):
                guard y.isPlottable else { return [] }
                let label = text.map {
                    "set label \($0.gnuplotLine) at graph 0.99, first \(y) right offset 0,0.5 front \(ink)"
                }
                return ["set arrow from graph 0, first \(y) to graph 1, first \(y) \(line)"]
                    + (label.map { [$0] } ?? [])
            case .vertical(let x, let text):
                guard x.isPlottable else { return [] }
                let label = text.map {
                    "set label \($0.gnuplotLine) at first \(x), graph 0.97 left offset 0.5,0 front \(ink)"
                }
                return ["set arrow from first \(x), graph 0 to first \(x), graph 1 \(line)"]
                    + (label.map { [$0] } ?? [])
            }
        }
    }
}

extension AxisLayout {
    /// The letters of the longest label.
    fileprivate var longestLabel: Int { ticks.map { $0.label?.count ?? 0 }.max() ?? 0 }

    /// The ticks as gnuplot lists them; minor ones have level 1.
    fileprivate var tickList: String {
        ticks.map { tick in tick.label.map { "\($0.gnuplotTick) \(tick.position)" } ?? "'' \(tick.position) 1" }
            .joined(separator: ", ")
    }
}
