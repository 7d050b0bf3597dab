import Language
import Trials

/// All studies of the store.
struct ListStudies: Command {
    static let name = "studies"
    static let chapter = Chapter.studies
    static let summary = "List the stored studies, the newest first: every study of every session."
    static let discussion = """
        Studies lie in `$NASH_STORE`, or else in `~/.local/share/nash`: one SQLite file, and beside it the checkpoints. \
        `interrupted` is a study that was stopped, or whose program was killed: `resume` goes on with it.
        """
    static let examples = [Example("studies | columns | count", gives: "9")]

    private static let schema = Schema([
        ColumnType("id", .int), ColumnType("name", .string), ColumnType("space", .string), ColumnType("data", .string),
        ColumnType("trials", .int), ColumnType("epochs", .int, unit: .epochs),
        ColumnType("accuracy", .number, unit: .percent), ColumnType("status", .string), ColumnType("created", .string),
    ])

    func outputType(for input: ValueType) throws -> ValueType { .table(Self.schema) }

    func run(_ input: Nothing, in context: Context) throws -> Table {
        let studies = Array(try StudyFailure.explained { try UserStore.shared.studies() }.reversed())
        return Table([
            Column("id", .ints(studies.map(\.id))),
            Column("name", .strings(studies.map(\.name))),
            Column("space", .strings(studies.map(\.description.space))),
            Column("data", .strings(studies.map(\.description.data))),
            Column("trials", .ints(studies.map(\.trials))),
            Column("epochs", .floats(studies.map { Double($0.epochs) }), unit: .epochs),
            Column("accuracy", .floats(studies.map { ($0.bestAccuracy ?? .nan) * 100 }), unit: .percent),
            Column("status", .strings(studies.map(\.status.rawValue))),
            Column("created", .strings(studies.map { Moment($0.created).text })),
        ])
    }
}
