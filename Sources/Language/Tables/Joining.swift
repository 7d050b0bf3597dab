/// Which rows a join keeps.
public enum JoinKind: String, Sendable, Hashable, CaseIterable {
    /// The rows of both tables that match.
    case inner
    /// All rows of the left table; where nothing matches, the right one's columns are missing.
    case left
}

extension Table {
    /// The rows of this table, each with every row of `other` that has the same cells in the columns of these names.
    ///
    /// Rows keep the order of this table, then of the other. A missing key matches nothing. Another column of `other`
    /// whose name is taken gets `_right` behind it.
    ///
    /// - Throws: ``TableError`` where a key is not in both tables or its two columns can never be equal.
    public func joined(with other: Table, on names: [String], how: JoinKind = .inner) throws(TableError) -> Table {
        guard !names.isEmpty else {
            throw TableError("a join needs a column to join on", help: "both tables have: \(shared(with: other))")
        }
        var keys: [(left: Column, right: Column)] = []
        for name in names {
            guard let right = other[name], let left = self[name] else {
                throw TableError("`\(name)` is not in both tables", help: "both have: \(shared(with: other))")
            }
            keys.append(try left.comparable(with: right))
        }
        let pairs = RowPairs(keys, how)
        let added = other.columns.filter { !names.contains($0.name) }
        return gather(pairs.left).adding(added.map { $0.gather(optional: pairs.right) })
    }

    private func shared(with other: Table) -> String {
        let names = names.filter { other[$0] != nil }
        return names.isEmpty ? "no column" : names.joined(separator: ", ")
    }

    private func adding(_ others: [Column]) -> Table {
        others.reduce(self) { table, column in
            var name = column.name
            while table[name] != nil { name += "_right" }
            return table.adding(column.named(name))
        }
    }
}

/// The rows that match.
private struct RowPairs {
    var left: [Int] = []
    /// -1 where nothing matches.
    var right: [Int] = []

    init(_ keys: [(left: Column, right: Column)], _ how: JoinKind) {
        let split = keys[0].right.count
        let grouping = Grouping(keys.map { $0.right.followed(by: $0.left) })
        let isMatchable = RowPairs.present(keys.map(\.left))
        let index = RowIndex(
            grouping.ids[..<split], groups: grouping.count, present: RowPairs.present(keys.map(\.right)))
        left.reserveCapacity(isMatchable.count)
        right.reserveCapacity(isMatchable.count)
        for (row, id) in grouping.ids[split...].enumerated() {
            let matches = isMatchable[row] ? index.range(of: id) : 0..<0
            for place in matches {
                left.append(row)
                right.append(index.rows[place])
            }
            if matches.isEmpty, how == .left {
                left.append(row)
                right.append(-1)
            }
        }
    }

    /// Whether no key of a row is missing.
    private static func present(_ columns: [Column]) -> [Bool] {
        columns.reduce([Bool](repeating: true, count: columns[0].count)) { flags, column in
            column.missing.isEmpty ? flags : zip(flags, column.missing.flags).map { $0 && !$1 }
        }
    }
}

/// The rows of each group, without those that take no part.
private struct RowIndex {
    private(set) var rows: [Int]
    private var starts: [Int32]

    init(_ ids: ArraySlice<Int>, groups: Int, present: [Bool]) {
        starts = [Int32](repeating: 0, count: groups + 2)
        for (row, id) in ids.enumerated() where present[row] { starts[id + 2] += 1 }
        for group in 0..<groups { starts[group + 2] += starts[group + 1] }
        rows = [Int](repeating: 0, count: Int(starts[groups + 1]))
        for (row, id) in ids.enumerated() where present[row] {
            rows[Int(starts[id + 1])] = row
            starts[id + 1] += 1
        }
    }

    func range(of group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }
}

extension Column {
    /// Both columns in one form, so that equal cells are equal bits.
    fileprivate func comparable(with other: Column) throws(TableError) -> (left: Column, right: Column) {
        do {
            _ = try Operators.type(.equal, type, other.type)
        } catch {
            throw TableError("the columns `\(name)` cannot be joined: \(error.message)", help: error.help)
        }
        switch (cells, other.cells) {
        case (.ints, .ints) where unit == nil, (.strings, .strings), (.bools, .bools), (.handles, .handles):
            return (self, other)
        case (.ints, .ints), (.ints, .floats), (.floats, .ints), (.floats, .floats):
            guard let left = Numbers(.column(self)), let right = Numbers(.column(other)), left.isExact, right.isExact
            else { break }
            let isSame = unit == other.unit
            return (
                with(left.floats(by: isSame ? nil : unit?.baseRatio)),
                other.with(right.floats(by: isSame ? nil : other.unit?.baseRatio))
            )
        default: break
        }
        return (with(.values(values), missing: missing), other.with(.values(other.values), missing: other.missing))
    }

    private func with(_ lane: Lane<Double>) -> Column {
        guard case .many(let floats) = lane else { return self }
        return with(.floats(floats), missing: missing)
    }

    /// The cells of `rows`; a row of -1 is missing.
    func gather(optional rows: [Int]) -> Column {
        guard rows.contains(-1) else { return gather(rows) }
        let absent = MissingCells(flags: rows.map { $0 < 0 })
        if count == 0 { return Column(name, cells.blank(rows.count), missing: absent, unit: unit, origin: origin) }
        let gathered = gather(rows.map { max(0, $0) })
        return gathered.with(gathered.cells, missing: absent.joined(with: gathered.missing.without(absent)))
    }
}

extension MissingCells {
    /// These without the reasons of the rows that `other` names.
    fileprivate func without(_ other: MissingCells) -> MissingCells {
        MissingCells(flags: flags, reasons: reasons.filter { !other[$0.key] })
    }
}

extension Cells {
    /// Cells of the same form that stand for nothing.
    func blank(_ count: Int) -> Cells {
        switch self {
        case .bools: .bools(Array(repeating: false, count: count))
        case .ints: .ints(Array(repeating: 0, count: count))
        case .floats: .floats(Array(repeating: 0, count: count))
        case .strings: .strings(Array(repeating: "", count: count))
        case .handles, .values: .values(Array(repeating: .none, count: count))
        }
    }
}
