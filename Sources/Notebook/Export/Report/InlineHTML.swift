/// A paragraph's Markdown as HTML: code, emphasis and links; all else is text.
///
/// It goes through the bytes once. What may turn out to open emphasis or a link is kept as a piece of its own, which
/// becomes a tag when its end is found and stays text otherwise; tags never cross. The rules of where emphasis begins
/// and ends are those of CommonMark 0.31, section 6.2; of pictures only the text is kept, for a report loads nothing.
struct InlineHTML {
    private struct Opener {
        let mark: UInt8
        let length: Int
        let piece: Int
    }
    private struct Bracket {
        let piece: Int
        /// How many openers there were before it.
        let openers: Int
        let isPicture: Bool
    }

    private let bytes: [UInt8]
    private var place = 0
    private var pieces: [String] = []
    private var plain: [UInt8] = []
    private var openers: [Opener] = []
    /// How many openers of each mark and length there are: none is looked for in vain.
    private var counts: [Int: Int] = [:]
    private var brackets: [Bracket] = []
    private var codeRuns: [Int: ArraySlice<Int>] = [:]

    /// The HTML of a text.
    static func text(_ bytes: [UInt8]) -> String {
        var inline = InlineHTML(bytes)
        inline.run()
        return inline.pieces.joined()
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var runs: [Int: [Int]] = [:]
        var place = 0
        while place < bytes.count {
            let length = bytes[place...].prefix { $0 == UInt8(ascii: "`") }.count
            if length > 0 { runs[length, default: []].append(place) }
            place += max(1, length)
        }
        codeRuns = runs.mapValues { $0[...] }
    }

    private mutating func run() {
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\\"): escape()
            case UInt8(ascii: "`"): code()
            case UInt8(ascii: "*"), UInt8(ascii: "_"): emphasis()
            case UInt8(ascii: "["): bracket(isPicture: false)
            case UInt8(ascii: "!") where place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "["):
                bracket(isPicture: true)
            case UInt8(ascii: "]"): closeBracket()
            case UInt8(ascii: "<"): address()
            case UInt8(ascii: "\n"): lineEnd()
            default: take()
            }
        }
        flush()
    }

    private mutating func take() {
        plain.append(bytes[place])
        place += 1
    }

    /// What was gathered becomes a piece of escaped text.
    private mutating func flush() {
        guard !plain.isEmpty else { return }
        pieces.append(HTMLText.escaped(String(decoding: plain, as: UTF8.self)))
        plain = []
    }

    private mutating func add(_ html: String) {
        flush()
        pieces.append(html)
    }

    private mutating func escape() {
        let next = place + 1 < bytes.count ? bytes[place + 1] : 0
        if next == UInt8(ascii: "\n") {
            add("<br>\n")
            place += 2
        } else {
            if next.isPunctuation { place += 1 }
            take()
        }
    }

    /// Two spaces before the end of a line break it.
    private mutating func lineEnd() {
        let breaks = plain.suffix(2).elementsEqual("  ".utf8)
        while plain.last == UInt8(ascii: " ") { plain.removeLast() }
        if breaks { add("<br>") }
        take()
    }

    private mutating func code() {
        let length = bytes[place...].prefix { $0 == UInt8(ascii: "`") }.count
        let start = place + length
        codeRuns[length] = codeRuns[length]?.drop { $0 < start }
        guard let end = codeRuns[length]?.first else {
            plain += bytes[place..<start]
            place = start
            return
        }
        var content = bytes[start..<end].map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
        let space = UInt8(ascii: " ")
        if content.first == space, content.last == space, content.contains(where: { $0 != space }) {
            content = Array(content.dropFirst().dropLast())
        }
        add("<code>\(HTMLText.escaped(String(decoding: content, as: UTF8.self)))</code>")
        place = end + length
    }

    /// `<https://…>`.
    private mutating func address() {
        let inner = bytes[(place + 1)...].prefix(2000).prefix { $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "<") }
        let isClosed = inner.endIndex < bytes.count && bytes[inner.endIndex] == UInt8(ascii: ">")
        guard isClosed, inner.starts(with: "http://".utf8) || inner.starts(with: "https://".utf8),
            let target = LinkTarget.address(inner)
        else { return take() }
        add("\(Self.link(target))\(HTMLText.escaped(String(decoding: inner, as: UTF8.self)))</a>")
        place = inner.endIndex + 1
    }

    private static func link(_ target: String) -> String {
        "<a href=\"\(HTMLText.escaped(target))\" rel=\"noopener noreferrer\">"
    }
}

