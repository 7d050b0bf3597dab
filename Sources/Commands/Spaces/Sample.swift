import Language
import Spaces
import Statistics

/// Draws architectures of a space, all equally likely.
struct Sample: Command {
    static let chapter = Chapter.spaces
    static let summary = "Draw architectures of a space, all equally likely, each at most once."
    static let discussion = """
        A space with a constraint is sampled by rejection. With `distinct: false` the draws are independent, so that an \
        architecture may come twice; in a space too large to enumerate, that is the faster way.
        """
    static let examples = [
        Example("nb201 | sample 3, seed: 0 | count", gives: "3"),
        Example("darts | sample 1000, seed: 1, distinct: false | count", gives: "1000"),
    ]

    @Argument("how many to draw") var count: Int
    @Option("start of the random numbers") var seed: SeedOption = .derived
    @Option("whether no architecture comes twice") var distinct = true

    func outputType(for input: ValueType) throws -> ValueType {
        try check()
        return .table(ArchitectureColumn.schema)
    }

    private func check() throws {
        if let count = $count.known, count < 0 {
            throw CommandError("`count` must not be negative", argument: "count", code: .outOfRange)
        }
    }

    func run(_ input: SpaceHandle, in context: Context) throws -> Table {
        try check()
        var generator = seed.generator(in: context)
        let matrix =
            distinct
            ? try input.space.sampleDistinct(count: count, using: &generator)
            : try input.space.sample(count: count, using: &generator)
        return ArchitectureColumn.table(matrix, of: input.space)
    }
}
