/// How much room text takes in a terminal.
extension Character {
    /// Columns: two for the wide letters of East Asia and for emoji (Unicode Standard Annex 11), else one.
    var columns: Int { unicodeScalars.first.map(Self.isWide) == true ? 2 : 1 }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F1E6...0x1F1FF, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }
}

extension String {
    /// The columns that the text takes on one line.
    var columns: Int { reduce(0) { $0 + $1.columns } }

    /// The text on one line without control characters, in at most `columns`, with an ellipsis in place of the rest.
    func fitted(to columns: Int) -> String {
        let line = split(whereSeparator: \.isNewline).joined(separator: " ").sanitised
        guard line.columns > columns else { return line }
        var (text, used) = ("", 1)
        for character in line {
            used += character.columns
            if used > columns { break }
            text.append(character)
        }
        return columns > 0 ? text + "…" : ""
    }
}
