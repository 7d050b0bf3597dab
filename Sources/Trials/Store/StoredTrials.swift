import GRDB
import Spaces

extension Store {
    /// Stores trials of a study, waiting. One that is stored already is left as it is.
    /// - Throws: ``StoreError/Reason/conflict`` where the number belongs to another architecture or seed.
    public func add(_ candidates: [Candidate], bracket: Int? = nil, to study: Int) throws(StoreError) {
        try write { database in
            let insertion = try database.cachedStatement(
                sql: """
                    INSERT INTO trial (study, number, architecture, seed, bracket) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """)
            for candidate in candidates {
                let seed = Int64(bitPattern: candidate.seed)
                try Self.refused(candidate.trial, of: study) {
                    try insertion.execute(arguments: [
                        study, candidate.trial, candidate.architecture.description, seed, bracket,
                    ])
                }
                if database.changesCount == 0 { try Self.compare(candidate, of: study, in: database) }
            }
        }
    }

    /// Stores how a trial stands, and when it first ran and ended.
    /// - Parameter reason: why, for one that failed or was stopped.
    public func setState(
        _ state: TrialState, reason: String? = nil, of trial: Int, in study: Int
    ) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE trial SET state = ?1, reason = ?2,
                        started = CASE WHEN ?1 = 'running' THEN coalesce(started, ?3) ELSE started END,
                        ended = CASE WHEN ?4 THEN ?3 END
                    WHERE study = ?5 AND number = ?6
                    """,
                arguments: [state.rawValue, reason, now(), state.isFinal, study, trial])
            if database.changesCount == 0 { throw Self.unknown(trial, of: study) }
        }
    }

    /// Stores what the objectives of a trial gave that are no accuracies.
    public func setReadings(_ readings: String, of trial: Int, in study: Int) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "UPDATE trial SET readings = ? WHERE study = ? AND number = ?",
                arguments: [readings, study, trial])
            if database.changesCount == 0 { throw Self.unknown(trial, of: study) }
        }
    }

    /// The trials of a study by number.
    public func trials(of study: Int) throws(StoreError) -> [TrialRecord] {
        try read { database in
            let rows = try Row.fetchCursor(
                database, sql: "\(TrialRecord.selection) ORDER BY number", arguments: [study])
            return try Array(rows.map { try TrialRecord($0) })
        }
    }
}

extension Store {
    /// An existing trial must be the same; the number comes from the scheduler, so that another one is an error in it.
    private static func compare(_ candidate: Candidate, of study: Int, in database: Database) throws {
        let row = try Row.fetchOne(
            database, sql: "SELECT number, architecture, seed FROM trial WHERE study = ? AND number = ?",
            arguments: [study, candidate.trial])
        guard let row, try Candidate(row) == candidate else {
            throw StoreError(
                .conflict, "trial \(candidate.trial) of study \(study)",
                "another architecture or seed is stored under this number", help: "give a new trial a new number")
        }
    }

    static func unknown(_ trial: Int, of study: Int) -> StoreError {
        StoreError(
            .unknown, "trial \(trial) of study \(study)", "there is no such trial",
            help: "`trials` lists those of a study")
    }

    /// What `body` gives; a broken foreign key means that the study or trial is not there, any other broken rule is
    /// told with the trial's number.
    static func refused<Value>(_ trial: Int, of study: Int, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY {
            throw unknown(trial, of: study)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw StoreError(
                .invalid, "trial \(trial) of study \(study)",
                "the store does not take this value: \(error.message ?? "")",
                help: "accuracies lie in [0, 1], seconds are at least 0, epochs at least 1")
        }
    }
}
