import Language

/// The rows that meet a condition.
struct Where: Command {
    static let chapter = Chapter.tables
    static let summary = "Keep the rows of a table that meet a condition."
    static let discussion = "A row for which the condition is `none` is not kept."
    static let examples = [
        Example("macro | enumerate | cost | where .params < 400k | count", gives: "2")
    ]

    @Argument("what must be true of a row") var condition: Condition

    func outputType(for input: ValueType) throws -> ValueType { input }

    func run(_ input: Table, in context: Context) throws -> Table {
        try input.filtered(by: .column(try condition.column(over: input)))
    }
}
