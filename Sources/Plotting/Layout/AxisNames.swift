extension AxisLayout {
    /// How many letters of a name are written along an axis.
    static let longestName = 28

    /// A horizontal axis of names: side by side where they fit, else slanted, and every so many where they are many.
    static func names(_ names: [String], _ axis: Axis, _ canvas: Canvas) -> AxisLayout {
        let names = names.map { $0.clipped(to: longestName) }
        let room = canvas.plotWidth / Double(max(1, names.count))
        let longest = names.map(canvas.length).max() ?? 0
        let slants = longest > room * 0.95 && !canvas.isText
        let needed = slants ? canvas.lineHeight : longest + canvas.characterWidth
        let stride = max(1, Int((needed / room * 0.95).rounded(.up)))
        var layout = AxisLayout(axis, names: names, stride: slants || canvas.isText ? stride : 1, runsDown: false)
        layout.rotatesLabels = slants
        return layout
    }

    /// A vertical axis of names, from the top down.
    static func namesDown(_ names: [String], _ axis: Axis, _ canvas: Canvas) -> AxisLayout {
        let room = canvas.plotHeight / Double(max(1, names.count))
        let stride = max(1, Int((canvas.lineHeight * (canvas.isText ? 1 : 0.8) / room).rounded(.up)))
        let longest = canvas.isText ? max(4, Int(canvas.width / 3)) : longestName
        return AxisLayout(axis, names: names.map { $0.clipped(to: longest) }, stride: stride, runsDown: true)
    }
}

extension Canvas {
    /// How many ticks fit side by side along the horizontal axis.
    func ticksAcross(_ range: Extent) -> Int {
        let letters = max(Tick.compact(range.low).count, Tick.compact(range.high).count) + (isText ? 5 : 6)
        return max(2, min(10, Int(plotWidth / (Double(letters) * characterWidth))))
    }

    /// How many ticks fit above each other along the vertical axis.
    func ticksUp(_ range: Extent) -> Int {
        max(2, min(10, Int(plotHeight / (lineHeight * (isText ? 2.5 : 3)))))
    }
}

extension String {
    /// At most `length` letters, with an ellipsis in place of the rest.
    func clipped(to length: Int) -> String {
        count <= length ? self : prefix(max(1, length - 1)) + "…"
    }
}
