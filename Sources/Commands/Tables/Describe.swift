import Language

/// What is in a table.
struct Describe: Command {
    static let chapter = Chapter.tables
    static let summary =
        "Describe each column: its type and unit, how many cells are missing and differ, its range and mean."
    static let examples = [Example("nb201 | sample 5, seed: 0 | cost | describe | count", gives: "11")]

    func run(_ input: Table, in context: Context) throws -> Table {
        input.described()
    }
}
