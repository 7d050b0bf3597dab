/// Text made fit for a terminal.
enum WrappedText {
    /// The text with every character that a terminal would obey replaced; line ends stay.
    static func printable(_ text: String) -> String {
        String(text.map { $0 == "\n" || $0 == "\r\n" ? "\n" : $0.isUnprintable ? "\u{FFFD}" : $0 })
    }

    /// Lines of at most `width` columns, broken at spaces where there are some, else anywhere.
    static func lines(_ text: String, width: Int) -> [String] {
        printable(text).split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrap($0, max(2, width)) }
    }

    /// As ``lines(_:width:)``, with what a line brings in front kept free below it: its indentation, or the column
    /// behind a wide gap, as in a list of words with what they mean.
    static func hanging(_ text: String, width: Int) -> [String] {
        printable(text).split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
            guard String(line).displayWidth > width else { return [String(line)] }
            let front = line.prefix(front(of: line, width: width))
            let lines = wrap(line.dropFirst(front.count), max(2, width - front.count))
            let margin = String(repeating: " ", count: front.count)
            return lines.enumerated().map { ($0 == 0 ? String(front) : margin) + $1 }
        }
    }

    /// How many characters of `line` stand before its text; no more than half of `width`.
    private static func front(of line: Substring, width: Int) -> Int {
        let characters = Array(line)
        let indent = characters.prefix { $0 == " " }.count
        let gaps = characters.indices.dropFirst(max(2, indent + 2)).filter { place in
            place <= width / 2 && characters[place] != " " && characters[place - 1] == " "
                && characters[place - 2] == " "
        }
        return min(gaps.first ?? indent, width / 2)
    }

    private static func wrap(_ paragraph: Substring, _ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in words(paragraph) {
            let length = word.displayWidth
            if used > 0, used + 1 + length > width {
                lines.append(line)
                (line, used) = ("", 0)
            } else if used > 0 {
                (line, used) = (line + " ", used + 1)
            }
            for character in word {
                if used + character.displayWidth > width, used > 0 {
                    lines.append(line)
                    (line, used) = ("", 0)
                }
                line.append(character)
                used += character.displayWidth
            }
        }
        return lines + [line]
    }

    /// The words between spaces; what stands between backticks is one word, and `…` stays with what it follows.
    private static func words(_ paragraph: Substring) -> [String] {
        var words = [""]
        var isCode = false
        for character in paragraph {
            if character == "`" { isCode.toggle() }
            if character == " ", !isCode {
                words.append("")
            } else {
                words[words.count - 1].append(character)
            }
        }
        return words.reduce(into: []) { joined, word in
            if word.hasPrefix("…"), let last = joined.popLast() {
                joined.append("\(last) \(word)")
            } else {
                joined.append(word)
            }
        }
    }
}
