extension Series {
    /// One series for each group of rows, named by it, in the order of first appearance.
    ///
    /// - Parameter groups: the group of each row; as many as `x` has rows.
    /// - Throws: ``PlotError/mismatchedColumns(_:)`` where `groups` has another number of rows.
    public func split(by groups: [String]) throws -> [Series] {
        try checkColumns()
        guard groups.count == x.count else {
            throw PlotError.mismatchedColumns("the groups have \(groups.count) rows, x has \(x.count)")
        }
        var order: [String] = []
        var rows: [String: [Int]] = [:]
        for (row, group) in groups.enumerated() {
            if rows[group] == nil { order.append(group) }
            rows[group, default: []].append(row)
        }
        return order.map { selecting(rows[$0] ?? [], name: $0) }
    }

    private func selecting(_ rows: [Int], name: String) -> Series {
        var group = self
        group.name = name
        group.x = x.selecting(rows)
        group.y = y.selecting(rows)
        group.low = low.selecting(rows)
        group.high = high.selecting(rows)
        group.values = values.selecting(rows)
        return group
    }

    /// Throws unless every column that is given has as many rows as x, and those that the mark needs are given.
    func checkColumns() throws {
        let title = name.map { "series '\($0)'" } ?? "a series of \(mark.rawValue)"
        let columns = [("y", y), ("low", low), ("high", high), ("values", values)]
        for (column, values) in columns where !values.isEmpty && values.count != x.count {
            throw PlotError.mismatchedColumns(
                "\(title): \(column) has \(values.count) rows, x has \(x.count); every column needs as many")
        }
        for (column, values) in columns where values.isEmpty && !x.isEmpty && mark.needs.contains(column) {
            throw PlotError.mismatchedColumns("\(title): \(mark.rawValue) need the column \(column)")
        }
        for (column, values) in columns.dropFirst() where values.areNames {
            throw PlotError.mismatchedColumns("\(title): \(column) must hold numbers, not names")
        }
        if low.isEmpty != high.isEmpty {
            throw PlotError.mismatchedColumns("\(title): low and high go together; give both or none")
        }
    }
}

extension Series.Mark {
    /// The columns besides x that the mark cannot do without.
    fileprivate var needs: [String] {
        switch self {
        case .band: ["low", "high"]
        case .errorBars: ["y", "low", "high"]
        case .cells: ["y", "values"]
        default: ["y"]
        }
    }
}
