import Language

/// Architectures, to be built, or a network that has its weights.
enum NetworkInput: ValueConvertible {
    case architectures(Architectures)
    case network(NetworkHandle)

    static let valueType = ValueType.oneOf([
        .handle(NetworkHandle.typeName), .handle(ArchitectureHandle.typeName), .table(.unknown),
    ])

    init?(_ value: Value) {
        if let network = NetworkHandle(value) {
            self = .network(network)
        } else if let architectures = Architectures(value) {
            self = .architectures(architectures)
        } else {
            return nil
        }
    }

    var value: Value {
        switch self {
        case .architectures(let architectures): architectures.value
        case .network(let network): network.value
        }
    }

    /// Whether it is a network.
    var isNetwork: Bool { if case .network = self { true } else { false } }

    /// The columns before others are added.
    static func schema(of input: ValueType) throws -> Schema {
        if case .handle(NetworkHandle.typeName) = input { return ArchitectureColumn.schema }
        return try Architectures.schema(of: input)
    }
}
