/// How a cell that ran again differs from its record.
public struct ReplayComparison: Sendable, Equatable {
    /// What differs, in a line.
    public let message: String
    /// The first line that differs, as it was recorded; empty where there is none.
    public let old: String
    /// The line as it is now.
    public let new: String

    /// The first difference of a cell from its record; nil where it is the same.
    ///
    /// How it ended, its error and its values count, in order; remarks and what derives from measurements do not.
    public init?(_ old: CellRecord, _ new: CellRecord) {
        if old.status != new.status || old.error != new.error {
            self.init(Self.ending(old, new), old.error ?? old.status.rawValue, new.error ?? new.status.rawValue)
            return
        }
        let (before, now) = (Self.values(of: old), Self.values(of: new))
        for (place, pair) in zip(before, now).enumerated() {
            guard let was = pair.0.digest, let isNow = pair.1.digest, was != isNow else { continue }
            let which = before.count == 1 ? "its value" : "its value \(place + 1)"
            let hides = pair.0.text == pair.1.text
            self.init(
                "\(which) differs" + (hides ? ", in what is not shown" : ""), pair.0.text, pair.1.text)
            return
        }
        guard before.count != now.count else { return nil }
        self.init(
            "it showed \(before.count) \(before.count == 1 ? "value" : "values"), and now \(now.count)",
            before.dropFirst(now.count).first?.text ?? "", now.dropFirst(before.count).first?.text ?? "")
    }

    private init(_ message: String, _ old: String, _ new: String) {
        self.message = message
        (self.old, self.new) = Self.firstDifference(old, new)
    }

    private static func ending(_ old: CellRecord, _ new: CellRecord) -> String {
        old.status == new.status
            ? "its error differs" : "it ended as \(old.status.rawValue), and now as \(new.status.rawValue)"
    }

    /// Results, and the notes that stand for results beyond those kept.
    private static func values(of cell: CellRecord) -> [OutputRecord] {
        cell.outputs.filter { $0.kind == .value || $0.digest != nil }
    }

    private static func firstDifference(_ old: String, _ new: String) -> (String, String) {
        let (before, now) = (
            TextLines.split(old).map(TextLines.withoutEnd), TextLines.split(new).map(TextLines.withoutEnd)
        )
        for line in 0..<max(before.count, now.count) {
            let (was, isNow) = (line < before.count ? before[line] : "", line < now.count ? now[line] : "")
            if was != isNow { return (was, isNow) }
        }
        return (before.first ?? "", now.first ?? "")
    }
}
