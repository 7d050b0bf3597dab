import GRDB

/// What a trial's row tells of its epochs: how many it has behind it, its last and best accuracy, and its seconds.
///
/// The values follow from the epochs and change with them in the same transaction, so that trials and studies are
/// listed without a look at a million epochs. They are taken from all epochs of the trial each time, not counted on:
/// replaced epochs and those that come late need no rule of their own, and the epochs of one trial are few.
enum TrialTotals {
    /// Sets the row of one trial, after a change of its epochs.
    static func update(_ trial: Int, of study: Int, in database: Database) throws {
        let statement = try RawStatement("\(update) WHERE study = ?1 AND number = ?2", in: database)
        statement.bind(study, at: 1)
        statement.bind(trial, at: 2)
        _ = try statement.execute()
    }

    /// For every trial of the store.
    static let update = """
        UPDATE trial SET
            (epochs, best_accuracy, seconds) = (
                SELECT coalesce(max(epoch), 0), max(accuracy), total(seconds) FROM epoch
                WHERE epoch.study = trial.study AND epoch.trial = trial.number),
            last_accuracy = (
                SELECT accuracy FROM epoch
                WHERE epoch.study = trial.study AND epoch.trial = trial.number AND accuracy IS NOT NULL
                ORDER BY epoch DESC LIMIT 1)
        """
}
