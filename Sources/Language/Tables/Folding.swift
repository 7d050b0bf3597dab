extension Column {
    /// Sums, means and extremes of complete columns in one walk over the rows; nil for anything else.
    func folded(_ grouping: Grouping, _ aggregate: Aggregate) -> Column? {
        guard missing.isEmpty, grouping.count > 0 else { return nil }
        switch (cells, aggregate) {
        case (_, .count): return Column(name, .ints(grouping.sizes))
        case (.ints(let ints), .min) where unit == nil:
            return Column(name, .ints(grouping.fold(ints, .max) { min($0, $1) }))
        case (.ints(let ints), .max) where unit == nil:
            return Column(name, .ints(grouping.fold(ints, .min) { max($0, $1) }))
        case (.floats(let floats), .min): return finite(grouping.fold(floats, .infinity) { min($0, $1) })
        case (.floats(let floats), .max): return finite(grouping.fold(floats, -.infinity) { max($0, $1) })
        case (.floats(let floats), .sum): return finite(grouping.fold(floats, 0) { $0 + $1 })
        case (.floats(let floats), .mean):
            let sums = grouping.fold(floats, 0) { $0 + $1 }
            return finite(zip(sums, grouping.sizes).map { $0 / Double($1) })
        default: return nil
        }
    }

    /// Nil where a sum is too large for a number, for the reason to be told.
    private func finite(_ floats: [Double]) -> Column? {
        floats.hasUnusable ? nil : Column(name, .floats(floats), unit: unit, origin: origin)
    }
}

extension Grouping {
    /// How many rows each group has.
    var sizes: [Int] { fold(ids, 0) { count, _ in count + 1 } }

    /// One result a group, from `start` on.
    @inline(__always)
    fileprivate func fold<Cell>(_ cells: [Cell], _ start: Cell, _ combine: (Cell, Cell) -> Cell) -> [Cell] {
        var results = [Cell](repeating: start, count: count)
        results.withUnsafeMutableBufferPointer { results in
            cells.withUnsafeBufferPointer { cells in
                for (row, id) in ids.enumerated() { results[id] = combine(results[id], cells[row]) }
            }
        }
        return results
    }
}
