/// One cell of a notebook file.
public struct NotebookCell: Sendable, Equatable {
    /// What a cell holds.
    public enum Kind: Sendable {
        /// A program.
        case code
        /// Markdown, which stands in the file as comments.
        case text
    }

    /// What it holds.
    public let kind: Kind
    /// What stands behind the brackets of its marker; empty where nothing does.
    public let title: String
    /// The `n` of `out[n]`, from 1; 0 for text.
    public let number: Int
    /// The program, or the Markdown without its `# `; without blank lines before and after it.
    public let source: String
    /// The number of `source`'s first line in the file, from 1.
    public internal(set) var line: Int
    /// The marker's line as it stands in the file, with its end; empty for what stands before the first marker.
    let marker: String
    /// The lines below the marker as they stand in the file.
    let body: String

    init(
        _ kind: Kind, title: String, number: Int, source: String, line: Int, marker: String, body: String
    ) {
        (self.kind, self.title, self.number) = (kind, title, number)
        (self.source, self.line, self.marker, self.body) = (source, line, marker, body)
    }

    /// How messages call it: ``cell 3 `Front` ``.
    public var name: String {
        let name = kind == .code ? "cell \(number)" : "the text"
        return title.isEmpty ? name : "\(name) `\(title)`"
    }
}

// Cells that were not read from a file.
extension NotebookCell {
    /// A cell of code.
    ///
    /// - Parameters:
    ///   - number: from 1.
    ///   - previous: the number of the cell of code before it, 0 where there is none: a number that does not follow from
    ///     it is written into the marker.
    public init(code: String, title: String = "", number: Int, after previous: Int) {
        let title = Self.line(title)
        let isWritten = number != previous + 1 || title.hasPrefix("[")
        let parts = ["#%%", isWritten ? "[\(number)]" : "", title].filter { !$0.isEmpty }
        let source = TextLines.trimmed(TextLines.unmarked(code)).text
        self.init(
            .code, title: title, number: number, source: source, line: 1,
            marker: parts.joined(separator: " ") + "\n", body: source.isEmpty ? "" : source + "\n")
    }

    /// A cell of Markdown.
    public init(text: String, title: String = "") {
        let title = Self.line(title)
        let source = TextLines.trimmed(text).text
        let lines = source.isEmpty ? [] : TextLines.split(source).map(TextLines.withoutEnd)
        self.init(
            .text, title: title, number: 0, source: source, line: 1,
            marker: "#%% [md]" + (title.isEmpty ? "" : " \(title)") + "\n",
            body: lines.map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined())
    }

    /// A title on one line, without blanks around it.
    private static func line(_ title: String) -> String {
        TextLines.stripped(String(String.UnicodeScalarView(title.unicodeScalars.map { $0.value < 0x20 ? " " : $0 })))
    }
}
