/// What gnuplot's text terminal writes, made fit for a terminal and a file.
enum TextPicture {
    /// Without the form feed at the start, empty lines around the picture and spaces at the ends of lines.
    static func trimmed(_ picture: String) -> String {
        let lines = picture.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\u{0C}" }.map(trimmedLine)
        let inner = lines.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return inner.map { "\($0)\n" }.joined()
    }

    /// The line without spaces at its end; a coloured line ends in the colour of the terminal.
    private static func trimmedLine(_ line: Substring) -> String {
        guard line.contains("\u{1B}") else { return String(line.dropTrailing { $0 == " " }) }
        return line.dropTrailing { $0 == " " } + "\u{1B}[0m"
    }

    private static func isBlank(_ line: String) -> Bool {
        var inEscape = false
        return line.allSatisfy { character in
            if inEscape {
                if character.isLetter { inEscape = false }
                return true
            }
            inEscape = character == "\u{1B}"
            return inEscape || character == " "
        }
    }
}

extension Substring {
    fileprivate func dropTrailing(while isDropped: (Character) -> Bool) -> Substring {
        guard let end = lastIndex(where: { !isDropped($0) }) else { return prefix(0) }
        return self[...end]
    }
}
