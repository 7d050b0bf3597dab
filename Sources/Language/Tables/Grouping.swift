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
    init(_ keys: [UInt64]) {
        self = keys.withUnsafeBufferPointer { keys in
            HashGroups.group(keys.count, hash: { HashGroups.mix(keys[$0]) }, areEqual: { keys[$0] == keys[$1] })
        }
    }

    /// Groups strings by code point.
    init(_ strings: [String]) {
        let hashes = strings.map { Text.bytes($0, HashGroups.hash) }
        self = HashGroups.group(
            strings.count, hash: { hashes[$0] },
            areEqual: { hashes[$0] == hashes[$1] && Text.areEqual(strings[$0], strings[$1]) })
    }

    init(keys: [ValueKey]) {
        var groups: [ValueKey: Int] = [:]
        var firstRows: [Int] = []
        let ids = keys.enumerated().map { row, key in
            if let id = groups[key] { return id }
            groups[key] = firstRows.count
            firstRows.append(row)
            return firstRows.count - 1
        }
        self.init(ids: ids, firstRows: firstRows)
    }

    fileprivate init(ids: [Int], firstRows: [Int]) {
        self.ids = ids
        self.firstRows = firstRows
    }
}

/// Grouping by a hash table with open addresses that holds group numbers only.
private enum HashGroups {
    @inline(__always)
    static func group(_ count: Int, hash: (Int) -> UInt64, areEqual: (Int, Int) -> Bool) -> Grouping {
        let bits = max(4, Int.bitWidth - (2 * count).leadingZeroBitCount)
        var slots = [UInt32](repeating: .max, count: 1 << bits)
        var firstRows: [Int] = []
        let ids = slots.withUnsafeMutableBufferPointer { slots in
            [Int](count: count) { row in
                var slot = Int(hash(row) >> UInt64(64 - bits))
                while slots[slot] != .max {
                    let group = Int(slots[slot])
                    if areEqual(firstRows[group], row) { return group }
                    slot = (slot + 1) & (slots.count - 1)
                }
                slots[slot] = UInt32(firstRows.count)
                firstRows.append(row)
                return firstRows.count - 1
            }
        }
        return Grouping(ids: ids, firstRows: firstRows)
    }

    /// Spreads the bits of a key; the upper ones address a slot.
    @inline(__always)
    static func mix(_ key: UInt64) -> UInt64 {
        var key = key
        key ^= key >> 32
        key &*= 0x9E37_79B9_7F4A_7C15
        key ^= key >> 29
        return key &* 0xBF58_476D_1CE4_E5B9
    }

    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = UInt64(bytes.count)
        var place = 0
        while place + 8 <= raw.count {
            hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        var rest: UInt64 = 0
        while place < raw.count {
            rest = rest << 8 | UInt64(raw[place])
            place += 1
        }
        return mix(hash ^ rest)
    }
}
