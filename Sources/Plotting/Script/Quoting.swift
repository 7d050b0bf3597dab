extension String {
    /// The text as a gnuplot expression that is only ever read as text.
    ///
    /// Single quotes keep gnuplot from running backticks, expanding `@` macros and reading backslashes. Quotes and
    /// line breaks are joined in from constants of ours: gnuplot 5.4 reads a doubled quote at the start of a string as
    /// its end. Control characters become spaces.
    var gnuplotQuoted: String {
        let lines = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.map(Self.quoted).joined(separator: #"."\n"."#)
    }

    private static func quoted(_ line: Substring) -> String {
        let pieces = line.split(separator: "'", omittingEmptySubsequences: false)
        return pieces.map { "'\(String($0).sanitised)'" }.joined(separator: #"."'"."#)
    }

    /// The text on one line as a gnuplot string.
    var gnuplotLine: String { split(whereSeparator: \.isNewline).joined(separator: " ").gnuplotQuoted }

    /// A tick label as a gnuplot string; `%` would print the tick's position.
    var gnuplotTick: String {
        split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%").gnuplotLine
    }

    /// The text with a space for each control character and all else that stands for no letter.
    var sanitised: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .surrogate, .unassigned, .privateUse: text.unicodeScalars.append(" ")
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The text in lines of at most `width` letters, broken at spaces where there are some; at most `limit` lines.
    func wrapped(to width: Int, limit: Int) -> String {
        var lines: [String] = []
        for paragraph in split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            var line = ""
            for word in paragraph.split(separator: " ") {
                if !line.isEmpty && line.count + word.count + 1 > width {
                    lines.append(line)
                    line = ""
                }
                line += line.isEmpty ? String(word) : " \(word)"
            }
            lines.append(line)
        }
        if lines.count > limit { lines = lines.prefix(limit - 1) + [lines[(limit - 1)...].joined(separator: " ")] }
        return lines.map { $0.clipped(to: max(4, width)) }.joined(separator: "\n")
    }
}

extension UInt32 {
    /// A colour `0xRRGGBB` as gnuplot writes it, with its transparency in the first byte.
    func gnuplotColour(opacity: Double = 1) -> String {
        let transparency = UInt32(((1 - opacity) * 255).rounded())
        let digits = String(transparency << 24 | self & 0xFFFFFF, radix: 16, uppercase: true)
        return "rgb '#\(String(repeating: "0", count: 8 - digits.count))\(digits)'"
    }
}
