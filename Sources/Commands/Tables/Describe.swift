import Language

/// What is in a table.
struct Describe: Command {
    static let chapter = Chapter.tables
    static let summary = "Describe each column: type, unit, missing and different cells, range, mean, and origin."
    static let examples = [Example("nb201 | sample 5, seed: 0 | cost | describe | count", gives: "11")]

    func run(_ input: Table, in context: Context) throws -> Table {
        let origins = input.columns.map { $0.origin.map(Value.string) ?? .none }
        return input.described().adding(Column("origin", values: origins))
    }
}
