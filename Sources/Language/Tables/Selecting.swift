extension Table {
    /// `rows` in that order; a row may occur more than once.
    public func gather(_ rows: [Int]) -> Table { Table(columns.map { $0.gather(rows) }) }

    /// The rows in which a condition holds; a missing condition does not.
    ///
    /// - Throws: ``OperationError`` when the condition is neither true nor false.
    public func filtered(by condition: Operand) throws(OperationError) -> Table {
        let rows = try Kernels.rows(where: condition, count: rowCount)
        return rows.count == rowCount ? self : gather(rows)
    }

    /// The first rows: `count` of them, or all where there are fewer.
    public func first(_ count: Int) -> Table { slice(0..<max(0, count)) }

    /// The last rows: `count` of them, or all where there are fewer.
    public func last(_ count: Int) -> Table { slice((rowCount - min(max(0, count), rowCount))..<rowCount) }

    /// The rows of a range, cut to those there are.
    public func slice(_ range: Range<Int>) -> Table {
        let range = range.clamped(to: 0..<rowCount)
        return range.count == rowCount ? self : gather(Array(range))
    }

    /// The columns of these names, in this order.
    ///
    /// - Throws: ``TableError`` where there is no such column, or a name comes twice.
    public func selecting(_ names: [String]) throws(TableError) -> Table {
        var chosen: [Column] = []
        for name in names {
            let column = try column(name)
            guard !chosen.contains(where: { $0.name == name }) else {
                throw TableError("the column `\(name)` is chosen twice")
            }
            chosen.append(column)
        }
        return Table(chosen)
    }

    /// The other columns.
    ///
    /// - Throws: ``TableError`` where there is no such column.
    public func dropping(_ names: [String]) throws(TableError) -> Table {
        for name in names { _ = try column(name) }
        return Table(columns.filter { !names.contains($0.name) })
    }

    /// The table with a column renamed.
    ///
    /// - Throws: ``TableError`` where there is no such column, or another has the new name.
    public func renaming(_ name: String, to newName: String) throws(TableError) -> Table {
        _ = try column(name)
        guard name == newName || self[newName] == nil else {
            throw TableError("there is a column `\(newName)` already", help: "drop it first, or choose another name")
        }
        return Table(columns.map { $0.name == name ? $0.named(newName) : $0 })
    }

    /// The first row of each group of rows that agree in `keys`, or in all columns where none is given.
    public func distinct(by keys: [Column] = []) -> Table {
        let grouping = Grouping(keys.isEmpty ? columns : keys)
        return grouping.count == rowCount ? self : gather(grouping.firstRows)
    }
}

extension Table {
    /// A table of one row.
    public init(_ record: Record) {
        self.init(record.fields.map { Column($0.name, values: [$0.value]) })
    }

    /// One row a record; a field that a record lacks is missing there.
    public init(records: [Record]) {
        var names: [String] = []
        var known: Set<String> = []
        for record in records { for name in record.names where known.insert(name).inserted { names.append(name) } }
        self.init(names.map { name in Column(name, values: records.map { $0[name] ?? .none }) })
    }
}
