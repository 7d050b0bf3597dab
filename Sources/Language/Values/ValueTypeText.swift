extension ValueType {
    /// The type that holds all of `types`; `any` when they differ too much.
    public static func common(of types: some Sequence<ValueType>) -> ValueType {
        var result: ValueType?
        for type in types {
            guard let known = result else {
                result = type
                continue
            }
            if known == type || type == .none { continue }
            if known == .none {
                result = type
            } else if [known, type].allSatisfy({ $0 == .int || $0 == .number }) {
                result = .number
            } else {
                return .any
            }
        }
        return result ?? .any
    }

    /// Whether a value of type `other` may stand where this type is wanted, as far as the checker can tell.
    public func accepts(_ other: ValueType) -> Bool {
        switch (self, other) {
        case (.any, _), (_, .any): true
        case (.oneOf(let types), _): types.contains { $0.accepts(other) }
        case (_, .oneOf(let types)): types.contains { accepts($0) }
        case (.number, .int), (.int, .number): true
        case (.list(let wanted), .list(let given)): wanted.accepts(given)
        case (.record, .record), (.table, .table): true
        default: self == other
        }
    }

    /// How errors and help name it, without an article: `table`, `number`.
    public var noun: String {
        switch self {
        case .any: "value"
        case .none: "nothing"
        case .bool: "bool"
        case .int: "int"
        case .number: "number"
        case .string: "string"
        case .quantity(let dimension): dimension.noun
        case .range: "range"
        case .list(.any): "list"
        case .list(let element): "list of \(element.noun)s"
        case .record: "record"
        case .table: "table"
        case .function: "function"
        case .symbol(let kind), .handle(let kind): kind
        case .oneOf(let types): Self.alternatives(types.map(\.noun))
        }
    }

    /// The noun with its article: "a table", "an int".
    public var phrase: String {
        switch self {
        case .none: "nothing"
        case .quantity(let dimension): dimension.phrase
        case .oneOf(let types): Self.alternatives(types.map(\.phrase))
        default: withArticle(noun)
        }
    }

    private static func alternatives(_ names: [String]) -> String {
        var distinct: [String] = []
        for name in names where !distinct.contains(name) { distinct.append(name) }
        guard let last = distinct.popLast() else { return "nothing" }
        return distinct.isEmpty ? last : "\(distinct.joined(separator: ", ")) or \(last)"
    }
}

extension Dimension {
    var noun: String {
        switch self {
        case .fraction: "percentage"
        case .time: "time"
        case .epochs: "number of epochs"
        case .iterations: "number of iterations"
        case .bytes: "number of bytes"
        case .energy: "energy"
        case .power: "power"
        case .frequency: "frequency"
        }
    }

    var phrase: String { withArticle(noun) }
}

/// "a table", "an int".
func withArticle(_ noun: String) -> String {
    "\("aeio".contains(noun.first ?? " ") ? "an" : "a") \(noun)"
}
