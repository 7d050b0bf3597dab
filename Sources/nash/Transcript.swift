/// The cells of a session with what they printed, for `:save`.
final class Transcript {
    /// One cell that has run.
    struct Entry {
        var source: String
        var output: String
        var isDone: Bool
    }

    private(set) var entries: [Entry] = []

    func add(_ entry: Entry) {
        entries.append(entry)
    }

    /// Writes the session to `path`, in the form that its ending says; returns where it went.
    func save(to path: String) throws -> String {
        let text =
            if path.hasSuffix(".nash") {
                script
            } else if path.hasSuffix(".md") {
                markdown
            } else {
                throw SessionError.ending(path)
            }
        let place = Files.expandTilde(path)
        try Files.replace(place, with: Array(text.utf8))
        return place
    }

    /// A script of the cells that ran well.
    var script: String {
        entries.filter(\.isDone).map { "#%%\n\($0.source)\n" }.joined(separator: "\n")
    }

    /// Every cell with what it printed.
    var markdown: String {
        entries.map { entry in
            let source = Self.fence("nash", entry.source)
            return entry.output.isEmpty ? source : source + "\n" + Self.fence("text", Self.plain(entry.output))
        }.joined(separator: "\n")
    }

    /// The text without the terminal's colours.
    private static func plain(_ text: String) -> String {
        var plain = ""
        var isSequence = false
        for scalar in text.unicodeScalars {
            if scalar == "\u{1b}" { isSequence = true }
            if !isSequence { plain.unicodeScalars.append(scalar) }
            if isSequence, scalar.properties.isAlphabetic { isSequence = false }
        }
        return plain
    }

    /// A fence longer than any run of backticks within.
    private static func fence(_ language: String, _ text: String) -> String {
        var (longest, run) = (2, 0)
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let ticks = String(repeating: "`", count: longest + 1)
        return "\(ticks)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(ticks)\n"
    }
}
