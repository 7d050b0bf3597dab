import Language
import Spaces
import Statistics

/// Children of two architectures.
struct Crossover: Command {
    static let chapter = Chapter.spaces
    static let summary = "Cross two architectures: each gene comes from either parent with equal chance."
    static let examples = [
        Example(
            #"a = arch macro, "00000000"; b = arch macro, "22222222"; a | crossover b, count: 4, seed: 0 | count"#,
            gives: "4")
    ]

    @Argument("the other parent") var other: ArchitectureHandle
    @Option("how many children") var count = 1
    @Option("start of the random numbers") var seed: SeedOption = .derived

    func outputType(for input: ValueType) throws -> ValueType { .table(ArchitectureColumn.schema) }

    func run(_ input: ArchitectureHandle, in context: Context) throws -> Table {
        guard count >= 0 else {
            throw CommandError("`count` must not be negative", argument: "count", code: .outOfRange)
        }
        var generator = seed.generator(in: context)
        let children = try (0..<count).map { _ in
            try input.space.cross(input.architecture, other.architecture, using: &generator)
        }
        let genes = GeneMatrix(space: input.space.name, length: input.space.genes.count, children)
        return ArchitectureColumn.table(genes, of: input.space)
    }
}
