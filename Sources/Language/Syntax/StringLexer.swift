// Strings: `"…"` with escapes, `'…'` as it stands (for regular expressions and Windows paths); both may
// go over several lines.
extension Lexer {
    mutating func quoted() throws(Diagnostic) -> String {
        let start = position
        var value: [UInt8] = []
        position += 1
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: value, as: UTF8.self)
            case UInt8(ascii: "\\"): value += try escape(in: start)
            default:
                value.append(byte)
                position += 1
            }
        }
        throw unterminated(start)
    }

    mutating func rawQuoted() throws(Diagnostic) -> String {
        let start = position
        position += 1
        while let byte = peek() {
            position += 1
            if byte == UInt8(ascii: "'") { return text(start + 1, position - 1) }
        }
        throw unterminated(start)
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "\""): 0x22,
        UInt8(ascii: "'"): 0x27, UInt8(ascii: "\\"): 0x5C,
    ]

    /// The bytes that the escape at the position stands for.
    private mutating func escape(in string: Int) throws(Diagnostic) -> [UInt8] {
        guard let letter = peek(1) else { throw unterminated(string) }
        if let byte = Self.escapes[letter] {
            position += 2
            return [byte]
        }
        guard letter == UInt8(ascii: "u") else { throw badEscape() }
        return try unicodeEscape(in: string)
    }

    /// `\u{1F600}`.
    private mutating func unicodeEscape(in string: Int) throws(Diagnostic) -> [UInt8] {
        let digits = position + 3
        var end = digits
        while end < bytes.count, bytes[end].isHexDigit { end += 1 }
        guard end < bytes.count else { throw unterminated(string) }
        let hasBraces = peek(2) == UInt8(ascii: "{") && bytes[end] == UInt8(ascii: "}")
        guard hasBraces, let number = UInt32(text(digits, end), radix: 16), let scalar = Unicode.Scalar(number) else {
            throw fault(
                .badEscape, "this is no Unicode character", position, Swift.min(digits, bytes.count),
                help: "write `\\u{…}` with a character's hexadecimal number, as in `\\u{3b1}` for α")
        }
        position = end + 1
        return Array(String(scalar).utf8)
    }

    private func badEscape() -> Diagnostic {
        let length = scalar(at: position + 1)?.length ?? 0
        return fault(
            .badEscape, "unknown escape `\(text(position, position + 1 + length))`", position, position + 1 + length,
            help:
                "the escapes are \\n \\t \\r \\\" \\' \\\\ \\u{…}; a plain backslash is `\\\\`, or use single quotes: "
                + "'…' is read as it stands")
    }

    private func unterminated(_ start: Int) -> Diagnostic {
        let mark = text(start, start + 1)
        return fault(
            .unterminated, "this string is never closed", start, start + 1, "it starts here",
            help: "close it with `\(mark)`")
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        isDigit || (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "f"))
    }
}
