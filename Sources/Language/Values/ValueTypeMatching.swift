extension ValueType {
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

    /// The narrowest type that holds all of `types`.
    static func common(of types: some Sequence<ValueType>) -> ValueType {
        types.reduce(nil) { known, type in known?.joined(type) ?? type } ?? .any
    }

    /// The phrase without articles: `table`, `whole number`, `architecture or table`.
    var noun: String {
        if case .oneOf(let types) = self { return types.map(\.noun).joined(separator: " or ") }
        let words = phrase.split(separator: " ")
        return words.first == "a" || words.first == "an" ? words.dropFirst().joined(separator: " ") : phrase
    }
}
