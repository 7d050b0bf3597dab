/// The forms of table files, each by the endings of its names.
public enum TableFormat: String, Sendable, Hashable, CaseIterable {
    case csv, json, markdown

    /// The endings that mean the format.
    public var endings: [String] {
        switch self {
        case .csv: ["csv", "tsv", "txt"]
        case .json: ["json", "jsonl", "ndjson"]
        case .markdown: ["md", "markdown"]
        }
    }

    /// The format of a path; nil where its ending means none.
    public init?(path: String) {
        let ending = path.split(separator: "/").last?.split(separator: ".").dropFirst().last.map { $0.lowercased() }
        guard let format = TableFormat.allCases.first(where: { ending.map($0.endings.contains) ?? false }) else {
            return nil
        }
        self = format
    }
}

/// Tables from files and into files.
public enum TableFile {
    /// The table of a file, read in the format, or else in the one of its name.
    ///
    /// - Throws: ``ReadingError`` when the file cannot be read or holds no table.
    public static func read(_ path: String, as format: TableFormat? = nil) throws(ReadingError) -> Table {
        guard let format = format ?? TableFormat(path: path), format != .markdown else { throw unknown(path) }
        let bytes = try FileBytes.read(path)
        return format == .csv
            ? try DelimitedReader.table(bytes, name: path) : try JSONReader.table(bytes, name: path)
    }

    /// Writes a value in the format, or else in the one of the path, whole or not at all; JSON as one object a line.
    ///
    /// - Throws: ``ReadingError`` when it cannot be written.
    public static func write(_ value: Value, to path: String, as format: TableFormat? = nil) throws {
        guard let format = format ?? TableFormat(path: path) else { throw unknown(path) }
        try AtomicFile.write(path) { write in
            func line(_ text: String) throws { try write(text + "\n") }
            switch format {
            case .csv: try DelimitedText.lines(value, line)
            case .json: try JSONText.lines(value, line)
            case .markdown: try MarkdownText.lines(value, line)
            }
        }
    }

    private static func unknown(_ path: String) -> ReadingError {
        ReadingError(
            path, "the ending of the name tells no format that can be used here",
            help: "use .csv or .jsonl; Markdown, .md, can only be written")
    }
}
