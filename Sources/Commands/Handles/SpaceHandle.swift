public import Language
import Networks
public import Spaces

/// A search space as a value of the language.
public struct SpaceHandle: ConvertibleHandle, NameableHandle {
    /// What users read in help and errors.
    public static let typeName = "space"
    /// The space.
    public let space: any Space
    /// How to make the space anew under another name, where it is a user's own.
    private let renaming: (@Sendable (String) throws -> any Space)?

    /// Makes it of its parts.
    public init(_ space: any Space, renaming: (@Sendable (String) throws -> any Space)? = nil) {
        self.space = space
        self.renaming = renaming
    }

    /// One line that stands for it.
    public var summary: String { space.name }

    /// What prints when it is a result.
    public var display: String {
        let size =
            space.count().map { "\($0) architectures" } ?? "\(scientific(space.combinations)) combinations of choices"
        return """
            \(space.name): \(space.summary)
              \(size), \(space.genes.count) genes
              input \(space.input), \(space.classes) classes
              \(space.citation)
            """
    }

    /// The names after a dot.
    public static let fields = [
        ColumnType("name", .string), ColumnType("genes", .table(Schema([ColumnType("name", .string)], isOpen: true))),
        ColumnType("citation", .string), ColumnType("classes", .int),
    ]

    /// The value after a dot; nil where there is none of that name.
    public func field(_ name: String) -> Value? {
        switch name {
        case "name": .string(space.name)
        case "citation": .string(space.citation)
        case "classes": .int(space.classes)
        case "genes":
            .table(
                Table([
                    Column("name", .strings(space.genes.map(\.name))),
                    Column("choices", .values(space.genes.map { .list($0.choices.map(Value.string)) })),
                ]))
        default: nil
        }
    }

    /// A user's own space takes the name of its variable; the built-in ones keep theirs.
    public func named(_ name: String) -> any Handle {
        guard let renaming, let space = try? renaming(name) else { return self }
        return SpaceHandle(space)
    }

    private func scientific(_ number: Double) -> String {
        guard number >= 1e7 else { return String(Int(number)) }
        var (mantissa, exponent) = (number, 0)
        while mantissa >= 10 {
            mantissa /= 10
            exponent += 1
        }
        return "\((mantissa * 100).rounded() / 100)e\(exponent)"
    }
}

/// A handle that stands for a space where one is asked for.
protocol SpaceBearing {
    /// The space.
    var spaceHandle: SpaceHandle { get }
}

extension SpaceHandle {
    /// Spaces, and supernets for the spaces of their networks.
    public static let valueType = ValueType.oneOf([.handle(typeName), .handle(SupernetHandle.typeName)])

    /// The space that a value is or stands for; nil for any other.
    public init?(_ value: Value) {
        guard case .handle(let handle) = value else { return nil }
        if let own = handle as? SpaceHandle {
            self = own
        } else if let bearer = handle as? any SpaceBearing {
            self = bearer.spaceHandle
        } else {
            return nil
        }
    }
}
