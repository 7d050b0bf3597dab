/// The gnuplot commands that draw a figure.
struct Script {
    let drawing: Drawing
    let device: Device
    let canvas: Canvas

    /// Settles a figure for a device.
    init(_ figure: Figure, on device: Device) throws {
        self.device = device
        canvas = Canvas(figure)
        drawing = try Drawing(figure, on: canvas)
    }

    var theme: Theme { drawing.figure.theme }

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
        for layer in drawing.layers where layer.rows > 0 {
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
        case .colouredPoints:
            return
                "with points pt \(paint.pointSize <= Paint.smallestDot ? 5 : 7) ps \(paint.pointSize * device.pointScale) lc palette"
        case .lines: return "with lines \(stroke(paint))"
        case .steps: return "with steps \(stroke(paint))"
        case .segments: return "with vectors nohead \(stroke(paint))"
        case .ribbon: return "with filledcurves \(fill(paint))"
        case .rectangles, .boxes: return "with boxxyerror \(fill(paint))"
        case .cells: return "with boxxyerror fs solid 1 noborder lc palette"
        }
    }

    func dot(_ paint: Paint) -> String {
        let colour = "lc \(paint.colour.gnuplotColour(opacity: paint.opacity))"
        // Squares of two pixels look like circles and are drawn three times as fast.
        let shape = paint.pointSize <= Paint.smallestDot ? 5 : [7, 5, 9, 13, 11][paint.round % 5]
        return "pt \(shape) ps \(paint.pointSize * device.pointScale) \(colour)"
    }

    func stroke(_ paint: Paint) -> String {
        let dash = ["1", "'-'", "'.'", "'-.'"][paint.round % 4]
        return "lw \(paint.lineWidth) dt \(dash) lc \(paint.colour.gnuplotColour())"
    }

    func fill(_ paint: Paint) -> String {
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
