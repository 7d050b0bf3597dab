/// What a document says of a run and its cells beside what they hold, in words.
enum ReportWords {
    /// `12 ms`, `3.4 s`, `2 min 5 s`, `1 h 3 min`; empty for what is no length of time.
    static func duration(_ milliseconds: Double) -> String {
        guard milliseconds.isFinite, milliseconds >= 0, milliseconds < 1e15 else { return "" }
        let seconds = Int((milliseconds / 1000).rounded())
        switch milliseconds {
        case ..<9.95: return "\(tenths(milliseconds)) ms"
        case ..<999.5: return "\(Int(milliseconds.rounded())) ms"
        case ..<59_950: return "\(tenths(milliseconds / 1000)) s"
        case ..<3_599_500: return "\(seconds / 60) min" + (seconds % 60 > 0 ? " \(seconds % 60) s" : "")
        default: return "\(seconds / 3600) h" + (seconds / 60 % 60 > 0 ? " \(seconds / 60 % 60) min" : "")
        }
    }

    private static func tenths(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    /// `24 November 2026, 19:57 UTC` of `2026-11-24T19:57:44.120Z`; what has another form stays.
    static func moment(_ started: String) -> String {
        let parts = started.split(separator: "T")
        let day = parts.first.map { $0.split(separator: "-").compactMap { Int($0) } } ?? []
        let time = parts.last.map { $0.split(separator: ":").prefix(2) } ?? []
        guard parts.count == 2, day.count == 3, (1...12).contains(day[1]), time.count == 2, started.hasSuffix("Z"),
            time.allSatisfy({ $0.utf8.count == 2 && Int($0) != nil })
        else { return VisibleText.line(started) }
        return "\(day[2]) \(months[day[1] - 1]) \(day[0]), \(time.joined(separator: ":")) UTC"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// How a cell ended, where it did not end well.
    static func ending(_ status: CellRecord.Status) -> String? {
        switch status {
        case .done, .text: nil
        case .failed: "failed"
        case .rejected: "rejected, nothing ran"
        case .cancelled: "cancelled"
        }
    }
}

extension RunRecord {
    /// How long all cells took together, in words.
    var totalTime: String {
        let code = cells.filter { $0.status != .text }
        return code.isEmpty ? "" : ReportWords.duration(code.reduce(0) { $0 + $1.wallMilliseconds })
    }

    /// Names and versions in the order in which they are read: the program, what it stands on, the machine, the rest.
    var sortedVersions: [(name: String, version: String)] {
        let first = ["nash", "libtorch", "swift", "gnuplot", "cpu", "gpu", "threads"]
        let rest = versions.keys.filter { !first.contains($0) }.sorted()
        return (first + rest).compactMap { name in versions[name].map { (name, $0) } }
    }

    /// The data that the cells read, each once, in the order of the first reading.
    var data: [DataRecord] {
        var seen: Set<DataRecord> = []
        return cells.flatMap(\.data).filter { seen.insert($0).inserted }
    }
}

extension CellRecord {
    /// `1.2 s`, `seed 7`, `failed`: what is said beside a cell of code.
    var facts: [String] {
        let time = ReportWords.duration(wallMilliseconds)
        return [time, "seed \(seed)", ReportWords.ending(status)].compactMap { $0 }.filter { !$0.isEmpty }
    }
}

extension OutputRecord {
    /// A line that stands for a figure.
    var caption: String {
        let first = text.split(separator: "\n").first.map(String.init) ?? ""
        return first.isEmpty ? "figure" : VisibleText.line(first)
    }
}
