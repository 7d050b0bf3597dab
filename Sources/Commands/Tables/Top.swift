import Language

/// The best rows.
struct Top: Command {
    static let chapter = Chapter.tables
    static let summary = "Keep the rows with the largest values of a column, the largest first."
    static let examples = [
        Example("macro | enumerate | query accuracy | top 1, by: .accuracy | .accuracy", gives: "[93.13%]")
    ]

    @Argument("how many") var count: Int = 1
    @Option("the column to judge by") var by: RowValue
    @Option("keep the smallest instead") var lowest = false

    func outputType(for input: ValueType) throws -> ValueType { input }

    func run(_ input: Table, in context: Context) throws -> Table {
        try checkCount(count)
        let order = Sorting.order([SortKey(try by.column(over: input), isDescending: !lowest)])
        return input.gather(Array(order.prefix(count)))
    }
}
