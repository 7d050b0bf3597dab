import Language
import Spaces
import Trials

/// The columns of a study's trials: one row a trial.
enum TrialColumns {
    /// The schema of a table of trials.
    static let schema = Schema([
        ColumnType("study", .string), ColumnType("trial", .int),
        ColumnType(ArchitectureColumn.name, .handle(ArchitectureHandle.typeName)), ColumnType("state", .string),
        ColumnType("epochs", .int, unit: .epochs), ColumnType("accuracy", .number, unit: .percent),
        ColumnType("best", .number, unit: .percent), ColumnType("bracket", .int),
        ColumnType("seconds", .number, unit: .seconds),
        ColumnType("reason", .string),
    ])

    /// The trials of a study of `space`.
    static func table(_ trials: [TrialRecord], of study: String, in space: any Space) -> Table {
        let genes = GeneMatrix(
            space: space.name, length: space.genes.count, trials.lazy.map(\.candidate.architecture))
        return Table([
            Column("study", .strings(trials.map { _ in study })),
            Column("trial", .ints(trials.map(\.candidate.trial))),
            Column(ArchitectureColumn.name, .handles(ArchitectureCells(genes, of: space))),
            Column("state", .strings(trials.map(\.state.rawValue))),
            Column("epochs", .floats(trials.map { Double($0.epochs) }), unit: .epochs),
            Column("accuracy", .floats(trials.map { percent($0.lastAccuracy) }), unit: .percent),
            Column("best", .floats(trials.map { percent($0.bestAccuracy) }), unit: .percent),
            Column(
                "bracket", values: trials.map { $0.bracket.map(Value.int) ?? .none("its scheduler has no brackets") }),
            Column("seconds", .floats(trials.map(\.seconds)), unit: .seconds),
            Column("reason", values: trials.map { $0.reason.map(Value.string) ?? .none(nil) }),
        ])
    }

    private static func percent(_ share: Double?) -> Double { share.map { $0 * 100 } ?? .nan }
}
