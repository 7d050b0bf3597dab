import Language

/// Architectures, to be built, or a network that has its weights.
enum NetworkInput: ValueReadable {
    case architectures(Architectures)
    case network(NetworkHandle)

    static let valueType = ValueType.oneOf([
        .handle(NetworkHandle.typeName), .handle(ArchitectureHandle.typeName), .table(.unknown),
    ])

    init?(_ value: Value) {
        guard let own = NetworkHandle(value).map(Self.network) ?? Architectures(value).map(Self.architectures) else {
            return nil
        }
        self = own
    }

    /// Whether it is a network.
    var isNetwork: Bool { if case .network = self { true } else { false } }

    /// The columns before others are added.
    static func schema(of input: ValueType) throws -> Schema {
        if case .handle(NetworkHandle.typeName) = input { return ArchitectureColumn.schema }
        return try Architectures.schema(of: input)
    }
}
