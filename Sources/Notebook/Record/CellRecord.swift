/// What is kept of one cell that was run: a line of `cells.jsonl`.
public struct CellRecord: Sendable, Equatable {
    /// How it ended.
    public enum Status: String, Sendable, CaseIterable {
        /// It ran to its end.
        case done
        /// Its evaluation failed.
        case failed
        /// It did not parse or check, and nothing ran.
        case rejected
        /// It was cancelled, and bound nothing.
        case cancelled
        /// Text between cells of code, in Markdown.
        case text
    }

    /// The `n` of `out[n]`, from 1: seeds that were not given derive from it. 0 for text.
    public var number: Int
    /// What stands behind `#%%`, without brackets; empty where nothing does.
    public var title: String
    /// The program's text, or the Markdown of a text cell.
    public var source: String
    /// How it ended.
    public var status: Status
    /// When it began, in UTC: `2026-11-24T19:57:44.120Z`.
    public var started: String
    /// How long it took by the clock, in milliseconds.
    public var wallMilliseconds: Double
    /// How long all processors worked for it, in milliseconds.
    public var cpuMilliseconds: Double
    /// The root of the seeds that derive.
    public var seed: Int
    /// What it showed, in order.
    public var outputs: [OutputRecord]
    /// The rendered error without colours; nil where there is none.
    public var error: String?
    /// The data that it read.
    public var data: [DataRecord]
    /// What its errors call its source: a path, `cell 3`.
    public var name: String
    /// The number of its source's first line in the file of that name, from 1.
    public var line: Int

    /// Makes it of its parts.
    public init(
        number: Int, title: String = "", source: String, status: Status = .done, started: String = "",
        wallMilliseconds: Double = 0, cpuMilliseconds: Double = 0, seed: Int = 0, outputs: [OutputRecord] = [],
        error: String? = nil, data: [DataRecord] = [], name: String = "", line: Int = 1
    ) {
        self.number = number
        self.title = title
        self.source = source
        self.status = status
        self.started = started
        self.wallMilliseconds = wallMilliseconds
        self.cpuMilliseconds = cpuMilliseconds
        self.seed = seed
        self.outputs = outputs
        self.error = error
        self.data = data
        self.name = name
        self.line = line
    }
}

/// One thing that a cell showed.
public struct OutputRecord: Sendable, Equatable {
    /// What it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A result.
        case value
        /// A remark beside the results.
        case note
    }

    /// What it is.
    public var kind: Kind
    /// As the terminal shows it, 100 columns wide and without colours; no line's end after the last line.
    public var text: String
    /// A table's cells, where it is a table.
    public var table: TableView?
    /// A figure's files, where it is a figure.
    public var figure: FigureRecord?
    /// SHA-256 of the whole value as JSON, or of a figure's points as CSV: equal where the value is. What the clock gave
    /// is left out (``ClockColumns``). Nil for notes, and for values that derive from a measurement.
    public var digest: String?

    /// Makes it of its parts.
    public init(
        _ kind: Kind, text: String, table: TableView? = nil, figure: FigureRecord? = nil, digest: String? = nil
    ) {
        self.kind = kind
        self.text = text
        self.table = table
        self.figure = figure
        self.digest = digest
    }
}

/// A figure's files, by their paths in the run folder: `plots/3-1.svg`.
public struct FigureRecord: Sendable, Equatable {
    /// The picture.
    public var svg: String
    /// The gnuplot script that draws it, data included.
    public var script: String
    /// The points as CSV.
    public var data: String
    /// SHA-256 of the picture's bytes; nil in records that an earlier nash wrote.
    public var svgSHA256: String?

    /// Makes it of its parts.
    public init(svg: String, script: String, data: String, svgSHA256: String? = nil) {
        (self.svg, self.script, self.data, self.svgSHA256) = (svg, script, data, svgSHA256)
    }
}

/// Data that a cell read.
public struct DataRecord: Sendable, Equatable, Hashable {
    /// The name or path as the cell gave it.
    public var name: String
    /// The file's or folder's absolute path; nil for data that nash carries itself.
    public var path: String?
    /// SHA-256 of the bytes.
    public var sha256: String

    /// Makes it of its parts.
    public init(name: String, path: String? = nil, sha256: String) {
        (self.name, self.path, self.sha256) = (name, path, sha256)
    }
}
