extension Value {
    /// What the checker would call the value.
    public var type: ValueType {
        switch self {
        case .none: .none
        case .bool: .bool
        case .int: .int
        case .float: .number
        case .string: .string
        case .quantity(let quantity): .quantity(quantity.unit.dimension)
        case .range: .range
        case .list(let items): .list(Value.commonType(items))
        case .record(let record): .record(record.schema)
        case .table(let table): .table(table.schema)
        case .function: .function
        case .symbol(let symbol): .symbol(symbol.kind)
        case .handle(let handle): .handle(Swift.type(of: handle).typeName)
        }
    }

    /// The type of all `items`, or `any` where they differ.
    static func commonType(_ items: [Value]) -> ValueType {
        guard let first = items.first?.type else { return .any }
        return items.dropFirst().reduce(first) { $0.joined($1.type) }
    }
}

extension Record {
    /// The names and types of the fields.
    public var schema: Schema {
        Schema(
            fields.map { name, value in
                if case .quantity(let quantity) = value { return ColumnType(name, value.type, unit: quantity.unit) }
                return ColumnType(name, value.type)
            })
    }
}

extension ValueType {
    /// The narrowest type that holds both: `number` for ints and floats, `any` for what has nothing in common.
    func joined(_ other: ValueType) -> ValueType {
        if self == other { return self }
        switch (self, other) {
        case (.int, .number), (.number, .int): return .number
        case (.none, let type), (let type, .none): return type
        default: return .any
        }
    }

    /// What errors call a value of the type, with its article: `a time`, `a string`.
    public var phrase: String {
        switch self {
        case .any: "a value"
        case .none: "none"
        case .bool: "true or false"
        case .int: "a whole number"
        case .number: "a number"
        case .string: "a string"
        case .quantity(let dimension): dimension.phrase
        case .range: "a range"
        case .list: "a list"
        case .record: "a record"
        case .table: "a table"
        case .function: "a function"
        case .symbol(let kind): kind.withArticle
        case .handle(let name): name.withArticle
        case .oneOf(let types): types.alternatives
        }
    }
}

extension Dimension {
    /// What errors call a quantity of the dimension, with its article.
    public var phrase: String {
        switch self {
        case .fraction: "a percentage"
        case .time: "a time"
        case .epochs: "a number of epochs"
        case .iterations: "a number of iterations"
        case .bytes: "a size in bytes"
        case .energy: "an energy"
        case .power: "a power"
        case .frequency: "a frequency"
        }
    }

    /// The unit that errors suggest when none is known.
    public var usualUnit: Unit {
        switch self {
        case .fraction: .percent
        case .time: .milliseconds
        case .epochs: .epochs
        case .iterations: .iterations
        case .bytes: .megabytes
        case .energy: .millijoules
        case .power: .watts
        case .frequency: .megahertz
        }
    }
}

extension String {
    fileprivate var withArticle: String { ("aeiou".contains(prefix(1).lowercased()) ? "an " : "a ") + self }
}

extension [ValueType] {
    /// `a string, a list or a range`; all quantities together are `a quantity`.
    fileprivate var alternatives: String {
        var phrases: [String] = []
        let quantities = filter { if case .quantity = $0 { true } else { false } }
        let hasEveryQuantity = quantities.count == Dimension.allCases.count
        if hasEveryQuantity { phrases.append("a quantity with a unit") }
        for type in self where !(hasEveryQuantity && quantities.contains(type)) && !phrases.contains(type.phrase) {
            phrases.append(type.phrase)
        }
        guard let last = phrases.popLast() else { return "a value" }
        return phrases.isEmpty ? last : phrases.joined(separator: ", ") + " or " + last
    }
}
