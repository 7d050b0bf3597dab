/// A run as it was recorded: its header and cells, and the folder in which its figures lie.
public struct RunRecord: Sendable, Equatable {
    /// The version of the record's form that this nash writes, and the highest that it reads.
    public static let format = 1

    /// What was run: a script's path, `session`, `rpc`, `-c`.
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
    /// When it ended, in UTC; nil where it goes on, or was ended from outside.
    public var ended: String?
    /// The folder in which it was started: paths in it count from there.
    public var directory: String
    /// The number of the first study that it made, on which names such as `hyperband-3` depend; nil where it made none.
    public var firstStudy: Int?
    /// Whether the last line of its cells was only half written: that cell is lost.
    public var isCutOff: Bool

    /// Makes it of its parts.
    public init(
        title: String, started: String = "", versions: [String: String] = [:], seed: Int = 0,
        arguments: [String] = [], cells: [CellRecord] = [], folder: String = ".", ended: String? = nil,
        directory: String = ".", firstStudy: Int? = nil, isCutOff: Bool = false
    ) {
        self.title = title
        self.started = started
        self.versions = versions
        self.seed = seed
        self.arguments = arguments
        self.cells = cells
        self.folder = folder
        self.ended = ended
        self.directory = directory
        self.firstStudy = firstStudy
        self.isCutOff = isCutOff
    }
}

extension RunRecord {
    /// The run with each cell of code as it ran last, in the place of its first run; cells of text stay.
    public var lastRuns: RunRecord {
        var last: [Int: CellRecord] = [:]
        for cell in cells where cell.status != .text { last[cell.number] = cell }
        var run = self
        run.cells = cells.compactMap { $0.status == .text ? $0 : last.removeValue(forKey: $0.number) }
        return run
    }
}