// Emphasis.
extension InlineHTML {
    private mutating func emphasis() {
        let mark = bytes[place]
        var length = bytes[place...].prefix { $0 == mark }.count
        let (canOpen, canClose) = flanks(place, place + length)
        place += length
        if canClose { while length > 0, let used = close(mark, upTo: length) { length -= used } }
        if canOpen {
            while length > 0 {
                let part = min(2, length)
                add(String(repeating: Character(Unicode.Scalar(mark)), count: part))
                openers.append(Opener(mark: mark, length: part, piece: pieces.count - 1))
                counts[Self.key(mark, part), default: 0] += 1
                length -= part
            }
        }
        plain += Array(repeating: mark, count: length)
    }

    /// Whether a run of marks may begin emphasis, and end it.
    private func flanks(_ start: Int, _ end: Int) -> (canOpen: Bool, canClose: Bool) {
        let before = start > 0 ? bytes[start - 1] : UInt8(ascii: " ")
        let after = end < bytes.count ? bytes[end] : UInt8(ascii: " ")
        let left = !after.isSpace && (!after.isPunctuation || before.isSpace || before.isPunctuation)
        let right = !before.isSpace && (!before.isPunctuation || after.isSpace || after.isPunctuation)
        guard bytes[start] == UInt8(ascii: "_") else { return (left, right) }
        return (left && (!right || before.isPunctuation), right && (!left || after.isPunctuation))
    }

    /// Ends the innermost emphasis that these marks can end; how many of them that takes.
    private mutating func close(_ mark: UInt8, upTo length: Int) -> Int? {
        let lengths = (1...2).filter { $0 <= length && counts[Self.key(mark, $0), default: 0] > 0 }
        guard let at = openers.lastIndex(where: { $0.mark == mark && lengths.contains($0.length) }) else { return nil }
        let opener = openers[at]
        let tag = opener.length == 2 ? "strong" : "em"
        pieces[opener.piece] = "<\(tag)>"
        add("</\(tag)>")
        drop(openersFrom: at)
        // A link that begins inside cannot end outside.
        while let last = brackets.last, last.openers > at { brackets.removeLast() }
        return opener.length
    }

    private mutating func drop(openersFrom first: Int) {
        for opener in openers[first...] { counts[Self.key(opener.mark, opener.length), default: 0] -= 1 }
        openers.removeSubrange(first...)
    }

    private static func key(_ mark: UInt8, _ length: Int) -> Int { Int(mark) << 2 | length }
}

// Links.
extension InlineHTML {
    private mutating func bracket(isPicture: Bool) {
        add(isPicture ? "![" : "[")
        place += isPicture ? 2 : 1
        brackets.append(Bracket(piece: pieces.count - 1, openers: openers.count, isPicture: isPicture))
    }

    private mutating func closeBracket() {
        guard let bracket = brackets.popLast(), let (target, end) = destination(from: place + 1) else { return take() }
        guard let address = LinkTarget.address(target) else { return take() }
        drop(openersFrom: bracket.openers)
        pieces[bracket.piece] = bracket.isPicture ? "" : Self.link(address)
        if bracket.isPicture {
            flush()
        } else {
            add("</a>")
            brackets = []
        }
        place = end
    }

    /// `(address)` or `(address "title")`, and the place behind it.
    private func destination(from start: Int) -> (target: ArraySlice<UInt8>, end: Int)? {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "(") else { return nil }
        var at = start + 1
        var depth = 0
        let limit = min(bytes.count, start + 2000)
        while at < limit, !bytes[at].isSpace {
            if bytes[at] == UInt8(ascii: "(") { depth += 1 }
            if bytes[at] == UInt8(ascii: ")") {
                if depth == 0 { break }
                depth -= 1
            }
            at += 1
        }
        let target = bytes[start + 1..<at]
        if at < limit, bytes[at] == UInt8(ascii: " ") {
            at = titleEnd(from: at + 1, limit)
        }
        return at < limit && bytes[at] == UInt8(ascii: ")") ? (target, at + 1) : nil
    }

    /// Behind a title in double quotes, which is left out.
    private func titleEnd(from start: Int, _ limit: Int) -> Int {
        let quote = UInt8(ascii: "\"")
        guard start < limit, bytes[start] == quote else { return start }
        return (bytes[start + 1..<limit].firstIndex(of: quote) ?? limit - 1) + 1
    }
}
