import Language
import Spaces

/// The architectures that published tables list.
struct Measured: Command {
    static let chapter = Chapter.measuring
    static let summary = "List the architectures of a space that its published tables have measured."
    static let discussion = """
        Those of the shipped tables, in their order: all of `nb201` and `macro`, 3,000 of `fbnet`, of which a random \
        sample of the space would hardly ever hit one. `draw` takes some of them.
        """
    static let examples = [
        Example("fbnet | measured | count", gives: "3000"),
        Example(
            "fbnet | measured | draw 5, seed: 0 | query latency, device: raspi4 | where .latency > 0ms | count",
            gives: "5"),
    ]

    func outputType(for input: ValueType) throws -> ValueType { .table(ArchitectureColumn.schema) }

    func run(_ input: SpaceHandle, in context: Context) throws -> Table {
        let index = try answering { try Tables.known.index(space: input.space.name) }
        let matrix = GeneMatrix(
            space: input.space.name, length: index.length,
            (0..<index.count).lazy.map { Architecture(space: input.space.name, genes: index.genes(at: $0)) })
        return ArchitectureColumn.table(matrix, of: input.space)
    }
}
