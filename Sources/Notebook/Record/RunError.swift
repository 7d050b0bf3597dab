/// Why a run's record could not be read or written, where, and what to try.
public struct RunError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file or folder, with a line's number where one is meant: `runs/3/cells.jsonl:12`.
    public let place: String
    /// What is wrong.
    public let message: String
    /// What to try.
    public let help: String?

    /// Makes it of its parts.
    public init(_ place: String, _ message: String, help: String? = nil) {
        (self.place, self.message, self.help) = (place, message, help)
    }

    /// `runs/3/cells.jsonl:12: … ; …`.
    public var description: String { "\(place): \(message)" + (help.map { "; \($0)" } ?? "") }
}
