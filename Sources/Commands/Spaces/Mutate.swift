import Language
import Spaces
import Statistics

/// Architectures with one gene changed.
struct Mutate: Command {
    static let chapter = Chapter.spaces
    static let summary = "Change one gene of an architecture, or of each in a table, at random."
    static let examples = [
        Example(#"arch macro, "00000000" | mutate 5, seed: 0 | count"#, gives: "5")
    ]

    @Argument("how many mutants of each architecture") var count: Int = 1
    @Option("start of the random numbers") var seed: SeedOption = .derived

    func outputType(for input: ValueType) throws -> ValueType {
        try ArchitectureColumn.check(input)
        return .table(ArchitectureColumn.schema)
    }

    func run(_ input: Architectures, in context: Context) throws -> Table {
        guard count >= 0 else {
            throw CommandError("`count` must not be negative", argument: "count", code: .outOfRange)
        }
        var generator = seed.generator(in: context)
        let cells = try input.cells()
        var mutants = GeneMatrix(space: cells.space.name, length: cells.matrix.length, capacity: cells.count * count)
        for parent in cells.matrix {
            for _ in 0..<count { mutants.append(try cells.space.mutate(parent, using: &generator).genes) }
        }
        return ArchitectureColumn.table(mutants, of: cells.space)
    }
}
