/// A line of text that says how far a computation is and when it will be done.
struct ProgressBar {
    /// Whether the bar may be coloured.
    let color: Bool
    private var label: String?
    private var stageStart = Duration.zero
    private var stageDone = 0

    init(color: Bool) {
        self.color = color
    }

    /// The bar for `progress`, at most `width` - 1 columns wide.
    ///
    /// - Parameter elapsed: Since the cell began. The time left is estimated from the pace since
    ///   this stage (this label) was first seen.
    mutating func line(_ progress: Progress, after elapsed: Duration, width: Int) -> String {
        if progress.label != label {
            (label, stageStart, stageDone) = (progress.label, label == nil ? .zero : elapsed, progress.done)
            if stageStart == .zero { stageDone = 0 }
        }
        guard let total = progress.total, total > 0 else {
            return fit(progress.label, ["\(progress.done)", Self.clock(elapsed)], bar: nil, width)
        }
        let fraction = min(1, max(0, Double(progress.done) / Double(total)))
        var parts = ["\(Int(fraction * 100))%"]
        if let left = timeLeft(progress.done, total, elapsed) { parts.append("ETA \(Self.clock(left))") }
        return fit(progress.label, parts, extra: "\(progress.done)/\(total)", bar: fraction, width)
    }

    private func timeLeft(_ done: Int, _ total: Int, _ elapsed: Duration) -> Duration? {
        guard done > stageDone else { return nil }
        return (elapsed - stageStart) * (Double(max(0, total - done)) / Double(done - stageDone))
    }

    /// Parts by their worth: figures, the count, the label, and the bar in the room that is left.
    private func fit(_ label: String, _ figures: [String], extra: String? = nil, bar: Double?, _ width: Int) -> String {
        var room = width - 1
        var tail = ""
        for part in figures + (extra.map { [$0] } ?? []) where tail.count + part.count + 1 <= room {
            tail += tail.isEmpty ? part : " " + part
        }
        room -= tail.count + 1
        let name = String(label.prefix(max(0, min(room, bar == nil ? room : 24))))
        room -= name.count + 1
        let drawn = bar.flatMap { room >= 6 ? draw($0, columns: min(room, 40)) : nil }
        return [name, drawn, tail].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func draw(_ fraction: Double, columns: Int) -> String {
        let full = Int(fraction * Double(columns))
        let done = String(repeating: "━", count: full)
        let rest = String(repeating: color ? "━" : "─", count: columns - full)
        return color ? "\u{1b}[32m\(done)\u{1b}[90m\(rest)\u{1b}[0m" : done + rest
    }

    /// `0:07`, `12:30`, `3:04:05`, `2 d 3 h`.
    static func clock(_ duration: Duration) -> String {
        let seconds = Int(duration.components.seconds)
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        if hours >= 48 { return "\(hours / 24) d \(hours % 24) h" }
        let padded = { (n: Int) in n < 10 ? "0\(n)" : "\(n)" }
        return hours > 0 ? "\(hours):\(padded(minutes)):\(padded(seconds % 60))" : "\(minutes):\(padded(seconds % 60))"
    }
}
