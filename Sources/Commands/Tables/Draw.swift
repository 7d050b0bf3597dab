import Language
import Statistics

/// Rows drawn at random.
struct Draw: Command {
    static let chapter = Chapter.tables
    static let summary = "Draw rows of a table or elements of a list at random, each at most once."
    static let examples = [Example("[4, 5, 6] | draw 2, seed: 0 | count", gives: "2")]

    @Argument("how many") var count: Int
    @Option("start of the random numbers") var seed: SeedOption = .derived

    func outputType(for input: ValueType) throws -> ValueType { input }

    func run(_ input: Rows, in context: Context) throws -> Value {
        try checkCount(count)
        guard count <= input.count else {
            throw CommandError(
                "there are only \(input.count) to draw from", help: "draw at most so many", argument: "count",
                code: .outOfRange)
        }
        var generator = seed.generator(in: context)
        return input.picking(generator.distinct(count, below: input.count))
    }
}
