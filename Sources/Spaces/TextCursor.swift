/// Reads an architecture's text from left to right; every error names the place and what was expected there.
struct TextCursor {
    private let space: String
    private let example: String
    private let text: String
    private let bytes: [UInt8]
    private var offset = 0

    /// Reads `text`; errors advise to write something like `example`.
    init(_ text: String, space: String, example: String) {
        self.space = space
        self.example = example
        self.text = text
        bytes = Array(text.utf8)
    }

    /// Reads exactly `token`.
    mutating func expect(_ token: String) throws {
        let token = Array(token.utf8)
        guard bytes[offset...].starts(with: token) else {
            throw error("expected '\(String(decoding: token, as: UTF8.self))'")
        }
        offset += token.count
    }

    /// Reads `token` if it comes next.
    mutating func skip(_ token: String) -> Bool {
        guard bytes[offset...].starts(with: token.utf8) else { return false }
        offset += token.utf8.count
        return true
    }

    /// Skips blanks and line ends.
    mutating func skipBlanks() {
        while offset < bytes.count, [32, 9, 10, 13].contains(bytes[offset]) { offset += 1 }
    }

    /// Reads a name of letters, digits and underscores that is one of `choices`; returns its number.
    mutating func choice(of choices: [String], _ what: String) throws -> UInt8 {
        let start = offset
        while offset < bytes.count, isWordByte(bytes[offset]) { offset += 1 }
        let word = String(decoding: bytes[start..<offset], as: UTF8.self)
        if let index = choices.firstIndex(of: word) { return UInt8(index) }
        offset = start
        let meant = nearest(to: word, in: choices).map { "did you mean \($0)?" }
        throw error("expected \(what), one of \(choices.joined(separator: ", "))", try: meant)
    }

    /// Reads one decimal digit below `limit`.
    mutating func digit(below limit: Int, _ what: String) throws -> UInt8 {
        guard offset < bytes.count, case let digit = Int(bytes[offset]) - 48, (0..<limit).contains(digit) else {
            throw error("expected \(what), a digit from 0 to \(limit - 1)")
        }
        offset += 1
        return UInt8(digit)
    }

    /// Reads a whole number that is one of `choices`; returns its place among them.
    mutating func number(of choices: [Int], _ what: String) throws -> UInt8 {
        let start = offset
        while offset < bytes.count, (48...57).contains(bytes[offset]) { offset += 1 }
        let number = Int(String(decoding: bytes[start..<offset], as: UTF8.self))
        if let number, let index = choices.firstIndex(of: number) { return UInt8(index) }
        offset = start
        throw error("expected \(what), one of \(choices.map(String.init).joined(separator: ", "))")
    }

    /// Checks that nothing is left.
    func end() throws {
        guard offset == bytes.count else { throw error("expected the end") }
    }

    /// An error at the present place.
    func error(_ expected: String, try hint: String? = nil) -> SpaceError {
        let rest = String(decoding: bytes[offset...].prefix(16), as: UTF8.self)
        let found = rest.isEmpty ? "the text ends" : "found '\(rest)'"
        return SpaceError(
            space, "\(expected), but \(found)", text: text, offset: offset, try: hint ?? "write it like \(example)")
    }
}

/// Whether a byte of UTF-8 is a letter, a digit or an underscore.
func isWordByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
}
