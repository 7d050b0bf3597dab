/// Rows sorted into groups of equal keys, numbered in the order of their first rows.
public struct Grouping: Sendable {
    /// The group of each row.
    public let ids: [Int]
    /// The first row of each group.
    public let firstRows: [Int]

    /// How many groups there are.
    public var count: Int { firstRows.count }

    /// Groups the rows of columns of equal length by the cells of all of them; missing cells are equal to each other.
    public init(_ columns: [Column]) {
        guard let first = columns.first else {
            (ids, firstRows) = ([], [])
            return
        }
        self = columns.dropFirst().reduce(Grouping(first)) { $0.divided(by: Grouping($1)) }
    }

    init(_ column: Column) {
        let own: Grouping =
            switch column.cells {
            case .bools(let cells): Grouping(cells.map { $0 ? 1 : 0 })
            case .ints(let cells): Grouping(cells)
            case .floats(let cells): Grouping(cells.map { ($0 + 0).bitPattern })
            case .strings(let cells): Grouping(cells)
            case .handles(let cells): Grouping((0..<cells.count).map { cells.handle(at: $0).identity })
            case .values(let cells): Grouping(keys: cells.map(\.key))
            }
        self = own.separating(column.missing)
    }

    /// The rows of each group: those of group `g` are `rows[starts[g] ..< starts[g + 1]]`, in order.
    func sortedRows() -> (rows: [Int], starts: [Int]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for id in ids { starts[id + 1] += 1 }
        for group in 0..<count { starts[group + 1] += starts[group] }
        var next = starts
        var rows = [Int](repeating: 0, count: ids.count)
        for (row, id) in ids.enumerated() {
            rows[next[id]] = row
            next[id] += 1
        }
        return (rows, starts)
    }

    private func divided(by other: Grouping) -> Grouping {
        let width = UInt64(other.count)
        return Grouping(zip(ids, other.ids).map { UInt64($0) * width + UInt64($1) })
    }

    /// Puts missing rows into a group of their own, whatever their cells hold.
    private func separating(_ missing: MissingCells) -> Grouping {
        if missing.isEmpty { return self }
        return Grouping(zip(ids, missing.flags).map { $1 ? 0 : UInt64($0) + 1 })
    }
}

extension Grouping {
    /// Groups ints: by direct address where they lie close together.
    init(_ ints: [Int]) {
        guard let least = ints.min(), let greatest = ints.max() else {
            self.init(ids: [], firstRows: [])
            return
        }
        let (width, overflow) = greatest.subtractingReportingOverflow(least)
        guard !overflow, width < max(1024, 4 * ints.count) else {
            self.init(ints.map { UInt64(bitPattern: Int64($0)) })
            return
        }
        var groups = [Int32](repeating: -1, count: width + 1)
        var firstRows: [Int] = []
        let ids = ints.enumerated().map { row, int in
            if groups[int - least] < 0 {
                groups[int - least] = Int32(firstRows.count)
                firstRows.append(row)
            }
            return Int(groups[int - least])
        }
        self.init(ids: ids, firstRows: firstRows)
    }

    /// Groups keys of 64 bits.
    init(_ keys: [UInt64]) { self = HashGroups.group(keys, hash: HashGroups.mix) }

    /// Groups strings by code point: short ones without another look at their memory.
    init(_ strings: [String]) {
        if let prints = ShortText.all(strings) {
            self = HashGroups.group(prints, hash: \.hash)
        } else {
            self.init(keys: strings.map(TextKey.init))
        }
    }

    /// Groups anything that hashes.
    init<Key: Hashable>(keys: [Key]) {
        var groups: [Key: Int] = [:]
        var firstRows: [Int] = []
        let ids = keys.enumerated().map { row, key in
            if let id = groups[key] { return id }
            groups[key] = firstRows.count
            firstRows.append(row)
            return firstRows.count - 1
        }
        self.init(ids: ids, firstRows: firstRows)
    }

    init(ids: [Int], firstRows: [Int]) {
        self.ids = ids
        self.firstRows = firstRows
    }
}
