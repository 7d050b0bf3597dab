import GRDB

extension Store {
    /// Stores what an epoch gave, in a transaction of its own.
    ///
    /// The same epoch once more changes nothing, so that a study that is resumed can tell again what it has told; how
    /// long it took may then differ. A value that is no number counts as not measured.
    /// - Parameter replacing: whether an epoch that is stored with other values gets these.
    /// - Throws: ``StoreError/Reason/conflict`` where other values are stored and `replacing` is false.
    public func record(
        _ epoch: EpochRecord, of trial: Int, in study: Int, replacing: Bool = false
    ) throws(StoreError) {
        var columns = EpochColumns()
        columns.append(epoch, of: trial)
        try record(columns, of: study, replacing: replacing)
    }

    /// Stores many epochs of a study in one transaction: all of them, or none. The rules are those of
    /// ``record(_:of:in:replacing:)``.
    public func record(_ epochs: EpochColumns, of study: Int, replacing: Bool = false) throws(StoreError) {
        try write { database in
            let insertion = try database.cachedStatement(sql: Self.insertion(replacing: replacing))
            for index in 0..<epochs.count {
                let (trial, record) = (epochs.trial[index], epochs[index])
                try Self.refused(trial, of: study) {
                    try insertion.execute(arguments: [
                        study, trial, record.epoch, record.trainLoss, record.trainAccuracy, record.loss,
                        record.accuracy, record.seconds,
                    ])
                }
                if database.changesCount == 0 { try Self.compare(record, of: trial, in: study, database) }
            }
        }
    }

    /// The epochs of a study, or of one of its trials, as columns.
    public func epochs(of study: Int, trial: Int? = nil) throws(StoreError) -> EpochColumns {
        try read { database in
            let condition = trial == nil ? "study = ?1" : "study = ?1 AND trial = ?2"
            let arguments: StatementArguments = trial.map { [study, $0] } ?? [study]
            let rows = try Row.fetchCursor(
                database, sql: "\(Self.selection) WHERE \(condition) ORDER BY trial, epoch", arguments: arguments)
            var columns = EpochColumns()
            while let row = try rows.next() { columns.append(EpochRecord(row), of: row[0]) }
            return columns
        }
    }

    /// What every trial of a study has behind it, by its number: what a study that is resumed need not evaluate again.
    public func storedEpochs(of study: Int) throws(StoreError) -> [Int: [EpochRecord]] {
        let columns = try epochs(of: study)
        var curves: [Int: [EpochRecord]] = [:]
        for index in 0..<columns.count { curves[columns.trial[index], default: []].append(columns[index]) }
        return curves
    }
}

extension Store {
    private static let selection = """
        SELECT trial, epoch, train_loss, train_accuracy, loss, accuracy, seconds FROM epoch
        """

    private static func insertion(replacing: Bool) -> String {
        let replacement = """
            UPDATE SET train_loss = excluded.train_loss, train_accuracy = excluded.train_accuracy,
                loss = excluded.loss, accuracy = excluded.accuracy, seconds = excluded.seconds
            """
        return """
            INSERT INTO epoch (study, trial, epoch, train_loss, train_accuracy, loss, accuracy, seconds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO \(replacing ? replacement : "NOTHING")
            """
    }

    /// A stored epoch must be the same but for its duration.
    private static func compare(_ new: EpochRecord, of trial: Int, in study: Int, _ database: Database) throws {
        let row = try Row.fetchOne(
            database, sql: "\(selection) WHERE study = ? AND trial = ? AND epoch = ?",
            arguments: [study, trial, new.epoch])
        guard var stored = row.map(EpochRecord.init) else { return }
        stored.seconds = new.seconds
        guard stored == new else {
            throw StoreError(
                .conflict, "epoch \(new.epoch) of trial \(trial) of study \(study)",
                "other values are stored already: \(difference(stored, new))",
                help: "a trial gives the same values again only on the same machine with the same versions")
        }
    }

    private static func difference(_ stored: EpochRecord, _ new: EpochRecord) -> String {
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "none" }
        let pairs = [
            ("train_loss", stored.trainLoss, new.trainLoss),
            ("train_accuracy", stored.trainAccuracy, new.trainAccuracy),
            ("loss", stored.loss, new.loss), ("accuracy", stored.accuracy, new.accuracy),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { "\($0.0) \(text($0.1)), not \(text($0.2))" }
            .joined(separator: "; ")
    }
}

extension EpochRecord {
    /// From the columns of the epochs' selection.
    init(_ row: Row) {
        self.init(
            epoch: row[1], trainLoss: row[2], trainAccuracy: row[3], loss: row[4], accuracy: row[5], seconds: row[6])
    }
}
