/// The gnuplot commands that draw a figure.
struct Script {
    let drawing: Drawing
    let device: Device
    private let canvas: Canvas
    private let layers: [Layer]

    /// Settles a figure for a device.
    init(_ figure: Figure, on device: Device) throws {
        self.device = device
        canvas = device.canvas(figure)
        drawing = try Drawing(figure, on: canvas)
        layers = device.isText ? Raster(drawing, canvas: canvas).layers : drawing.layers
    }

    private var theme: Theme { drawing.figure.theme }

    /// The commands, in order.
    ///
    /// - Parameters:
    ///   - output: the file that gnuplot writes, of a name that we made; nil for its standard output.
    ///   - store: takes the columns of a large layer and returns the path of a file of little-endian doubles row by
    ///     row; nil writes all data into the script.
    func text(output: String?, store: (([[Double]]) throws -> String)? = nil) throws -> String {
        var lines = ["unset output", "reset", "set encoding utf8", device.terminal(drawing.figure)]
        if let output { lines.append("set output '\(output)'") }
        lines += titles + frame + axisCommands + key + annotations + colourScale
        var blocks: [String] = []
        var elements: [String] = []
        for layer in layers where layer.rows > 0 {
            let source = try source(of: layer, block: "$layer\(elements.count + 1)", &blocks, store)
            elements.append("\(source) using \(layer.using) \(style(layer)) notitle")
        }
        if elements.isEmpty { elements.append("NaN notitle") }
        lines += blocks
        lines.append("plot \((elements + keyEntries).joined(separator: ", \\\n     "))")
        lines.append("unset output")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Beyond this many rows, binary data are several times faster than text.
    private static let longestText = 2_000

    private func source(
        of layer: Layer, block: String, _ blocks: inout [String], _ store: (([[Double]]) throws -> String)?
    ) throws -> String {
        guard let store, layer.rows > Self.longestText else {
            blocks.append("\(block) << EOD\n\(layer.table)EOD")
            return block
        }
        let format = String(repeating: "%double", count: layer.columns.count)
        return "'\(try store(layer.columns))' binary record=(\(layer.rows)) format='\(format)'"
    }

    private func style(_ layer: Layer) -> String {
        let paint = layer.paint
        switch layer.shape {
        case .points: return "with points \(dot(paint))"
        case .colouredPoints: return "with points pt 7 ps \(paint.pointSize) lc palette"
        case .lines: return "with lines \(stroke(paint))"
        case .steps: return "with steps \(stroke(paint))"
        case .segments: return "with vectors nohead \(stroke(paint))"
        case .ribbon: return "with filledcurves \(fill(paint))"
        case .rectangles: return "with boxxyerror \(fill(paint))"
        case .cells: return "with boxxyerror fs solid 1 noborder lc palette"
        }
    }

    private func dot(_ paint: Paint) -> String {
        let colour = "lc \(paint.colour.gnuplotColour(opacity: device.isText ? 1 : paint.opacity))"
        if device.isText { return "pt '\(Raster.letter(paint))' \(colour)" }
        return "pt \([7, 5, 9, 13, 11][paint.round % 5]) ps \(paint.pointSize) \(colour)"
    }

    private func stroke(_ paint: Paint) -> String {
        let dash = paint.isDashed ? "'-'" : ["1", "'-'", "'.'", "'-.'"][paint.round % 4]
        return "lw \(paint.lineWidth) dt \(dash) lc \(paint.colour.gnuplotColour())"
    }

    private func fill(_ paint: Paint) -> String {
        "fs transparent solid \(paint.opacity) noborder lc \(paint.colour.gnuplotColour())"
    }
}

extension Layer {
    /// The columns as gnuplot's `using` names them.
    fileprivate var using: String { columns.indices.map { "\($0 + 1)" }.joined(separator: ":") }

    /// The rows as text.
    fileprivate var table: String {
        var text = ""
        for row in 0..<rows {
            for column in columns {
                let value = column[row]
                text += value.isNaN ? "NaN " : "\(value) "
            }
            text += "\n"
        }
        return text
    }
}

// Titles, axes and everything else around the plot.
extension Script {
    private var ink: String { "textcolor \(theme.text.gnuplotColour())" }

    private var titles: [String] {
        var commands: [String] = []
        if let title = drawing.figure.title, !title.isEmpty {
            let width = Int(canvas.width / canvas.characterWidth * 0.8)
            commands.append("set title \(title.wrapped(to: width, limit: 3).gnuplotQuoted) \(ink)")
        }
        for (axis, layout, length) in [
            ("x", drawing.x, canvas.plotWidth), ("y", drawing.y, device.isText ? canvas.width : canvas.plotHeight),
        ] {
            guard let heading = layout.heading, !heading.isEmpty else { continue }
            let fitted = heading.clipped(to: max(6, Int(length / canvas.characterWidth)))
            commands.append("set \(axis)label \(fitted.gnuplotLine) \(ink)\(labelPlace(axis))")
        }
        return commands
    }

