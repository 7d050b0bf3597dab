/// How the lines tell what block of Markdown they are of.
enum MarkdownBlock {
    typealias Line = ArraySlice<UInt8>

    /// The opening line of fenced code.
    struct Fence {
        let mark: UInt8
        let length: Int
        let indent: Int
        let language: String

        func isClosed(by line: Line) -> Bool {
            let text = line.unindented
            let run = text.prefix { $0 == mark }
            return line.indent < 4 && run.count >= length && text.dropFirst(run.count).isBlank
        }
    }

    static func fence(_ line: Line) -> Fence? {
        let text = line.unindented
        guard line.indent < 4, let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
            return nil
        }
        let length = text.prefix { $0 == mark }.count
        let info = text.dropFirst(length)
        guard length >= 3, mark == UInt8(ascii: "~") || !info.contains(mark) else { return nil }
        let language = info.unindented.prefix { !$0.isSpace }
        return Fence(
            mark: mark, length: length, indent: line.indent, language: String(decoding: language, as: UTF8.self))
    }

    /// `## words`, without the marks around.
    static func heading(_ line: Line) -> (level: Int, words: Line)? {
        let hash = UInt8(ascii: "#")
        let text = line.unindented
        let level = text.prefix { $0 == hash }.count
        guard line.indent < 4, (1...6).contains(level) else { return nil }
        var words = text.dropFirst(level)
        guard words.isEmpty || words.first == 0x20 else { return nil }
        words = words.unindented.trimmedAtEnd
        let closing = words.reversed().prefix { $0 == hash }.count
        let rest = words.dropLast(closing)
        if closing > 0, rest.isEmpty || rest.last == 0x20 { words = rest.trimmedAtEnd }
        return (level, words)
    }

    static func isRule(_ line: Line) -> Bool {
        guard line.indent < 4, let mark = line.unindented.first, "*-_".utf8.contains(mark) else { return false }
        return line.allSatisfy { $0 == mark || $0 == 0x20 } && line.count { $0 == mark } >= 3
    }

    /// Whether a paragraph ends before this line.
    static func interrupts(_ line: Line) -> Bool {
        if fence(line) != nil || heading(line) != nil || isRule(line) { return true }
        if line.indent < 4, line.unindented.first == UInt8(ascii: ">") { return true }
        guard let marker = marker(line), !marker.isEmpty else { return false }
        return marker.number == nil || marker.number == 1
    }

    /// What an item of a list begins with.
    struct Marker {
        /// The bullet, or what stands behind the number.
        let mark: UInt8
        /// The number; nil for bullets.
        let number: Int?
        let indent: Int
        /// Where the item's text begins.
        let width: Int
        let isEmpty: Bool
    }

    static func marker(_ line: Line) -> Marker? {
        let text = line.unindented
        let digits = text.prefix { (0x30...0x39).contains($0) }
        let rest = text.dropFirst(digits.count)
        guard let mark = rest.first, line.indent < 4, digits.count < 10,
            (digits.isEmpty ? "-*+" : ".)").utf8.contains(mark)
        else { return nil }
        let content = rest.dropFirst()
        guard content.isEmpty || content.first == 0x20 else { return nil }
        let spaces = content.isBlank || content.indent > 4 ? 1 : content.indent
        return Marker(
            mark: mark, number: digits.isEmpty ? nil : Int(String(decoding: digits, as: UTF8.self)),
            indent: line.indent, width: line.indent + digits.count + 1 + spaces, isEmpty: content.isBlank)
    }

    /// The lines of each item, without what they are indented by, and whether no blank line lies between them.
    static func items(_ rest: inout ArraySlice<Line>, _ first: Marker) -> (items: [[Line]], isTight: Bool) {
        var items: [[Line]] = []
        var width = first.width
        var (isTight, wasBlank) = (true, false)
        while let line = rest.first {
            if line.isBlank {
                wasBlank = true
                items[items.count - 1].append([])
            } else if !items.isEmpty, line.indent >= width {
                isTight = isTight && !wasBlank
                items[items.count - 1].append(line.dropFirst(width))
                wasBlank = false
            } else if let next = marker(line), next.mark == first.mark, !isRule(line) {
                isTight = isTight && !wasBlank
                width = next.width
                items.append([line.dropFirst(min(width, line.count))])
                wasBlank = false
            } else if !wasBlank, !items.isEmpty, !interrupts(line), marker(line) == nil {
                items[items.count - 1].append(line.unindented)
            } else {
                break
            }
            rest.removeFirst()
        }
        return (items, isTight)
    }

    /// The words of a piece of HTML that this program has made.
    static func withoutTags(_ html: String) -> String {
        var isTag = false
        let words = html.utf8.filter { byte in
            if byte == UInt8(ascii: "<") { isTag = true }
            defer { if byte == UInt8(ascii: ">") { isTag = false } }
            return !isTag
        }
        return String(decoding: words, as: UTF8.self)
    }
}

extension ArraySlice<UInt8> {
    var isBlank: Bool { allSatisfy { $0 == 0x20 } }
    /// How many spaces it begins with.
    var indent: Int { prefix { $0 == 0x20 }.count }
    var unindented: ArraySlice<UInt8> { drop { $0 == 0x20 } }
    var trimmedAtEnd: ArraySlice<UInt8> { dropLast(reversed().prefix { $0 == 0x20 }.count) }
}
