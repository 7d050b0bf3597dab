import GRDB

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
                    study, number AS trial, architecture, seed, bracket, state, reason, started, ended
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
        let condition = studies.map { "WHERE \(study) IN (\($0.map(String.init).joined(separator: ", ")))" } ?? ""
        let rows = try Row.fetchCursor(
            database, sql: "SELECT \(columns) FROM \(table) \(condition) ORDER BY \(order)")
        let names = Array(try database.makeStatement(sql: "SELECT \(columns) FROM \(table)").columnNames)
        if format == .csv { try file.write(names.joined(separator: ",") + "\n") }
        while let row = try rows.next() {
            let cells = zip(names, row.databaseValues).map { format.cell($1, of: $0) }
            try file.write(format.line(cells, names))
        }
        try file.finish()
    }
}

extension ExportFormat {
    /// A seed is stored as the signed number of the same bits.
    fileprivate func cell(_ value: DatabaseValue, of column: String) -> String {
        switch value.storage {
        case .null: self == .csv ? "" : "null"
        case .int64(let number): column == "seed" ? "\(UInt64(bitPattern: number))" : "\(number)"
        case .double(let number): self.number(number)
        case .string(let text): self == .csv ? Self.quoted(text) : JSONText.quoted(text)
        case .blob: self == .csv ? "" : "null"
        }
    }

    /// The shortest text that reads as the same number. JSON has no infinity, but all readers take a number that is
    /// too large for it.
    private func number(_ number: Double) -> String {
        if number.isInfinite, self == .jsonl { return number < 0 ? "-1e999" : "1e999" }
        return "\(number)"
    }

    fileprivate func line(_ cells: [String], _ names: [String]) -> String {
        if self == .csv { return cells.joined(separator: ",") + "\n" }
        let members: [String] = zip(names, cells).map { name, cell in "\"\(name)\": \(cell)" }
        return "{\(members.joined(separator: ", "))}\n"
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
