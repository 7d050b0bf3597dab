public import Language
import Spaces
import Trials

/// A study, its name or its number.
public enum StudyReference: ValueReadable, ParameterType {
    case handle(StudyHandle)
    case name(String)

    /// What help and errors call it.
    public static let wording = "a study, its name or its number"
    /// What the checker accepts.
    public static let valueType = ValueType.oneOf([.handle(StudyHandle.typeName), .string, .int])

    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        switch value {
        case .string(let name): self = .name(name)
        case .int(let id): self = .name("\(id)")
        default:
            guard let handle = StudyHandle(value) else { return nil }
            self = .handle(handle)
        }
    }

    /// The stored study.
    ///
    /// - Parameter space: the space of its architectures, where that is one of the user's own.
    /// - Throws: `CommandError` where there is none of that name, or its space is not known.
    func study(space: SpaceHandle? = nil) throws -> StudyHandle {
        guard case .name(let name) = self else {
            guard case .handle(let handle) = self else { preconditionFailure("a reference is a handle or a name") }
            return handle
        }
        return try StudyFailure.explained {
            let record = try UserStore.shared.study(named: name)
            guard let space = space?.space ?? Spaces.named(record.description.space) else {
                throw CommandError(
                    "`\(record.description.space)`, the space of \(record.name), is one of your own",
                    help: "define it again and give it: `study \"\(record.name)\", space: \(record.description.space)`")
            }
            guard space.name == record.description.space else {
                throw CommandError(
                    "\(record.name) is a study of `\(record.description.space)`, not of `\(space.name)`",
                    argument: "space")
            }
            return StudyHandle(record, in: UserStore.shared, space: space)
        }
    }
}
