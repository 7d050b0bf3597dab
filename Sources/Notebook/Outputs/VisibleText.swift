/// Text in which everything can be seen.
///
/// Control characters, the separators of lines and paragraphs that only JavaScript knows, marks that turn the
/// direction of writing, and code points that are no characters are written out: `\u{202e}`, as nash prints them.
/// What is read in a document is then what stands in it, in this order. Line breaks and tabulators stay.
public enum VisibleText {
    /// The text with line breaks as `\n`.
    public static func of(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x09 }) else { return text }
        var shown = String.UnicodeScalarView()
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            if scalar == "\r", scalars.first == "\n" { continue }
            if isSeen(scalar) {
                shown.append(scalar)
            } else {
                shown += "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars
            }
        }
        return String(shown)
    }

    /// The text in one line: line breaks and tabulators are spaces.
    public static func line(_ text: String) -> String {
        let seen = of(text)
        guard seen.utf8.contains(where: { $0 < 0x20 }) else { return seen }
        return String(decoding: seen.utf8.map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
    }

    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        // The joiners of emoji and scripts do no harm.
        if scalar.value < 0x7F { return scalar.value >= 0x20 || scalar == "\n" || scalar == "\t" }
        if scalar.value == 0x200C || scalar.value == 0x200D { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
        default: return !scalar.properties.isNoncharacterCodePoint
        }
    }
}
