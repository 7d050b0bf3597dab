/// What is wrong with a file, where, and what to do.
public struct ReadingError: Error, Sendable, Hashable {
    /// The path as the user gave it.
    public var file: String
    /// From 1; nil when the error is about the file as a whole.
    public var line: Int?
    /// In characters from 1; nil when the error is about the whole line.
    public var column: Int?
    /// What was found, and what was expected.
    public var message: String
    /// What to do.
    public var help: String?

    /// Makes an error of a place in a file.
    public init(_ file: String, line: Int? = nil, column: Int? = nil, _ message: String, help: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.help = help
    }

    /// `results.csv:3:14`, as far as the place is known.
    public var place: String { ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":") }
}

extension ReadingError: CustomStringConvertible {
    /// What is wrong, in a line.
    public var description: String { "\(place): \(message)" }
}
