import GRDB

/// A file that a trial has left, such as a checkpoint.
public struct ArtefactRecord: Hashable, Sendable {
    /// The trial's number.
    public let trial: Int
    /// What it is, such as `checkpoint`.
    public let kind: String
    /// Where it lies.
    public let path: String
    /// After how many epochs it was written.
    public let epoch: Int
    /// Its size when it was written.
    public let bytes: Int
    /// When it was written, in seconds since 1970.
    public let created: Double
}

extension Store {
    /// The folder for the files of a trial, which is made where it is missing.
    public func folder(of trial: Int, in study: Int) throws(StoreError) -> String {
        let folder = files.trial(trial, of: study)
        try StoreFolder.make(folder)
        return folder
    }

    /// Stores that a trial has written a file, once the file is there; the same path again replaces what was told of it.
    /// - Parameter path: a file in the store's folder, see ``folder(of:in:)``.
    public func record(
        artefact kind: String, path: String, epoch: Int, of trial: Int, in study: Int
    ) throws(StoreError) {
        guard let relative = files.relative(path) else {
            throw StoreError(
                .invalid, path, "the file lies outside of the store's folder \(folder)",
                help: "write it into the trial's folder")
        }
        guard let bytes = StoreFolder.size(path) else { throw .system(path, "the file cannot be read") }
        try write { database in
            try Self.refused(trial, of: study) {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO artefact (study, trial, path, kind, epoch, bytes, created) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    arguments: [study, trial, relative, kind, epoch, bytes, now()])
            }
        }
    }

    /// The files of a trial of some kind that are still there, the latest first.
    public func artefacts(_ kind: String, of trial: Int, in study: Int) throws(StoreError) -> [ArtefactRecord] {
        let all = try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT path, epoch, bytes, created FROM artefact WHERE study = ? AND trial = ? AND kind = ?
                    ORDER BY epoch DESC, created DESC
                    """,
                arguments: [study, trial, kind]
            ).map { row in
                ArtefactRecord(
                    trial: trial, kind: kind, path: files.absolute(row[0]), epoch: row[1], bytes: row[2],
                    created: row[3])
            }
        }
        return all.filter { StoreFolder.size($0.path) != nil }
    }

    /// Deletes a file of a trial, and what is stored about it.
    public func remove(_ artefact: ArtefactRecord, in study: Int) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "DELETE FROM artefact WHERE study = ? AND trial = ? AND path = ?",
                arguments: [study, artefact.trial, files.relative(artefact.path)])
        }
        try StoreFolder.delete(file: artefact.path)
    }
}
