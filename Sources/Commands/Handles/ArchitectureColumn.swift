import Language
import Networks
import Spaces

/// The column of architectures that spaces give and that measuring reads.
enum ArchitectureColumn {
    static let name = "arch"

    /// The schema of a table of architectures.
    static let schema = Schema([ColumnType(name, .handle(ArchitectureHandle.typeName))])

    /// A table of one column, the architectures of `matrix`.
    static func table(_ matrix: GeneMatrix, of space: any Space) -> Table {
        Table([Column(name, .handles(ArchitectureCells(matrix, of: space)))])
    }

    /// The architectures of `table`, or an error that says what is missing.
    static func cells(of table: Table) throws -> ArchitectureCells {
        guard let column = table[name] else {
            throw CommandError(
                "the table has no column `\(name)` of architectures",
                help: "take them from a space, as in `nb201 | sample 10`", code: .unknownColumn)
        }
        return try cells(of: column)
    }

    static func cells(of column: Column) throws -> ArchitectureCells {
        if case .handles(let handles) = column.cells, let cells = handles as? ArchitectureCells { return cells }
        let handles = column.values.compactMap { ArchitectureHandle($0) }
        guard let space = handles.first?.space, handles.count == column.count else {
            throw CommandError(
                "`\(column.name)` holds something else than architectures", help: reading(column), code: .wrongType)
        }
        guard handles.allSatisfy({ $0.architecture.space == space.name }) else {
            throw CommandError(
                "`\(column.name)` mixes architectures of several spaces", help: "treat each space by itself")
        }
        let genes = GeneMatrix(space: space.name, length: space.genes.count, handles.map(\.architecture))
        return ArchitectureCells(genes, of: space)
    }

    /// How to make architectures of the texts of a column; nil where it holds no texts.
    private static func reading(_ column: Column) -> String? {
        guard case .strings(let texts) = column.cells, let text = texts.first else { return nil }
        let space = Spaces.all.first { (try? $0.read(text)) != nil }?.name ?? "nb201"
        return "read its texts: `derive arch(\(space), .\(column.name)), as: \(name)`"
    }

    /// Refuses, before anything runs, an input that has no architectures.
    static func check(_ input: ValueType) throws {
        guard case .table(let schema) = input, !schema.isOpen, schema[name] == nil else { return }
        throw CommandError(
            "the table has no column `\(name)` of architectures",
            help: "take them from a space, as in `nb201 | sample 10`", code: .unknownColumn)
    }
}
