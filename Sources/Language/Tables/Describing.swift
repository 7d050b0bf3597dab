extension Table {
    /// One row a column: its name, type and unit, how many cells there are and are missing, for numbers the least, the
    /// mean and the greatest, and how many cells differ.
    public func described() -> Table {
        Table([
            Column("column", .strings(names)),
            Column("type", .strings(columns.map(\.typeWord))),
            Column("unit", values: columns.map { $0.unit.map { .string($0.rawValue) } ?? .none }),
            Column("count", .ints(columns.map { $0.count - $0.missing.count })),
            Column("missing", .ints(columns.map(\.missing.count))),
            Column("min", values: columns.map { $0.figure(.min) }),
            Column("mean", values: columns.map { $0.figure(.mean) }),
            Column("max", values: columns.map { $0.figure(.max) }),
            Column("distinct", .ints(columns.map(\.distinctCount))),
        ])
    }
}

extension Column {
    /// The type without article or unit.
    fileprivate var typeWord: String {
        switch cells {
        case .bools: "bool"
        case .ints: "int"
        case .floats: "float"
        case .strings: "string"
        case .handles(let cells): cells.typeName
        case .values: type == .any ? "mixed" : String(type.phrase.drop { $0 != " " }.dropFirst())
        }
    }

    /// How many different values there are, missing cells apart.
    fileprivate var distinctCount: Int { Grouping(self).count - (missing.isEmpty ? 0 : 1) }

    /// Nothing for what is no number.
    fileprivate func figure(_ aggregate: Aggregate) -> Value {
        guard numbers != nil, missing.count < count else { return .none }
        return (try? summed(as: aggregate)) ?? .none
    }
}
