import GRDB
import Glibc

extension Store {
    /// Stores a new study, interrupted until it is run.
    /// - Parameter name: what it is called, a name that no study has; nil calls it `hyperband-3` by its algorithm and
    ///   number.
    public func createStudy(_ description: StudyDescription, name: String? = nil) throws(StoreError) -> StudyRecord {
        if let name { try check(name) }
        let study = try write { database in
            if let name, try Int.fetchOne(database, sql: "SELECT 1 FROM study WHERE name = ?", arguments: [name]) != nil
            {
                throw StoreError(
                    .name, name, "a study of this name exists",
                    help: "go on with it by `resume`, or choose another name")
            }
            // The number follows from the insertion, and the name from the number.
            try database.execute(
                sql: """
                    INSERT INTO study (name, created, status, space, algorithm, settings, seed, data, fingerprint, versions)
                    VALUES (coalesce(?, hex(randomblob(16))), ?, 'interrupted', ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    name, now(), description.space, description.algorithm, description.settings,
                    Int64(bitPattern: description.seed), description.data, description.fingerprint,
                    JSONText.write(description.versions),
                ])
            let id = Int(database.lastInsertedRowID)
            if name == nil { try Self.name(id, description.algorithm, in: database) }
            return try self.study(id, in: database)
        }
        firstCreated = study.id
        return study
    }

    /// Lets the next study of an empty store have the number `id` or, where it had studies, a greater one.
    public func beginStudies(at id: Int) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "INSERT INTO sqlite_sequence (name, seq) SELECT 'study', ? WHERE NOT EXISTS "
                    + "(SELECT 1 FROM sqlite_sequence WHERE name = 'study')",
                arguments: [id - 1])
        }
    }

    /// All studies in the order in which they were made.
    public func studies() throws(StoreError) -> [StudyRecord] {
        try read { database in
            try Row.fetchAll(database, sql: "\(StudyRecord.selection()) ORDER BY study.id").map {
                try StudyRecord($0, in: database, isRunning: self.isRunning)
            }
        }
    }

    /// The study of this number.
    public func study(_ id: Int) throws(StoreError) -> StudyRecord {
        try read { try self.study(id, in: $0) }
    }

    /// The study of this name or, for text such as `3`, of this number.
    public func study(named name: String) throws(StoreError) -> StudyRecord {
        try read { database in
            let id = try Int.fetchOne(
                database, sql: "SELECT id FROM study WHERE (name = ?1 OR id = ?2) AND NOT removed",
                arguments: [name, Int(name)])
            guard let id else { throw Self.unknown(name, try Self.names(in: database)) }
            return try self.study(id, in: database)
        }
    }

    /// Stores how a study stands.
    public func setStatus(_ status: StudyStatus, of study: Int) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "UPDATE study SET status = ? WHERE id = ? AND NOT removed", arguments: [status.rawValue, study])
            if database.changesCount == 0 { throw Self.unknown("\(study)", try Self.names(in: database)) }
        }
    }
}

extension Store {
    private func study(_ id: Int, in database: Database) throws -> StudyRecord {
        let row = try Row.fetchOne(database, sql: StudyRecord.selection("AND study.id = ?"), arguments: [id])
        guard let row else { throw Self.unknown("\(id)", try Self.names(in: database)) }
        return try StudyRecord(row, in: database, isRunning: isRunning)
    }

    private static func name(_ id: Int, _ algorithm: String, in database: Database) throws {
        let taken = Set(try names(in: database))
        var name = "\(algorithm)-\(id)"
        while taken.contains(name) { name += "-\(id)" }
        try database.execute(sql: "UPDATE study SET name = ? WHERE id = ?", arguments: [name, id])
    }

    private static func names(in database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT name FROM study WHERE NOT removed ORDER BY id")
    }

    private static func unknown(_ study: String, _ names: [String]) -> StoreError {
        let last = names.suffix(5).joined(separator: ", ")
        return StoreError(
            .unknown, study, "there is no study of this name or number",
            help: names.isEmpty ? "the store has no studies yet" : "the last studies are \(last); `studies` lists all")
    }

    /// A name is text without control characters, and no number, since a study can be asked for by its number too.
    private func check(_ name: String) throws(StoreError) {
        let isText = !name.isEmpty && name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isText, Int(name) == nil, name.utf8.count <= 200 else {
            throw StoreError(
                .name, name, "a study cannot be called so",
                help: "choose 1 to 200 printable characters that are not a number")
        }
    }
}
