import Language
import Search

/// The plan of a schedule: how many trials reach which epochs.
enum BracketColumns {
    static let schema = Schema([
        ColumnType("bracket", .int), ColumnType("rung", .int), ColumnType("trials", .int),
        ColumnType("epochs", .int, unit: .epochs),
    ])

    /// One row a rung; none where the plan is not known before.
    static func table(_ plan: BracketPlan?) -> Table {
        let rows = plan?.rows ?? []
        return Table([
            Column("bracket", .ints(rows.map(\.bracket))), Column("rung", .ints(rows.map(\.rung))),
            Column("trials", .ints(rows.map(\.trials))),
            Column("epochs", .floats(rows.map { Double($0.epochs) }), unit: .epochs),
        ])
    }

    /// One line a bracket: `bracket 0: 27 trials to 1ep, 9 to 3ep, 3 to 9ep, 1 to 27ep`.
    static func lines(_ plan: BracketPlan?) -> [String] {
        let brackets = Dictionary(grouping: plan?.rows ?? [], by: \.bracket).sorted { $0.key < $1.key }
        return brackets.map { bracket, rows in
            let rungs = rows.enumerated().map { "\($1.trials)\($0 == 0 ? " trials" : "") to \($1.epochs)ep" }
            return "bracket \(bracket): \(rungs.joined(separator: ", "))"
        }
    }
}
