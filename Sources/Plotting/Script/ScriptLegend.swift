/// The legend.
extension Script {
    var key: [String] {
        switch drawing.legend.place {
        case .none: ["unset key"]
        case .below:
            [
                "set key at screen 0.5,0.015 center bottom horizontal Left reverse samplen 1.5 \(ink)"
            ]
        case .right: ["set key rmargin top vertical Left reverse samplen 1.5 \(ink)"]
        }
    }

    var keyEntries: [String] {
        var entries = drawing.legend.entries.map { entry in
            "keyentry \(sign(entry)) title \(entry.name.gnuplotLine)"
        }
        if drawing.legend.unlisted > 0 {
            entries.append("keyentry with points pt 7 ps 0 title '… \(drawing.legend.unlisted) more'")
        }
        return entries
    }

    private func sign(_ entry: Legend.Entry) -> String {
        var paint = entry.paint
        paint.pointSize = 1
        switch entry.mark {
        case .points, .errorBars: return "with points \(dot(paint))"
        case .lines, .steps: return "with lines \(stroke(paint))"
        case .linesAndPoints: return "with linespoints \(dot(paint)) lw \(paint.lineWidth)"
        case .band, .bars, .boxes, .cells:
            paint.opacity = entry.mark == .bars ? 0.88 : 0.5
            return "with boxes \(fill(paint))"
        }
    }
}
