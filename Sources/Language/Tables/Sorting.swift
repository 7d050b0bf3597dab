/// One of the columns by which a table is sorted.
public struct SortKey: Sendable {
    /// As many cells as the table has rows.
    public var column: Column
    /// Whether the greatest comes first; missing cells come last all the same.
    public var isDescending: Bool

    /// Sorts by a column, which need not be one of the table's own.
    public init(_ column: Column, isDescending: Bool = false) {
        self.column = column
        self.isDescending = isDescending
    }
}

extension Table {
    /// The rows in the order of the keys, the first key first; equal rows keep their order, missing cells come last.
    ///
    /// Numbers sort by value, strings by code point, `false` before `true`, handles by their summary. In a column
    /// of several types numbers come before quantities, strings, bools and the rest, which keeps its order.
    ///
    /// - Precondition: every key has as many cells as the table has rows.
    public func sorted(by keys: [SortKey]) -> Table { keys.isEmpty ? self : gather(Sorting.order(keys)) }

    /// The table sorted by columns of its own.
    ///
    /// - Throws: ``TableError`` where there is no such column.
    public func sorted(by keys: [(column: String, descending: Bool)]) throws(TableError) -> Table {
        var sortKeys: [SortKey] = []
        for key in keys { sortKeys.append(SortKey(try column(key.column), isDescending: key.descending)) }
        return sorted(by: sortKeys)
    }
}

/// The order of rows.
public enum Sorting {
    /// The rows in the order of the keys; see ``Table/sorted(by:)``.
    public static func order(_ keys: [SortKey]) -> [Int] {
        guard let last = keys.last else { return [] }
        var rows = order(last, of: nil)
        for key in keys.dropLast().reversed() { rows = order(key, of: rows) }
        return rows
    }

    /// `rows`, or all, in the order of one key.
    private static func order(_ key: SortKey, of rows: [Int]?) -> [Int] {
        var codes = key.column.sortCodes
        if key.isDescending { codes = codes.map { ~$0 } }
        if let rows { codes = codes.gather(rows) }
        let places = RadixSort.order(codes)
        let ordered = rows.map { $0.gather(places) } ?? places
        return key.column.missing.isEmpty ? ordered : key.column.missing.moveLast(ordered)
    }
}

extension MissingCells {
    /// The rows with those that are missing at the end.
    fileprivate func moveLast(_ rows: [Int]) -> [Int] { rows.filter { !flags[$0] } + rows.filter { flags[$0] } }
}

extension Column {
    /// Numbers of 64 bits in the order of the cells.
    fileprivate var sortCodes: [UInt64] {
        switch cells {
        case .bools(let cells): cells.map { $0 ? 1 : 0 }
        case .ints(let cells): cells.map { UInt64(bitPattern: Int64($0)) ^ 1 << 63 }
        case .floats(let cells): cells.map(\.sortCode)
        case .strings(let cells): TextOrder(cells).ranks
        case .handles(let cells): TextOrder((0..<count).map { cells.handle(at: $0).summary }).ranks
        case .values(let cells): cells.sortRanks
        }
    }
}

extension Double {
    /// The bits, turned so that they sort as numbers do; 0 and -0 are one.
    @inline(__always)
    fileprivate var sortCode: UInt64 {
        let bits = (self + 0).bitPattern
        return bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }
}

extension [Value] {
    /// The rank of each value among all of them; incomparable ones share a rank.
    fileprivate var sortRanks: [UInt64] {
        let order = indices.sorted { left, right in
            let order = self[left].place(beside: self[right])
            return order == 0 ? left < right : order < 0
        }
        var ranks = [UInt64](repeating: 0, count: count)
        for (place, row) in order.enumerated().dropFirst() {
            let before = order[place - 1]
            ranks[row] = ranks[before] + (self[before].place(beside: self[row]) < 0 ? 1 : 0)
        }
        return ranks
    }
}

extension Value {
    /// Negative when this sorts before `other`.
    fileprivate func place(beside other: Value) -> Int {
        if sortClass != other.sortClass { return sortClass - other.sortClass }
        if case (.bool(let left), .bool(let right)) = (self, other) { return (left ? 1 : 0) - (right ? 1 : 0) }
        if case (.handle(let left), .handle(let right)) = (self, other) {
            return Text.compare(left.summary, right.summary)
        }
        // Values of one class that are neither numbers nor text have no order, and stay as they are.
        return (try? Operators.order(self, other)).flatMap { $0 } ?? 0
    }

    private var sortClass: Int {
        switch self {
        case .int, .float: 0
        case .quantity(let quantity): 1 + (Dimension.allCases.firstIndex(of: quantity.unit.dimension) ?? 0)
        case .string, .symbol: 100
        case .bool: 101
        case .handle: 102
        case .none: 104
        default: 103
        }
    }
}
