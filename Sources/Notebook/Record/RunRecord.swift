/// A run as it was recorded: its header and cells, and the folder in which its figures lie.
public struct RunRecord: Sendable, Equatable {
    /// The version of the record's form that this nash writes, and the highest that it reads.
    public static let format = 1

    /// What was run: a script's path, `session`, `-c`.
    public var title: String
    /// When it began, in UTC: `2026-11-24T19:57:44.120Z`.
    public var started: String
    /// `nash`, `libtorch`, `swift`, `cpu`, `threads` and the like, with their versions or numbers.
    public var versions: [String: String]
    /// The root of the seeds that derive.
    public var seed: Int
    /// The arguments of a script.
    public var arguments: [String]
    /// In the order in which they ended.
    public var cells: [CellRecord]
    /// Where it lies; figures' paths are relative to it.
    public var folder: String

    /// Makes it of its parts.
    public init(
        title: String, started: String = "", versions: [String: String] = [:], seed: Int = 0,
        arguments: [String] = [], cells: [CellRecord] = [], folder: String = "."
    ) {
        self.title = title
        self.started = started
        self.versions = versions
        self.seed = seed
        self.arguments = arguments
        self.cells = cells
        self.folder = folder
    }
}
