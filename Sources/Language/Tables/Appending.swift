extension Table {
    /// These rows followed by those of `other`; a column that one of them lacks is missing there.
    ///
    /// Numbers of the second table are converted to the unit of the first.
    ///
    /// - Throws: ``TableError`` when a column has a unit in one table and another dimension or none in the other.
    public func appending(_ other: Table) throws(TableError) -> Table {
        var result: [Column] = []
        for column in columns {
            let second = other[column.name] ?? column.blank(other.rowCount)
            result.append(try column.appending(second))
        }
        for column in other.columns where self[column.name] == nil {
            result.append(column.blank(rowCount).followed(by: column))
        }
        return Table(result)
    }
}

extension Column {
    /// As many missing cells of the same kind.
    fileprivate func blank(_ count: Int) -> Column {
        Column(name, cells.blank(count), missing: .all(count), unit: unit)
    }

    /// These cells followed by those of `other`, in this column's unit.
    ///
    /// - Throws: ``TableError`` when the units do not go together.
    public func appending(_ other: Column) throws(TableError) -> Column {
        let isNumeric = numbers != nil && other.numbers != nil
        guard !isNumeric || unit?.dimension == other.unit?.dimension else {
            throw TableError(
                "the columns `\(name)` cannot be put together: one holds \(type.phrase), the other \(other.type.phrase)",
                help: "convert or rename one of them")
        }
        guard isNumeric, let unit, let otherUnit = other.unit, unit != otherUnit, let numbers = other.numbers else {
            return followed(by: other)
        }
        let ratio = otherUnit.ratio(to: unit)
        return followed(by: Column(name, .floats(numbers.map(ratio.apply)), missing: other.missing, unit: unit))
    }

    /// These cells followed by those of `other`, whose numbers are taken as they stand.
    func followed(by other: Column) -> Column {
        let missing = missing.appending(other.missing, count: count, otherCount: other.count)
        let joined: Cells
        switch (cells, other.cells) {
        case (.bools(let left), .bools(let right)): joined = .bools(left + right)
        case (.ints(let left), .ints(let right)): joined = .ints(left + right)
        case (.floats(let left), .floats(let right)): joined = .floats(left + right)
        case (.ints(let left), .floats(let right)): joined = .floats(left.map { Double($0) } + right)
        case (.floats(let left), .ints(let right)): joined = .floats(left + right.map { Double($0) })
        case (.strings(let left), .strings(let right)): joined = .strings(left + right)
        case (.handles(let left), .handles(let right)):
            guard let handles = left.appending(right) else { fallthrough }
            joined = .handles(handles)
        default: return Column(name, values: values + other.values, origin: origin)
        }
        return Column(name, joined, missing: missing, unit: unit ?? other.unit, origin: origin)
    }
}
