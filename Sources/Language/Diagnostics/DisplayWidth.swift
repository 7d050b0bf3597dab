// How many columns of a terminal text takes.

extension Character {
    /// 0 for marks that combine and invisible ones, 2 for East Asian wide characters and emoji, else 1.
    ///
    /// After Unicode Standard Annex #11, "East Asian Width" (wide and full-width ranges) and Unicode Technical
    /// Standard #51, "Unicode Emoji" (emoji presentation, also by U+FE0F). A cluster is as wide as its widest part.
    public var displayWidth: Int {
        if let ascii = asciiValue { return ascii >= 0x20 && ascii < 0x7F ? 1 : 0 }
        var width = 0
        for scalar in unicodeScalars {
            if scalar == "\u{FE0F}" { return 2 }
            width = max(width, scalar.displayWidth)
        }
        return width
    }

    /// Whether a terminal would obey it rather than show it, or shows nothing where it stands.
    var isUnprintable: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
    }
}

extension String {
    /// The columns that it takes on one line; control characters count nothing.
    public var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }
}

extension Unicode.Scalar {
    fileprivate var displayWidth: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: break
        }
        if properties.isEmojiPresentation { return 2 }
        // The vowels and final consonants of Hangul combine with the consonant before them.
        if (0x1160...0x11FF).contains(value) { return 0 }
        return Self.wide.contains { $0.contains(value) } ? 2 : 1
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F202, 0x1F210...0x1F23B,
        0x1F240...0x1F248, 0x1F250...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}
