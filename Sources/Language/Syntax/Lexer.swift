/// Cuts program text into tokens.
///
/// It works on UTF-8 bytes, from left to right, with one token of memory. A line's end is a token only where
/// it can end a statement: not after `| , = ->` and not before a line that starts with `|`. That it means
/// nothing inside brackets is the parser's business, for in `{ … }` it depends on what the braces are.
public struct Lexer: Sendable {
    let source: Source
    let bytes: [UInt8]
    var position = 0
    private var previous: Token.Kind?
    /// The token that waits behind a line's end.
    private var held: Token?

    /// A lexer at the start of a text.
    public init(_ source: Source) {
        self.source = source
        bytes = Array(source.text.utf8)
    }

    /// All tokens of a text, the last of them `.end`.
    ///
    /// - Throws: what is wrong with the first piece that is no token.
    public static func tokens(of source: Source) throws(Diagnostic) -> [Token] {
        var lexer = Lexer(source)
        var tokens: [Token] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    /// The next token; `.end` for ever after the last.
    ///
    /// - Throws: what is wrong with the piece that comes next.
    public mutating func next() throws(Diagnostic) -> Token {
        if let token = held {
            held = nil
            return token
        }
        let before = position
        let lineEnd = skipBlank()
        let start = position
        let kind = try scan()
        let token = Token(kind: kind, span: Span(start, position), isSpaced: start > before || start == 0)
        defer { previous = kind }
        guard let lineEnd, endsStatement(before: kind) else { return token }
        held = token
        return Token(kind: .newline, span: lineEnd, isSpaced: false)
    }

    /// Whether a line's end between the previous token and this one counts.
    private func endsStatement(before kind: Token.Kind) -> Bool {
        if kind == .sign(.pipe) || previous == nil { return false }
        if case .sign(let sign) = previous { return !sign.continuesLine }
        return true
    }

    /// Skips white space and comments; the answer is the first line's end among them.
    private mutating func skipBlank() -> Span? {
        if position == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        var lineEnd: Span?
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
            case UInt8(ascii: "\n"):
                lineEnd = lineEnd ?? Span(position, position + 1)
                position += 1
            case UInt8(ascii: "#"): while let next = peek(), next != UInt8(ascii: "\n") { position += 1 }
            default: return lineEnd
            }
        }
        return lineEnd
    }

    private mutating func scan() throws(Diagnostic) -> Token.Kind {
        guard let byte = peek() else { return .end }
        if byte.isDigit { return try number() }
        if byte == UInt8(ascii: "\"") { return .string(try quoted()) }
        if byte == UInt8(ascii: "'") { return .string(try rawQuoted()) }
        if let word = identifier() { return .name(word) }
        if byte == UInt8(ascii: "."), peek(1)?.isDigit == true { throw pointWithoutDigit() }
        if let habit = Habit.spelling(at: bytes[position...]) { throw foreign(habit) }
        return .sign(try sign())
    }

    /// The word that starts here, if one does: letters, digits and `_`, no digit first.
    mutating func identifier() -> String? {
        let start = position
        while let (scalar, length) = scalar(at: position), isWord(scalar, first: position == start) {
            position += length
        }
        return position > start ? text(start, position) : nil
    }

    private func isWord(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        if scalar == "_" { return true }
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            return byte.isLetter || (!first && byte.isDigit)
        }
        return first ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue
    }

    private mutating func sign() throws(Diagnostic) -> Sign {
        for length in [2, 1] where position + length <= bytes.count {
            if let sign = Sign(rawValue: text(position, position + length)) {
                position += length
                return sign
            }
        }
        throw unexpectedCharacter()
    }
}

// Reading bytes.
extension Lexer {
    func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    /// The Unicode scalar at an offset and its length in bytes.
    func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        guard offset < bytes.count else { return nil }
        if bytes[offset] < 0x80 { return (Unicode.Scalar(bytes[offset]), 1) }
        let length = bytes[offset] < 0xE0 ? 2 : bytes[offset] < 0xF0 ? 3 : 4
        let piece = text(offset, Swift.min(offset + length, bytes.count))
        return piece.unicodeScalars.first.map { ($0, length) }
    }

    mutating func skipDigits() { while peek()?.isDigit == true { position += 1 } }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isLetter: Bool {
        let lower = self | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }
}

// What is wrong with a piece of text.
extension Lexer {
    func fault(
        _ code: Code, _ message: String, _ start: Int, _ end: Int, _ remark: String = "", help: String? = nil
    ) -> Diagnostic {
        Diagnostic(code, message, labels: [.init(source, Span(start, end), remark)], help: help)
    }

    private func foreign(_ habit: Habit) -> Diagnostic {
        let end = position + habit.spelling.utf8.count
        return fault(.syntax, "`\(habit.spelling)` is no part of the language", position, end, help: habit.help)
    }

    private func pointWithoutDigit() -> Diagnostic {
        var end = position + 1
        while end < bytes.count, bytes[end].isDigit { end += 1 }
        let written = text(position, end)
        return fault(
            .badNumber, "a number starts with a digit", position, end, "no digit before the point",
            help: "write `0\(written)`; text with several points, such as a version, needs quotes")
    }

    private func unexpectedCharacter() -> Diagnostic {
        let (scalar, length) = scalar(at: position) ?? ("\u{FFFD}", 1)
        let end = position + length
        if let help = Habit.lone[bytes[position]] {
            return fault(.syntax, "`\(scalar)` is no part of the language", position, end, help: help)
        }
        if let character = LookAlike.all[scalar] {
            return fault(
                .syntax, "\(character.name) is no part of the language", position, end, "here",
                help: character.help)
        }
        let shown = scalar.properties.generalCategory == .control ? "" : " `\(scalar)`"
        let number = String(scalar.value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: Swift.max(0, 4 - number.count)) + number
        return fault(
            .syntax, "unexpected character\(shown) (U+\(padded))", position, end, "here",
            help: "outside of strings and comments only names, numbers and the signs of the grammar stand")
    }
}
