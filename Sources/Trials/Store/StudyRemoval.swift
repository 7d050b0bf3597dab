import GRDB
import Glibc

extension Store {
    /// Deletes a study with its trials, epochs and files. One that a program runs is refused.
    ///
    /// The study is gone at once, for everybody. Its files and rows then follow piece by piece, so that no other
    /// program waits long for its turn to write; what is left where that is cut off, the next removal deletes.
    public func remove(study: Int) throws(StoreError) {
        _ = try self.study(study)
        let lease = try lease(study)
        defer { lease.release() }
        // The name is free again.
        try write { database in
            try database.execute(
                sql: "UPDATE study SET removed = 1, name = hex(randomblob(16)) WHERE id = ?", arguments: [study])
        }
        try deleteFilesWithoutStudy()
        try deleteRemoved()
    }

    /// The row of a study comes before its folder and is marked as removed before it goes, so a folder without a row is
    /// one to delete: this study's, and those of removals that were cut off.
    private func deleteFilesWithoutStudy() throws(StoreError) {
        let folders = StoreFolder.names(in: files.artefacts).compactMap { Int($0) }
        let studies = try read { Set(try Int.fetchAll($0, sql: "SELECT id FROM study WHERE NOT removed")) }
        for study in folders where !studies.contains(study) { try StoreFolder.delete(files.study(study)) }
    }

    /// Deletes the rows of removed studies, a transaction for each piece.
    private func deleteRemoved() throws(StoreError) {
        let studies = try read { try Int.fetchAll($0, sql: "SELECT id FROM study WHERE removed ORDER BY id") }
        for study in studies {
            var start = now()
            while try deletePiece(of: study) {
                // Who waits for the lock asks for it now and then only: without a pause it would hardly get it.
                usleep(UInt32(min(max(0, now() - start) / 4, 0.1) * 1e6))
                start = now()
            }
        }
    }

    /// Deletes the first trials of a removed study or, where few are left, them and the study.
    /// - Returns: whether there is more.
    private func deletePiece(of study: Int) throws(StoreError) -> Bool {
        try write { database in
            guard let last = try Int.fetchOne(database, sql: Self.lastOfPiece, arguments: [study]) else {
                try database.execute(sql: "DELETE FROM study WHERE id = ? AND removed", arguments: [study])
                return false
            }
            // Before their trials: the foreign key would delete them too, but trial by trial.
            try database.execute(sql: "DELETE FROM epoch WHERE study = ? AND trial <= ?", arguments: [study, last])
            try database.execute(sql: "DELETE FROM trial WHERE study = ? AND number <= ?", arguments: [study, last])
            return true
        }
    }

    /// The trial with which a piece is large enough, by its epochs or its trials; NULL where the study has no more.
    private static let lastOfPiece = """
        SELECT min(last) FROM (
            SELECT (SELECT trial FROM epoch WHERE study = ?1 ORDER BY trial, epoch LIMIT 1 OFFSET 20000) AS last
            UNION ALL
            SELECT (SELECT number FROM trial WHERE study = ?1 ORDER BY number LIMIT 1 OFFSET 5000)
        )
        """
}
