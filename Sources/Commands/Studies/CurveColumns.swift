import Language
import Trials

/// The columns of learning curves: one row an epoch.
enum CurveColumns {
    /// What is measured at each epoch.
    private static let measures: [(name: String, unit: Unit?)] = [
        ("accuracy", .percent), ("loss", nil), ("train_accuracy", .percent), ("train_loss", nil), ("seconds", .seconds),
    ]

    /// The schema of a table of curves that has `keys` before the epoch.
    static func schema(of keys: [ColumnType]) -> Schema {
        Schema(
            keys + [ColumnType("epoch", .int, unit: .epochs)]
                + measures.map { ColumnType($0.name, .number, unit: $0.unit) })
    }

    /// The curves of a study, with `keys` before the epoch.
    static func table(of epochs: EpochColumns, keys: [Column] = []) -> Table {
        let values = [
            epochs.accuracy.map { $0 * 100 }, epochs.loss, epochs.trainAccuracy.map { $0 * 100 }, epochs.trainLoss,
            epochs.seconds,
        ]
        let columns = zip(measures, values).map { Column($0.name, .floats($1), unit: $0.unit) }
        return Table(keys + [Column("epoch", .floats(epochs.epoch.map(Double.init)), unit: .epochs)] + columns)
    }

    /// One curve.
    static func table(of records: [EpochRecord]) -> Table {
        table(of: records.reduce(into: EpochColumns()) { $0.append($1, of: 0) })
    }
}