    /// A terminal has no letters on their sides that are worth reading: its vertical label lies over the axis.
    private func labelPlace(_ axis: String) -> String {
        device.isText && axis == "y" ? " norotate" : ""
    }

    private var frame: [String] {
        let lines = "lt 1 lw 0.8 lc \(theme.muted.gnuplotColour())"
        let grid = [(drawing.x, "xtics"), (drawing.y, "ytics")].filter { !$0.0.isCategorical }.map(\.1)
        var commands = ["set border 3 \(lines)", "set tics nomirror out scale 0.5,0.25"]
        if !device.isText, !grid.isEmpty {
            commands.append(
                "set grid \(grid.joined(separator: " ")) back lt 1 lw 0.8 lc \(theme.grid.gnuplotColour())")
        }
        if drawing.layers.allSatisfy({ $0.rows == 0 }) {
            commands.append("set label 'no data' at graph 0.5,0.5 center \(ink)")
        }
        return commands
    }

    private var axisCommands: [String] { commands("x", drawing.x) + commands("y", drawing.y) }

    private func commands(_ name: String, _ axis: AxisLayout) -> [String] {
        var commands = ["set \(name)range [\(axis.low):\(axis.high)] noextend"]
        if axis.isLogarithmic { commands.append("set logscale \(name)") }
        let rotation = axis.rotatesLabels ? "rotate by 40 right " : ""
        let scale = axis.isCategorical ? "scale 0 " : ""
        commands.append(
            axis.ticks.isEmpty ? "unset \(name)tics" : "set \(name)tics \(rotation)\(scale)\(ink) (\(axis.tickList))")
        return commands
    }

    private var colourScale: [String] {
        guard let colours = drawing.colours else { return ["unset colorbox"] }
        let stops = theme.gradient.enumerated().map { index, colour in
            let digits = colour.gnuplotColour().suffix(7)
            return "\(index) '#\(digits)"
        }
        var commands = ["set palette defined (\(stops.joined(separator: ", ")))"]
        commands += self.commands("cb", colours)
        commands.append("set colorbox noborder")
        if let heading = colours.heading { commands.append("set cblabel \(heading.gnuplotLine) \(ink)") }
        return commands
    }

    private var annotations: [String] {
        drawing.figure.annotations.flatMap { annotation -> [String] in
            let line = "nohead lw 1.2 dt '-' lc \(theme.muted.gnuplotColour())"
            switch annotation {
            case .text(let text, let x, let y):
                guard x.isPlottable, y.isPlottable else { return [] }
                let isRight = x > (drawing.x.low + drawing.x.high) / 2
                let place = isRight ? "right offset -0.7,0.5" : "left offset 0.7,0.5"
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
    /// The ticks as gnuplot lists them; minor ones have level 1.
    fileprivate var tickList: String {
        ticks.map { tick in tick.label.map { "\($0.gnuplotTick) \(tick.position)" } ?? "'' \(tick.position) 1" }
            .joined(separator: ", ")
    }
}

// The legend.
extension Script {
    private var key: [String] {
        switch drawing.legend.place {
        case .none: ["unset key"]
        case .above: ["set key tmargin center horizontal Left reverse samplen 1.5 \(ink)"]
        case .right: ["set key rmargin top vertical Left reverse samplen 1.5 \(ink)"]
        }
    }

    private var keyEntries: [String] {
        var entries = drawing.legend.entries.map { entry in
            "keyentry \(sign(entry)) title \(entry.name.gnuplotLine)"
        }
        if drawing.legend.unlisted > 0 {
            let letter = device.isText ? "' '" : "7 ps 0"
            entries.append("keyentry with points pt \(letter) title '… \(drawing.legend.unlisted) more'")
        }
        return entries
    }

    private func sign(_ entry: Legend.Entry) -> String {
        var paint = entry.paint
        if device.isText { return "with points \(dot(paint.lettered(entry.mark)))" }
        paint.pointSize = 1
        switch entry.mark {
        case .points, .errorBars: return "with points \(dot(paint))"
        case .lines, .steps: return "with lines \(stroke(paint))"
        case .linesAndPoints: return "with linespoints \(dot(paint)) lw \(paint.lineWidth)"
        case .band, .bars, .boxes, .cells:
            paint.opacity = entry.mark == .bars ? 0.88 : 0.35
            return "with boxes \(fill(paint))"
        }
    }
}
