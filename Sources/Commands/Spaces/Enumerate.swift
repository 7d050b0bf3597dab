import Language
import Spaces

/// All architectures of a finite space.
struct Enumerate: Command {
    static let chapter = Chapter.spaces
    static let summary = "List all architectures of a space, the last gene changing fastest."
    static let examples = [Example("macro | enumerate | count", gives: "6561")]

    /// What fits into memory and patience.
    static let limit = 50_000_000

    func outputType(for input: ValueType) throws -> ValueType { .table(ArchitectureColumn.schema) }

    func run(_ input: SpaceHandle, in context: Context) throws -> Table {
        let space = input.space
        guard let count = space.indexCount, count <= Self.limit else {
            throw CommandError(
                "`\(space.name)` is too large to enumerate", help: "draw from it: `\(space.name) | sample 1000`",
                code: .tooMuch)
        }
        var matrix = GeneMatrix(space: space.name, length: space.genes.count, capacity: count)
        for index in 0..<count {
            if index % 65536 == 0 { try context.cancel.check() }
            let genes = space.architecture(at: index).genes
            if !space.isConstrained || space.admits(genes) { matrix.append(genes) }
        }
        return ArchitectureColumn.table(matrix, of: space)
    }
}
