/// Lines of text, by their bytes: `\r\n` is one character to Swift, and must not be.
enum TextLines {
    /// The lines with what ends them; none in the empty text.
    static func split(_ text: String) -> [String] {
        var lines: [String] = []
        var line: [UInt8] = []
        for byte in text.utf8 {
            line.append(byte)
            guard byte == UInt8(ascii: "\n") else { continue }
            lines.append(String(decoding: line, as: UTF8.self))
            line.removeAll(keepingCapacity: true)
        }
        return line.isEmpty ? lines : lines + [String(decoding: line, as: UTF8.self)]
    }

    /// A line without its `\n` or `\r\n`.
    static func withoutEnd(_ line: String) -> String {
        var bytes = line.utf8[...]
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return String(Substring(bytes))
    }

    /// A text without blanks before and after it.
    static func stripped(_ text: String) -> String {
        let inside = text.utf8.drop(while: isBlank)
        let end = inside.lastIndex { !isBlank($0) }.map { inside.index(after: $0) } ?? inside.startIndex
        return String(Substring(inside[..<end]))
    }

    /// Whether only blanks stand in a line.
    static func isEmpty(_ line: String) -> Bool { line.utf8.allSatisfy(isBlank) }

    /// A text without the blank lines before and after it and the end of its last line, and how many lines before it
    /// were dropped.
    static func trimmed(_ text: String) -> (text: String, dropped: Int) {
        var lines = split(text)[...]
        let count = lines.count
        lines = lines.drop(while: isEmpty)
        let dropped = count - lines.count
        while let last = lines.last, isEmpty(last) { lines.removeLast() }
        guard let last = lines.popLast() else { return ("", dropped) }
        return (lines.joined() + withoutEnd(last), dropped)
    }

    /// A program whose lines begin no cell: a `#%%` at the start of a line is moved by a blank.
    static func unmarked(_ code: String) -> String {
        guard code.utf8.count >= 3, code.contains("#%%") else { return code }
        return split(code).map { $0.hasPrefix("#%%") ? " " + $0 : $0 }.joined()
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }
}
