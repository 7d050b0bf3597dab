/// What is known of a value before it is computed.
struct Fact: Sendable {
    var type: ValueType
    /// The value itself, where it is known already: literals, constants, and names that are bound.
    var value: Value?
    /// The unit of the numbers of a column.
    var unit: Unit?

    init(_ type: ValueType, unit: Unit? = nil) {
        self.type = type
        self.unit = unit
    }

    init(_ value: Value) {
        self.type = value.type
        self.value = value
        if case .quantity(let quantity) = value { unit = quantity.unit }
    }

    static let unknown = Fact(.any)

    /// The schema of a table or record, or nil for anything else.
    var schema: Schema? {
        switch type {
        case .table(let schema), .record(let schema): schema
        default: nil
        }
    }
}

/// Names and what is known of their values.
struct FactScope {
    private var facts: [String: Fact] = [:]
    /// The values that are bound already.
    let bound: Scope

    init(bound: Scope) { self.bound = bound }

    subscript(name: String) -> Fact? {
        get { facts[name] ?? bound[name].map(Fact.init) }
        set { facts[name] = newValue }
    }

    var names: [String] { bound.names + facts.keys.sorted() }

    /// What holds after one of two ways through a branch was taken.
    func merged(with other: FactScope) -> FactScope {
        var result = self
        for name in Set(facts.keys).union(other.facts.keys) {
            let (mine, theirs) = (self[name], other[name])
            result.facts[name] = mine?.type == theirs?.type ? Fact(mine?.type ?? .any, unit: mine?.unit) : .unknown
        }
        return result
    }
}
