/// Which cells of a column are `none`, and why where that is known.
public struct MissingCells: Sendable {
    /// One flag a row, or empty when nothing is missing.
    public private(set) var flags: [Bool]
    /// The reason by row.
    public private(set) var reasons: [Int: String]

    /// Makes them from one flag a row; no flags mean that nothing is missing.
    public init(flags: [Bool] = [], reasons: [Int: String] = [:]) {
        self.flags = flags.contains(true) ? flags : []
        self.reasons = self.flags.isEmpty ? [:] : reasons
    }

    /// Whether nothing is missing.
    public var isEmpty: Bool { flags.isEmpty }

    /// Whether the cell of a row is missing.
    @inline(__always)
    public subscript(row: Int) -> Bool { flags.isEmpty ? false : flags[row] }

    /// How many cells are missing.
    public var count: Int { flags.reduce(0) { $0 + ($1 ? 1 : 0) } }

    /// Missing here or there; the reasons of these cells come first.
    func joined(with other: MissingCells) -> MissingCells {
        if other.isEmpty { return self }
        if isEmpty { return other }
        return MissingCells(
            flags: zip(flags, other.flags).map { $0 || $1 }, reasons: reasons.merging(other.reasons) { own, _ in own })
    }

    /// The cells of `rows`, in that order.
    func gather(_ rows: [Int]) -> MissingCells {
        if isEmpty { return self }
        let flags = rows.map { self.flags[$0] }
        var reasons: [Int: String] = [:]
        if !self.reasons.isEmpty {
            for (place, row) in rows.enumerated() { reasons[place] = self.reasons[row] }
        }
        return MissingCells(flags: flags, reasons: reasons)
    }

    /// These `count` cells followed by the `otherCount` of `other`.
    func appending(_ other: MissingCells, count: Int, otherCount: Int) -> MissingCells {
        if isEmpty && other.isEmpty { return self }
        let left = flags.isEmpty ? [Bool](repeating: false, count: count) : flags
        let right = other.flags.isEmpty ? [Bool](repeating: false, count: otherCount) : other.flags
        let shifted = other.reasons.map { ($0.key + count, $0.value) }
        return MissingCells(flags: left + right, reasons: reasons.merging(shifted) { own, _ in own })
    }

    /// `count` missing cells without a reason.
    static func all(_ count: Int) -> MissingCells { MissingCells(flags: Array(repeating: true, count: count)) }
}

extension Cells {
    /// The floats that are infinite or no number.
    var unusable: MissingCells {
        guard case .floats(let floats) = self, floats.hasUnusable else { return MissingCells() }
        return MissingCells(flags: floats.map { !$0.isFinite })
    }
}

extension [Double] {
    /// Whether one is infinite or no number; on the bits, so that the loop runs in vector registers.
    var hasUnusable: Bool {
        withUnsafeBufferPointer { numbers in
            let exponent: UInt64 = 0x7FF0_0000_0000_0000
            var found: UInt64 = 0
            for number in numbers { found |= (number.bitPattern & exponent) == exponent ? 1 : 0 }
            return found != 0
        }
    }
}
