import GRDB

/// How the database came to its present form: named steps, each applied once. A released step is never changed; a new
/// form is a new step at the end.
enum Migrations {
    /// The file's mark, "nash" in ASCII: <https://www.sqlite.org/pragma.html#pragma_application_id>.
    private static let mark = 0x6E61_7368

    static var all: DatabaseMigrator {
        var migrator = DatabaseMigrator().disablingDeferredForeignKeyChecks()
        migrator.registerMigration("1 studies, trials, epochs, artefacts") { database in
            try database.execute(sql: "PRAGMA application_id = \(mark)")
            for table in [studies, trials, epochs, artefacts] { try database.execute(sql: table) }
        }
        migrator.registerMigration("2 totals of trials, removed studies") { database in
            for column in totals { try database.execute(sql: "ALTER TABLE trial ADD COLUMN \(column)") }
            try database.execute(sql: TrialTotals.update)
            try database.execute(sql: "ALTER TABLE study ADD COLUMN removed INTEGER NOT NULL DEFAULT 0")
        }
        migrator.registerMigration("3 readings of objectives") { database in
            try database.execute(sql: "ALTER TABLE trial ADD COLUMN readings TEXT")
        }
        return migrator
    }

    /// Whether nash made this database.
    static func isStore(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "PRAGMA application_id") == mark
    }

    static func isEmpty(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    }

    /// The steps that a later version has taken.
    static func unknown(in database: Database) throws -> [String] {
        try all.appliedIdentifiers(database).subtracting(all.migrations).sorted()
    }

    // A number once given to a study is not given again (AUTOINCREMENT): its folder might still be there.
    private static let studies = """
        CREATE TABLE study (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            created REAL NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('running', 'interrupted', 'finished', 'failed')),
            space TEXT NOT NULL,
            algorithm TEXT NOT NULL,
            settings TEXT NOT NULL CHECK (json_valid(settings)),
            seed INTEGER NOT NULL,
            data TEXT NOT NULL,
            fingerprint TEXT,
            versions TEXT NOT NULL CHECK (json_valid(versions))
        ) STRICT
        """

    private static let trials = """
        CREATE TABLE trial (
            study INTEGER NOT NULL REFERENCES study(id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 0),
            architecture TEXT NOT NULL,
            seed INTEGER NOT NULL,
            bracket INTEGER,
            state TEXT NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting', 'running', 'paused', 'finished', 'stopped', 'failed')),
            reason TEXT,
            started REAL,
            ended REAL,
            PRIMARY KEY (study, number)
        ) STRICT, WITHOUT ROWID
        """

    // One B-tree in the order of study, trial, epoch: a study's curves are read from end to end.
    private static let epochs = """
        CREATE TABLE epoch (
            study INTEGER NOT NULL,
            trial INTEGER NOT NULL,
            epoch INTEGER NOT NULL CHECK (epoch >= 1),
            train_loss REAL,
            train_accuracy REAL CHECK (train_accuracy BETWEEN 0 AND 1),
            loss REAL,
            accuracy REAL CHECK (accuracy BETWEEN 0 AND 1),
            seconds REAL CHECK (seconds >= 0),
            PRIMARY KEY (study, trial, epoch),
            FOREIGN KEY (study, trial) REFERENCES trial(study, number) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID
        """

    // The path is relative to the store's folder.
    private static let artefacts = """
        CREATE TABLE artefact (
            study INTEGER NOT NULL,
            trial INTEGER NOT NULL,
            path TEXT NOT NULL,
            kind TEXT NOT NULL,
            epoch INTEGER NOT NULL CHECK (epoch >= 0),
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            created REAL NOT NULL,
            PRIMARY KEY (study, trial, path),
            FOREIGN KEY (study, trial) REFERENCES trial(study, number) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID
        """

    // What follows from a trial's epochs, see TrialTotals.
    private static let totals = [
        "epochs INTEGER NOT NULL DEFAULT 0", "last_accuracy REAL", "best_accuracy REAL",
        "seconds REAL NOT NULL DEFAULT 0",
    ]
}
