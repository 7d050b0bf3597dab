/// Which value comes first, second, …: a stable argsort in linear time.
///
/// Doubles are mapped to unsigned integers of the same order, which a radix sort by bytes puts in order, the least
/// significant first; bytes on which all values agree are skipped. (P. Terdiman: Radix Sort Revisited, 2000;
/// M. Herf: Radix Tricks, 2001.)
public enum Order {
    /// The indices of values from the smallest to the largest, equal ones in their given order.
    ///
    /// −0 equals +0; NaN comes last. At most 2³² − 1 values.
    public static func ascending(_ values: [Double]) -> [UInt32] { entries(values).map(\.index) }

    /// The values' keys in order, with their indices; equal values have equal keys, and so have all NaN.
    static func entries(_ values: [Double]) -> [Entry] {
        var entries = values.indices.map { Entry(key: key(values[$0]), index: UInt32($0)) }
        if entries.count < 256 {
            entries.sort { $0.key != $1.key ? $0.key < $1.key : $0.index < $1.index }
        } else {
            radixSort(&entries)
        }
        return entries
    }

    /// A value as a key, with its index.
    struct Entry {
        var key: UInt64
        var index: UInt32
    }

    /// An unsigned number of the same order as the value.
    private static func key(_ value: Double) -> UInt64 {
        if value.isNaN { return .max }
        let bits = (value + 0).bitPattern  // −0 + 0 = +0
        return bits ^ (bits >> 63 == 1 ? .max : 1 << 63)
    }

    private static let digitBits = 8
    private static let digits = 8

    @inline(__always)
    private static func digit(_ place: Int, of key: UInt64) -> Int {
        Int(truncatingIfNeeded: key &>> UInt64(place * digitBits)) & ((1 << digitBits) - 1)
    }

    private static func radixSort(_ entries: inout [Entry]) {
        var counts = histogram(entries)
        var other = entries
        for place in 0..<digits {
            let range = (place << digitBits)..<((place + 1) << digitBits)
            if counts[range.lowerBound + digit(place, of: entries[0].key)] == entries.count { continue }
            accumulate(&counts, in: range)
            scatter(entries, into: &other, by: place, starts: &counts)
            swap(&entries, &other)
        }
    }

    /// How often each value of each digit occurs, `[digit · 256 + value]`.
    private static func histogram(_ entries: [Entry]) -> [Int] {
        var counts = [Int](repeating: 0, count: digits << digitBits)
        counts.withUnsafeMutableBufferPointer { counts in
            for entry in entries {
                for place in 0..<digits { counts[place << digitBits + digit(place, of: entry.key)] &+= 1 }
            }
        }
        return counts
    }

    /// Turns counts into the place where each value's first entry goes.
    private static func accumulate(_ counts: inout [Int], in range: Range<Int>) {
        var start = 0
        for value in range { (counts[value], start) = (start, start + counts[value]) }
    }

    private static func scatter(_ source: [Entry], into target: inout [Entry], by place: Int, starts: inout [Int]) {
        target.withUnsafeMutableBufferPointer { target in
            starts.withUnsafeMutableBufferPointer { starts in
                for entry in source {
                    let slot = place << digitBits + digit(place, of: entry.key)
                    target[starts[slot]] = entry
                    starts[slot] &+= 1
                }
            }
        }
    }
}
