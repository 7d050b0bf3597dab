/// How many rows of a figure have no place in the picture.
public struct Omitted: Sendable, Hashable {
    /// Rows with a missing or infinite value, or one beyond ±1e300.
    public internal(set) var missing = 0

    /// Rows with a value of zero or less on a logarithmic axis.
    public internal(set) var notPositive = 0

    /// A sentence for each kind of omission that happened; empty where nothing was left out.
    public var notes: [String] {
        var notes: [String] = []
        if missing > 0 { notes.append("\(rows(missing)) left out: a value is missing or not finite") }
        if notPositive > 0 { notes.append("\(rows(notPositive)) left out: not above 0 on a logarithmic axis") }
        return notes
    }

    private func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
