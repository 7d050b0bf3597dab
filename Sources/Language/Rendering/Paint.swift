/// Colours of printed values, by ANSI escape sequences.
struct Paint: Sendable {
    enum Ink: String {
        case strong = "1"
        case faint = "2"
    }
    var isColoured: Bool

    func callAsFunction(_ text: String, _ ink: Ink) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension String {
    /// At most `width` columns of a terminal, the last one `…` where something is cut off.
    func cropped(to width: Int) -> String {
        guard displayWidth > width else { return self }
        var result = ""
        var used = 0
        for character in self {
            guard used + character.displayWidth <= width - 1 else { break }
            result.append(character)
            used += character.displayWidth
        }
        return width > 0 ? result + "…" : ""
    }

    /// Spaces before the text, up to `width` columns.
    func paddedLeft(to width: Int) -> String { String(repeating: " ", count: max(0, width - displayWidth)) + self }

    /// Spaces behind the text, up to `width` columns.
    func paddedRight(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - displayWidth)) }

    /// On one line, with what a terminal would obey written out: `\n`, `\u{1b}`.
    var printable: String {
        guard contains(where: \.isUnprintable) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where Character(scalar).isUnprintable && !scalar.joins:
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Unicode.Scalar {
    /// The joiners of emoji and scripts, which are format characters without harm.
    fileprivate var joins: Bool { value == 0x200C || value == 0x200D }
}
