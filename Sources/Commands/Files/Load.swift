import Language
import Spaces

/// A table out of a file.
struct Load: Command {
    static let chapter = Chapter.files
    static let summary = "Read a table from a file: CSV, or JSON with one object a line or a list of objects."
    static let discussion = """
        A CSV needs a header; `latency (ms)` names a column and its unit. Empty cells, `nan`, `NA` and `none` are `none`. \
        A column `arch` of architectures as `save` writes them, `nb201:3,3,1,0,2,4`, becomes architectures again; with \
        `space` it may hold them in the form of the space's authors too.
        """
    static let examples: [Example] = []

    @Argument("the file") var path: FilePath
    @Option("the space whose architectures stand in the column `arch`") var space: SpaceHandle?

    func outputType(for input: ValueType) throws -> ValueType { .table(.unknown) }

    func run(_ input: Nothing, in context: Context) throws -> Table {
        context.opened(file: path.text)
        let table: Table
        do throws(ReadingError) {
            table = try TableFile.read(path.text)
        } catch {
            throw CommandError(
                "\(error.place): \(error.message)", help: error.help, argument: "path",
                code: error.line == nil ? .file : .badFile)
        }
        guard let column = table[ArchitectureColumn.name], let cells = try architectures(in: column) else {
            return table
        }
        return table.adding(Column(column.name, .handles(cells)))
    }

    /// The architectures that a column's texts stand for; nil where they are no architectures.
    private func architectures(in column: Column) throws -> ArchitectureCells? {
        guard case .strings(let texts) = column.cells, column.missing.isEmpty, !texts.isEmpty else { return nil }
        if let space = space?.space { return try read(texts, of: space) }
        let parsed = texts.compactMap { Architecture($0) }
        guard parsed.count == texts.count, let space = Spaces.named(parsed[0].space),
            parsed.allSatisfy({ space.isValid($0) })
        else { return nil }
        return ArchitectureCells(GeneMatrix(space: space.name, length: space.genes.count, parsed), of: space)
    }

    private func read(_ texts: [String], of space: any Space) throws -> ArchitectureCells {
        let parsed = try texts.enumerated().map { row, text in
            do {
                return try space.read(text)
            } catch let error as SpaceError {
                throw CommandError(
                    "\(path.text), row \(row + 1): \(error.reasonWithPlace)", help: error.hint, argument: "space",
                    code: .badFile)
            }
        }
        return ArchitectureCells(GeneMatrix(space: space.name, length: space.genes.count, parsed), of: space)
    }
}
