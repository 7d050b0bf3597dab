public import Language
import Networks
public import Spaces

/// One architecture of a space as a value of the language.
public struct ArchitectureHandle: ConvertibleHandle {
    /// What users read in help and errors.
    public static let typeName = "architecture"
    /// The space.
    public let space: any Space
    /// The point of the space.
    public let architecture: Architecture

    /// Makes it of its parts.
    public init(_ architecture: Architecture, of space: any Space) {
        self.space = space
        self.architecture = architecture
    }

    /// One line that stands for it.
    public var summary: String { space.describe(architecture) }

    /// What tells it from others of its type.
    public var identity: String { architecture.description }

    /// The names after a dot.
    public static let fields = [
        ColumnType("space", .handle(SpaceHandle.typeName)), ColumnType("text", .string),
        ColumnType("genes", .list(.int)), ColumnType("canonical", .string),
    ]

    /// The value after a dot; nil where there is none of that name.
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
    /// The space.
    public let space: any Space
    /// The genes, a row an architecture.
    public let matrix: GeneMatrix

    /// Makes it of its parts.
    public init(_ matrix: GeneMatrix, of space: any Space) {
        self.space = space
        self.matrix = matrix
    }

    /// The type name of the handles.
    public var typeName: String { ArchitectureHandle.typeName }
    /// How many there are.
    public var count: Int { matrix.count }

    /// The handle of a row.
    public func handle(at row: Int) -> any Handle { ArchitectureHandle(matrix[row], of: space) }

    /// The cells of these rows, in that order.
    public func gather(_ rows: [Int]) -> any HandleCells { ArchitectureCells(matrix.gather(rows), of: space) }

    /// These cells followed by those of `other`; nil when they do not go together.
    public func appending(_ other: any HandleCells) -> (any HandleCells)? {
        guard let other = other as? ArchitectureCells, other.space.name == space.name,
            other.matrix.length == matrix.length
        else { return nil }
        var joined = matrix
        joined.append(contentsOf: other.matrix)
        return ArchitectureCells(joined, of: space)
    }
}
