import Language
import Spaces

/// One architecture, or a table with a column of them.
enum Architectures: ValueReadable {
    case one(ArchitectureHandle)
    case table(Table)

    static let valueType = ValueType.oneOf([.handle(ArchitectureHandle.typeName), .table(.unknown)])

    init?(_ value: Value) {
        guard let own = ArchitectureHandle(value).map(Self.one) ?? Table(value).map(Self.table) else { return nil }
        self = own
    }

    /// The architectures in one block.
    func cells() throws -> ArchitectureCells {
        switch self {
        case .table(let table): return try ArchitectureColumn.cells(of: table)
        case .one(let one):
            let genes = GeneMatrix(space: one.space.name, length: one.space.genes.count, [one.architecture])
            return ArchitectureCells(genes, of: one.space)
        }
    }

    /// The table, or one with the single architecture.
    func asTable() throws -> Table {
        if case .table(let table) = self { return table }
        let cells = try cells()
        return ArchitectureColumn.table(cells.matrix, of: cells.space)
    }

    /// The columns of `asTable` for an input of a type, for the checker.
    static func schema(of input: ValueType) throws -> Schema {
        try ArchitectureColumn.check(input)
        switch input {
        case .table(let schema): return schema
        case .handle: return ArchitectureColumn.schema
        default: return .unknown
        }
    }
}
