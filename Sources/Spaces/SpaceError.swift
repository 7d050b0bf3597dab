/// Why a space refuses a text or an architecture.
public struct SpaceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The space's name.
    public let space: String
    /// What was expected and what was found.
    public let reason: String
    /// The text that was read, where there is one.
    public let text: String?
    /// The place in `text`: an offset in bytes of UTF-8 from 0.
    public let offset: Int?
    /// What to try.
    public let hint: String

    init(_ space: String, _ reason: String, text: String? = nil, offset: Int? = nil, try hint: String) {
        self.space = space
        self.reason = reason
        self.text = text
        self.offset = offset
        self.hint = hint
    }

    /// Space, place, reason and advice in one line.
    public var description: String {
        let place = offset.map { " at character \($0 + 1)" } ?? ""
        return "\(space)\(place): \(reason); \(hint)"
    }
}

/// The candidate that differs from `word` by the fewest edits, if they are at most a third of its length.
func nearest(to word: String, in candidates: [String]) -> String? {
    let scored = candidates.map { (name: $0, edits: edits(from: Array(word.utf8), to: Array($0.utf8))) }
    guard let best = scored.min(by: { $0.edits < $1.edits }), best.edits <= max(1, best.name.utf8.count / 3) else {
        return nil
    }
    return best.name
}

/// Levenshtein's distance.
private func edits(from a: [UInt8], to b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, y) in b.enumerated() {
            let above = row[j + 1]
            row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
            diagonal = above
        }
    }
    return row[b.count]
}
