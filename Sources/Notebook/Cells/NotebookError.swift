public import Language

/// What is wrong with a notebook's file, where, and what to try.
public struct NotebookError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// The number of the line, from 1.
    public let line: Int
    /// What is wrong.
    public let message: String
    /// What to try.
    public let help: String

    /// Makes it of its parts.
    public init(file: String, line: Int, _ message: String, help: String) {
        (self.file, self.line, self.message, self.help) = (file, line, message, help)
    }

    /// The same as an error of the language, at its line of the file's `text`.
    public func diagnostic(in text: String) -> Diagnostic {
        let before = TextLines.split(text).prefix(line).map { ($0.utf8.count, TextLines.withoutEnd($0).utf8.count) }
        let start = before.dropLast().reduce(0) { $0 + $1.0 }
        let span = Span(start, start + (before.last?.1 ?? 0))
        return Diagnostic(.syntax, message, labels: [.init(Source(name: file, text: text), span)], help: help)
    }

    /// `front.nash:12: … ; …`.
    public var description: String { "\(file):\(line): \(message); \(help)" }
}
