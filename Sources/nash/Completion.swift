/// What may stand at the cursor.
struct Completions: Sendable {
    /// One thing that may stand there.
    struct Candidate: Sendable {
        /// The text that replaces `range`.
        var text: String
        /// What it is, in a line; empty where there is nothing to say.
        var help = ""
    }

    var candidates: [Candidate] = []
    /// The bytes of the cell that a candidate replaces.
    var range: Range<Int>
    /// What follows a candidate that is the only one.
    var append: Character? = " "
}

extension Completions {
    /// The candidates as readline wants them: as replacements of the bytes from `start` on, which
    /// now read `word`. Those that do not begin as `word` does are left out, for readline would
    /// take away what was typed.
    func replacements(of word: String, at start: Int, in cell: String) -> [Candidate] {
        let bytes = Array(cell.utf8)
        let shared = bytes[min(start, range.lowerBound)..<max(start, range.lowerBound)]
        return candidates.compactMap { candidate in
            var text = Array(candidate.text.utf8)
            if range.lowerBound >= start {
                text = shared + text
            } else if text.starts(with: shared) {
                text.removeFirst(shared.count)
            } else {
                return nil
            }
            guard text.starts(with: word.utf8) else { return nil }
            return Candidate(text: String(decoding: text, as: UTF8.self), help: candidate.help)
        }
    }
}

/// Lays out candidates with their helps, one a line.
struct CandidateList {
    /// Columns of the window.
    var width: Int
    /// Lines that may be used.
    var height: Int
    var color: Bool

    func render(_ candidates: [Completions.Candidate]) -> String {
        let shown = candidates.count <= height ? candidates[...] : candidates.prefix(max(1, height - 1))
        let column = min(shown.map(\.text.count).max() ?? 0, max(8, width / 2))
        var lines = shown.map { line($0, column) }
        if shown.count < candidates.count { lines.append("  … \(candidates.count - shown.count) more") }
        return lines.map { $0 + "\n" }.joined()
    }

    private func line(_ candidate: Completions.Candidate, _ column: Int) -> String {
        let text = Self.shorten(candidate.text, to: width - 3)
        let room = width - 1 - max(column, text.count) - 4
        guard room >= 8, !candidate.help.isEmpty else { return "  " + text }
        let help = Self.shorten(candidate.help, to: room)
        let gap = String(repeating: " ", count: max(0, column - text.count) + 2)
        return "  " + text + gap + (color ? "\u{1b}[2m\(help)\u{1b}[0m" : help)
    }

    private static func shorten(_ text: String, to columns: Int) -> String {
        text.count <= columns ? text : text.prefix(max(0, columns - 1)) + "…"
    }
}
