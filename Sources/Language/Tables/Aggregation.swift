/// What a group of cells is summed up as.
public enum Aggregate: Sendable, Hashable {
    /// How many cells are not missing.
    case count
    case sum, mean, min, max, median
    /// The sample standard deviation, divided by n - 1.
    case std
    /// The value below which a fraction 0 ... 1 of the cells lies, interpolated linearly between order statistics
    /// (definition 7 of Hyndman & Fan, "Sample quantiles in statistical packages", The American Statistician, 1996).
    case quantile(Double)

    /// The name of its column: `mean`, `q90`.
    public var name: String {
        switch self {
        case .count: "count"
        case .sum: "sum"
        case .mean: "mean"
        case .min: "min"
        case .max: "max"
        case .median: "median"
        case .std: "std"
        case .quantile(let level): "q\(Numerals.plain(level * 100))"
        }
    }
}

/// A column of a grouped table.
public struct Aggregation: Sendable {
    /// How the cells of a group are summed up.
    public var aggregate: Aggregate
    /// As many cells as the table has rows.
    public var column: Column
    /// The name of the new column.
    public var name: String

    /// Sums up a column; the new one is called `accuracy_mean` unless it gets a name.
    public init(_ aggregate: Aggregate, of column: Column, name: String? = nil) {
        self.aggregate = aggregate
        self.column = column
        self.name = name ?? "\(column.name)_\(aggregate.name)"
    }
}

extension Table {
    /// One row for each different combination of `keys`, in the order of its first row, with the number of rows as
    /// `count` where no aggregation is given.
    ///
    /// - Throws: ``TableError`` when what is summed up is no number, or two columns would have one name.
    public func grouped(by keys: [Column], _ aggregations: [Aggregation] = []) throws(TableError) -> Table {
        let grouping = Grouping(keys)
        var result = Table(keys.map { $0.gather(grouping.firstRows) })
        if aggregations.isEmpty { return try result.adding(new: Column("count", .ints(grouping.sizes))) }
        lazy var sorted = grouping.sortedRows()
        for aggregation in aggregations {
            let cells: Column
            if let folded = aggregation.column.folded(grouping, aggregation.aggregate) {
                cells = folded
            } else {
                cells = try aggregation.column.gather(sorted.rows).summed(sorted.starts, aggregation.aggregate)
            }
            result = try result.adding(new: cells.named(aggregation.name))
        }
        return result
    }

    private func adding(new column: Column) throws(TableError) -> Table {
        guard self[column.name] == nil else {
            throw TableError("two columns would be called `\(column.name)`", help: "give one of them a name of its own")
        }
        return adding(column)
    }
}

extension Column {
    /// The cells summed up as one value.
    ///
    /// - Throws: ``TableError`` when they are no numbers, except for `count`.
    public func summed(as aggregate: Aggregate) throws(TableError) -> Value { try summed([0, count], aggregate)[0] }

    /// One cell for each stretch `starts[g] ..< starts[g + 1]`.
    fileprivate func summed(_ starts: [Int], _ aggregate: Aggregate) throws(TableError) -> Column {
        let groups = 0..<(starts.count - 1)
        if aggregate == .count {
            return Column(
                name,
                .ints(
                    groups.map { group in
                        missing.isEmpty
                            ? starts[group + 1] - starts[group]
                            : (starts[group]..<starts[group + 1]).reduce(0) { $0 + (missing[$1] ? 0 : 1) }
                    }))
        }
        if let ints = ints(starts, aggregate) { return ints }
        guard let numbers else {
            if count == missing.count { return Column(name, repeating: .none("no values"), count: groups.count) }
            throw TableError(
                "`\(name)` has no \(aggregate.name): it holds \(type.phrase) where numbers are needed",
                help: "`count` counts anything")
        }
        return numbers.withUnsafeBufferPointer { numbers in
            let values = groups.map { group in
                missing.present(numbers, starts[group]..<starts[group + 1]).summed(aggregate, unit)
            }
            return Column(name, values: values, origin: origin).with(unit)
        }
    }

    /// Sums and extremes of plain ints are ints.
    private func ints(_ starts: [Int], _ aggregate: Aggregate) -> Column? {
        guard case .ints(let ints) = cells, unit == nil, missing.isEmpty, starts.last != 0 else { return nil }
        var results: [Int] = []
        for group in 0..<(starts.count - 1) {
            let cells = ints[starts[group]..<starts[group + 1]]
            switch aggregate {
            case .min: results.append(cells.min() ?? 0)
            case .max: results.append(cells.max() ?? 0)
            case .sum:
                var sum = 0
                for cell in cells {
                    let (next, overflow) = sum.addingReportingOverflow(cell)
                    // What no int holds is summed as floats.
                    if overflow { return nil }
                    sum = next
                }
                results.append(sum)
            default: return nil
            }
        }
        return Column(name, .ints(results))
    }

    /// A column that lost its unit because every group was empty gets it back.
    private func with(_ unit: Unit?) -> Column {
        self.unit == unit
            ? self : Column(name, .floats(numbers ?? Array(repeating: 0, count: count)), missing: missing, unit: unit)
    }
}

extension MissingCells {
    /// The numbers of a stretch that are not missing.
    fileprivate func present(_ numbers: UnsafeBufferPointer<Double>, _ range: Range<Int>) -> [Double] {
        isEmpty ? Array(numbers[range]) : range.compactMap { flags[$0] ? nil : numbers[$0] }
    }
}

extension [Double] {
    /// The numbers, in `unit`, summed up.
    fileprivate func summed(_ aggregate: Aggregate, _ unit: Unit?) -> Value {
        if isEmpty, aggregate != .sum { return .none("no values") }
        if aggregate == .std, count == 1 { return .none("one value has no spread") }
        let number = number(of: aggregate)
        guard number.isFinite else { return .none("too large for a number") }
        return unit.map { .quantity(Quantity(number, $0)) } ?? .float(number)
    }

    private func number(of aggregate: Aggregate) -> Double {
        switch aggregate {
        case .count: Double(count)
        case .sum: reduce(0, +)
        case .mean: mean
        case .min: self.min() ?? 0
        case .max: self.max() ?? 0
        case .median: quantile(0.5)
        case .std: deviation
        case .quantile(let level): quantile(level)
        }
    }

    private var mean: Double { reduce(0, +) / Double(count) }

    private var deviation: Double {
        let mean = mean
        return (reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
    }

    private func quantile(_ level: Double) -> Double {
        let sorted = sorted()
        let place = Swift.min(Swift.max(level, 0), 1) * Double(count - 1)
        let below = Int(place)
        let above = Swift.min(below + 1, count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}
