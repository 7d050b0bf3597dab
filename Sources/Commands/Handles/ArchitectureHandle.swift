public import Language
import Networks
public import Spaces

/// One architecture of a space as a value of the language.
public struct ArchitectureHandle: ConvertibleHandle {
    public static let typeName = "architecture"
    public let space: any Space
    public let architecture: Architecture

    public init(_ architecture: Architecture, of space: any Space) {
        self.space = space
        self.architecture = architecture
    }

    public var summary: String { space.describe(architecture) }

    public var identity: String { architecture.description }

    public static let fields = [
        ColumnType("space", .handle(SpaceHandle.typeName)), ColumnType("text", .string),
        ColumnType("genes", .list(.int)), ColumnType("canonical", .string),
    ]

    public func field(_ name: String) throws -> Value? {
        switch name {
        case "space": .handle(SpaceHandle(space))
        case "text": .string(summary)
        case "genes": .list(architecture.genes.map { .int(Int($0)) })
        case "canonical": .string(try space.canonicalForm(of: architecture))
        default: nil
        }
    }
}

/// A column of architectures of one space: the rows of one block of genes.
public struct ArchitectureCells: HandleCells {
    public let space: any Space
    public let matrix: GeneMatrix

    public init(_ matrix: GeneMatrix, of space: any Space) {
        self.space = space
        self.matrix = matrix
    }

    public var typeName: String { ArchitectureHandle.typeName }
    public var count: Int { matrix.count }

    public func handle(at row: Int) -> any Handle { ArchitectureHandle(matrix[row], of: space) }

    public func gather(_ rows: [Int]) -> any HandleCells { ArchitectureCells(matrix.gather(rows), of: space) }

    public func appending(_ other: any HandleCells) -> (any HandleCells)? {
        guard let other = other as? ArchitectureCells, other.space.name == space.name,
            other.matrix.length == matrix.length
        else { return nil }
        var joined = matrix
        joined.append(contentsOf: other.matrix)
        return ArchitectureCells(joined, of: space)
    }
}
