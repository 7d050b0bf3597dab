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
            let insertion = try RawStatement(Self.insertion(replacing: replacing), in: database)
            insertion.bind(study, at: 1)
            var changed: Set<Int> = []
            for index in 0..<epochs.count {
                let trial = epochs.trial[index]
                epochs.bind(index, to: insertion, from: 2)
                if try Self.refused(trial, of: study, insertion.execute) > 0 {
                    changed.insert(trial)
                } else {
                    try Self.compare(epochs[index], of: trial, in: study, database)
                }
            }
            for trial in changed { try TrialTotals.update(trial, of: study, in: database) }
        }
    }

    /// The epochs of a study, or of one of its trials, as columns.
    public func epochs(of study: Int, trial: Int? = nil) throws(StoreError) -> EpochColumns {
        try read { database in
            let condition = trial == nil ? "study = ?1" : "study = ?1 AND trial = ?2"
            let rows = try RawStatement(
                "\(EpochColumns.selection) WHERE \(condition) ORDER BY trial, epoch", in: database)
            defer { rows.reset() }
            rows.bind(study, at: 1)
            if let trial { rows.bind(trial, at: 2) }
            var columns = EpochColumns()
            columns.reserve(try Self.room(for: trial, of: study, in: database))
            while try rows.step() { columns.append(rows) }
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

    /// How many epochs a study or a trial has at most: a trial may have skipped some. Beyond some millions the columns
    /// grow as they are filled.
    private static func room(for trial: Int?, of study: Int, in database: Database) throws -> Int {
        let sum = try Double.fetchOne(
            database, sql: "SELECT total(epochs) FROM trial WHERE study = ?1 AND number = coalesce(?2, number)",
            arguments: [study, trial])
        return Int(min(sum ?? 0, 4e6))
    }

    /// A stored epoch must be the same but for its duration.
    private static func compare(_ new: EpochRecord, of trial: Int, in study: Int, _ database: Database) throws {
        let rows = try RawStatement(
            "\(EpochColumns.selection) WHERE study = ? AND trial = ? AND epoch = ?", in: database)
        defer { rows.reset() }
        for (index, value) in [study, trial, new.epoch].enumerated() { rows.bind(value, at: index + 1) }
        guard try rows.step() else { return }
        var columns = EpochColumns()
        columns.append(rows)
        var stored = columns[0]
        (stored.seconds, stored.readings) = (new.seconds, new.readings)
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
