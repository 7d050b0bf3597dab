import Language
import Spaces

/// The architectures one change away.
struct Neighbors: Command {
    static let chapter = Chapter.spaces
    static let summary = "List the architectures that differ in one gene."
    static let examples = [Example(#"arch nats_size, "8:8:8:16:32" | neighbors | count"#, gives: "35")]

    func outputType(for input: ValueType) throws -> ValueType { .table(ArchitectureColumn.schema) }

    func run(_ input: ArchitectureHandle, in context: Context) throws -> Table {
        let near = try input.space.neighbours(of: input.architecture)
        let genes = GeneMatrix(space: input.space.name, length: input.space.genes.count, near)
        return ArchitectureColumn.table(genes, of: input.space)
    }
}
