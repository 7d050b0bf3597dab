/// A way to go on typing.
public struct Candidate: Sendable, Hashable {
    /// The text.
    public let text: String
    /// One line of help.
    public let summary: String
    /// What to append when it is the only one: a space, `: `, or nothing.
    public let suffix: String

    /// Makes it of its parts.
    public init(_ text: String, _ summary: String = "", suffix: String = " ") {
        self.text = text
        self.summary = summary
        self.suffix = suffix
    }
}

/// What could stand at a place of a text.
public struct Completions: Sendable {
    /// The bytes of the text that a candidate replaces.
    public var range: Span
    /// The candidates, sorted.
    public var candidates: [Candidate]
    /// Whether the place is inside quotes, where a path of a file belongs.
    public var isPath = false
}

extension Session {
    /// What could stand at `offset` (in bytes) of `text`.
    ///
    /// At the head of a stage: the words that take what is piped in, or values; behind a dot: columns and fields;
    /// behind `key:` its values; elsewhere in a call: argument names and values.
    public func completions(of text: String, at offset: Int) -> Completions {
        let before = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self)
        let cursor = Cursor(before)
        if let start = cursor.quoteStart {
            return Completions(range: Span(start, offset), candidates: [], isPath: true)
        }
        let candidates = Completer(session: self, cursor: cursor).candidates
        let matching = candidates.filter { $0.text.hasPrefix(cursor.word) }.sorted { $0.text < $1.text }
        return Completions(range: Span(offset - cursor.word.utf8.count, offset), candidates: matching)
    }
}

/// What stands before the place where something is completed.
struct Cursor {
    /// The begun name, possibly empty.
    let word: String
    /// The text before the stage: earlier stages of the pipeline, without the pipe.
    let piped: String?
    /// The text of the stage up to the word.
    let stage: String
    /// The offset behind an opened quote.
    let quoteStart: Int?

    init(_ before: String) {
        quoteStart = Self.openQuote(in: before)
        let word = before.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        self.word = String(word.reversed())
        let head = before.dropLast(word.count)
        let stage = Self.stageStart(in: head)
        self.stage = String(head[stage...])
        let statement = Self.statementStart(in: head)
        let earlier = head[statement..<stage].drop { $0 == " " || $0 == "\n" }
        piped = earlier.last == "|" ? String(earlier.dropLast()) : nil
    }

    private static func openQuote(in text: String) -> Int? {
        var start: Int?
        var offset = 0
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), start != nil {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                start = start == nil ? offset + 1 : nil
            }
            offset += 1
        }
        return start
    }

    /// Where the stage begins that the end of `text` is in: behind the last open bracket, pipe or statement end.
    private static func stageStart(in text: Substring) -> Substring.Index {
        boundary(in: text) { letter, next in
            letter == "|" || letter == ";" || letter == "\n" || letter == "(" || letter == "{"
                || (letter == ">" && next == "-")
                || (letter == "=" && next != "=" && next != "<" && next != ">" && next != "!")
        }
    }

    private static func statementStart(in text: Substring) -> Substring.Index {
        boundary(in: text) { letter, next in
            letter == ";" || letter == "(" || letter == "{" || (letter == ">" && next == "-")
                || (letter == "=" && next != "=" && next != "<" && next != ">" && next != "!")
        }
    }

    /// Goes backwards, over closed brackets and strings, to behind the first letter that `ends` accepts.
    private static func boundary(
        in text: Substring, _ ends: (_ letter: Character, _ before: Character?) -> Bool
    ) -> Substring.Index {
        var depth = 0
        var inString = false
        var index = text.endIndex
        while index > text.startIndex {
            let previous = text.index(before: index)
            let letter = text[previous]
            let earlier = previous > text.startIndex ? text[text.index(before: previous)] : nil
            if letter == "\"" {
                inString.toggle()
            } else if !inString {
                if letter == ")" || letter == "]" || letter == "}" { depth += 1 }
                if depth == 0, ends(letter, earlier) { return index }
                if letter == "(" || letter == "[" || letter == "{" { depth = max(0, depth - 1) }
            }
            index = previous
        }
        return text.startIndex
    }
}
