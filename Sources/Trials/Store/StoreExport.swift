import GRDB
import Tensors

/// A form of exported files.
public enum ExportFormat: String, CaseIterable, Hashable, Sendable {
    /// Comma-separated values of RFC 4180 with a line of names; a value that is missing is empty.
    case csv
    /// An object of JSON a line; a value that is missing is null.
    case jsonl
}

extension Store {
    /// Writes studies, trials and epochs into three files of a folder, `studies.csv`, `trials.csv` and `epochs.csv`
    /// (or `.jsonl`).
    ///
    /// Numbers are written so that reading them gives the same ones. The folder is made where it is missing; files of
    /// these names are replaced, once all three are whole.
    /// - Parameters:
    ///   - studies: the studies' numbers; nil takes all.
    ///   - folder: where the files go.
    /// - Returns: the paths of the files.
    @discardableResult
    public func export(
        _ studies: [Int]? = nil, to folder: String, as format: ExportFormat = .csv
    ) throws(StoreError) -> [String] {
        for study in studies ?? [] { _ = try self.study(study) }
        try StoreFolder.make(folder)
        let exports = Self.exports.map { ($0, "\(folder)/\($0.name).\(format.rawValue)") }
        let written: [NewFile] = try read { database in
            // One state of the store for all three files.
            var written: [NewFile] = []
            do {
                for (export, path) in exports {
                    written.append(try NewFile(replacing: path))
                    try export.write(studies, from: database, to: &written[written.count - 1], as: format)
                }
            } catch {
                for file in written { file.discard() }
                throw error
            }
            return written
        }
        for file in written { try file.replace() }
        return exports.map(\.1)
    }

    private static var exports: [Export] {
        [
            Export(
                name: "studies", study: "id", order: "id",
                columns: """
                    id, name, created, status, space, algorithm, settings, seed, data, fingerprint, versions
                    """),
            Export(
                name: "trials", study: "study", order: "study, number",
                columns: """
                    study, number AS trial, architecture, seed, bracket, state, reason, started, ended, readings
                    """),
            Export(
                name: "epochs", study: "study", order: "study, trial, epoch",
                columns: "study, trial, epoch, train_loss, train_accuracy, loss, accuracy, seconds"),
        ]
    }
}

/// What one exported file holds.
private struct Export {
    let name: String
    /// The column with the study's number, and the order of the rows.
    let study: String, order: String
    let columns: String

    /// The table's name is that of the file in the singular.
    private var table: String { name == "studies" ? "study" : String(name.dropLast()) }

    func write(
        _ studies: [Int]?, from database: Database, to file: inout NewFile, as format: ExportFormat
    ) throws {
        let chosen =
            studies.map { $0.map(String.init).joined(separator: ", ") } ?? "SELECT id FROM study WHERE NOT removed"
        let rows = try RawStatement(
            "SELECT \(columns) FROM \(table) WHERE \(study) IN (\(chosen)) ORDER BY \(order)", in: database)
        defer { rows.reset() }
        let names = rows.columnNames
        let seed = names.firstIndex(of: "seed")
        if format == .csv { try file.write(names.joined(separator: ",") + "\n") }
        let marks = format.marks(names)
        let end = format == .csv ? "\n" : "}\n"
        while try rows.step() {
            try file.write { line in
                for (column, mark) in marks.enumerated() {
                    line += mark
                    format.write(rows, column, isSeed: column == seed, to: &line)
                }
                line += end.utf8
            }
        }
        try file.finish()
    }
}

extension ExportFormat {
    /// What stands before each value of a line.
    fileprivate func marks(_ names: [String]) -> [[UInt8]] {
        names.enumerated().map { index, name in
            let mark =
                switch self {
                case .csv: index == 0 ? "" : ","
                case .jsonl: "\(index == 0 ? "{" : ", ")\(name.jsonString): "
                }
            return Array(mark.utf8)
        }
    }

    /// A seed is stored as the signed number of the same bits.
    fileprivate func write(_ row: RawStatement, _ column: Int, isSeed: Bool, to line: inout [UInt8]) {
        switch row.kind(column) {
        case .null, .blob: if self == .jsonl { line += "null".utf8 }
        case .integer:
            let number = row.integer(column)
            line += (isSeed ? String(UInt(bitPattern: number)) : String(number)).utf8
        case .real: line += number(row.real(column)).utf8
        case .text:
            let text = row.text(column)
            line += (self == .csv ? Self.quoted(text) : text.jsonString).utf8
        }
    }

    /// The shortest text that reads as the same number. JSON has no infinity, but all readers take a number that is
    /// too large for it.
    private func number(_ number: Double) -> String {
        if number.isInfinite, self == .jsonl { return number < 0 ? "-1e999" : "1e999" }
        return number.description
    }

    /// A field of RFC 4180; an empty text is quoted, to tell it from a missing one.
    private static func quoted(_ text: String) -> String {
        let marks: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
        let special = text.isEmpty || text.utf8.contains(where: marks.contains)
        guard special else { return text }
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"\(parts.joined(separator: "\"\""))\""
    }
}
