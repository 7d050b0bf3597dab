/// Text for Markdown: it reads as it is, and nothing in it is markup.
enum MarkdownEscape {
    /// The text in one line, as it may stand in a heading, a table's cell, a link's words or behind other words.
    ///
    /// A backslash stands before what CommonMark or GitHub's Markdown would take for markup, addresses that become
    /// links by themselves included. An `_` within a word is none.
    static func line(_ text: String) -> String {
        // Numbers and plain names, which most cells are.
        if text.utf8.allSatisfy({ $0.isAlphanumeric || $0 == 0x20 }) { return text }
        let bytes = Array(VisibleText.line(text).utf8)
        var escaped: [UInt8] = []
        escaped.reserveCapacity(bytes.count + 8)
        for (place, byte) in bytes.enumerated() {
            if isMarkup(byte, at: place, in: bytes) { escaped.append(UInt8(ascii: "\\")) }
            escaped.append(byte)
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func isMarkup(_ byte: UInt8, at place: Int, in bytes: [UInt8]) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "<"), UInt8(ascii: "|"), UInt8(ascii: "~"), UInt8(ascii: "&"), UInt8(ascii: "#"),
            UInt8(ascii: "$"), UInt8(ascii: "@"):
            true
        case UInt8(ascii: "_"):
            !(place > 0 && bytes[place - 1].isAlphanumeric && place + 1 < bytes.count
                && bytes[place + 1].isAlphanumeric)
        case UInt8(ascii: ":"): bytes[place...].starts(with: "://".utf8)
        case UInt8(ascii: "."): place >= 3 && bytes[(place - 3)..<place].allSatisfy { $0 | 0x20 == UInt8(ascii: "w") }
        default: false
        }
    }

    /// A text that begins lines of its own, one for each of its lines.
    static func lines(_ text: String) -> [String] {
        VisibleText.of(text).split(separator: "\n", omittingEmptySubsequences: false).map { text in
            let line = line(String(text)).drop { $0 == " " }
            let digits = line.utf8.prefix { (0x30...0x39).contains($0) }
            let mark = line.utf8.dropFirst(digits.count).first ?? 0
            guard digits.isEmpty ? ">-+=".utf8.contains(mark) : ".)".utf8.contains(mark) else { return String(line) }
            return String(line.prefix(digits.count)) + "\\" + line.dropFirst(digits.count)
        }
    }

    /// Text as fenced code; the fence is longer than any run of backticks in it.
    static func fenced(_ text: String, language: String = "") -> String {
        let text = VisibleText.of(text)
        var (run, longest) = (0, 0)
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)\(language)\n\(text)\(text.isEmpty || text.hasSuffix("\n") ? "" : "\n")\(fence)\n"
    }

    /// A table of GitHub's Markdown, numbers to the right, with what is to be said of rows that are not shown.
    static func table(_ view: TableView) -> String {
        guard !view.columns.isEmpty else { return "a table without columns\n" }
        var lines = [row(view.columns.map(\.heading))]
        lines.append("|" + view.columns.map { $0.isNumeric ? " ---: |" : " --- |" }.joined())
        for cells in view.rows { lines.append(row(cells.prefix(view.columns.count))) }
        if let rest = view.rowCount == 0 ? "no rows" : view.remark { lines += ["", "*\(line(rest))*"] }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ cells: some Sequence<String>) -> String {
        "| " + cells.map(line).joined(separator: " | ") + " |"
    }
}
