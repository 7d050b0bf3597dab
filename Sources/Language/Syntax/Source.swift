/// A piece of program text with the name that errors show for it.
public struct Source: Sendable, Hashable {
    /// A file's path, or `cell 3` for what was typed at the prompt.
    public let name: String
    /// The whole text.
    public let text: String
    /// The number of its first line in the file that it is a part of; 1 for a whole one.
    public let firstLine: Int

    /// A text with a name.
    public init(name: String, text: String, firstLine: Int = 1) {
        self.name = name
        self.text = text
        self.firstLine = firstLine
    }
}

extension Source {
    /// The text of a span, which is not copied beyond it.
    subscript(span: Span) -> String {
        let bytes = text.utf8
        let start = bytes.index(bytes.startIndex, offsetBy: span.start)
        return String(decoding: bytes[start..<bytes.index(start, offsetBy: span.end - span.start)], as: UTF8.self)
    }
}

/// A half-open range of UTF-8 offsets in a source.
public struct Span: Sendable, Hashable, Codable {
    /// The offset of the first byte.
    public var start: Int
    /// The offset after the last byte.
    public var end: Int

    /// The bytes from `start` up to `end`.
    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// The smallest span that holds both.
    public func union(_ other: Span) -> Span {
        Span(Swift.min(start, other.start), Swift.max(end, other.end))
    }
}
