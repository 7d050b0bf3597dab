/// The names of series with their signs, beside the plot and never in it.
struct Legend {
    /// One line of the legend.
    struct Entry: Hashable {
        let name: String
        let mark: Series.Mark
        let paint: Paint
    }

    /// Where the legend stands.
    enum Place { case none, below, right }

    private(set) var entries: [Entry] = []
    /// How many names did not fit; 0 in a terminal, where the legend counts them as it is written.
    private(set) var unlisted = 0
    private(set) var place = Place.none
    /// How many lines the legend takes below the plot: gnuplot gives every entry the room of the longest.
    private(set) var lines = 0

    /// The legend of series that have names.
    init(_ series: [Series], pens: Pens, canvas: Canvas) {
        var seen: Set<String> = []
        for (index, series) in series.enumerated() {
            guard let name = series.name, !series.x.isEmpty, seen.insert(name).inserted else { continue }
            entries.append(Entry(name: name.clipped(to: 28), mark: series.mark, paint: pens.paint(index)))
        }
        guard !entries.isEmpty else { return }
        let length = entries.map { canvas.length($0.name) + 7 * canvas.characterWidth }.reduce(0, +)
        place = length <= canvas.plotWidth || canvas.isText ? .below : .right
        if !canvas.isText { limit(canvas) }
        let longest = entries.map { canvas.length($0.name) }.max() ?? 0
        let room = max(1, Int(canvas.plotWidth / (longest + 7 * canvas.characterWidth)))
        lines = place == .below ? (entries.count + room - 1) / room : 0
    }

    private mutating func limit(_ canvas: Canvas) {
        let lines = Int(canvas.plotHeight / (canvas.lineHeight * 1.15))
        let room = place == .below ? entries.count : max(2, min(24, lines))
        guard entries.count > room else { return }
        unlisted = entries.count - room + 1
        entries.removeLast(unlisted)
    }
}
