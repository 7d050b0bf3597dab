/// Sorts keys of 64 bits in time that grows with their number only.
enum RadixSort {
    /// The places of `keys` in ascending order; equal keys keep their order.
    ///
    /// The upper half of the bits that differ is sorted digit by digit; where it leaves ties, which are few and short
    /// unless the keys are crowded, the rest is settled by comparing.
    ///
    /// - Precondition: there are fewer than 2³² keys.
    static func order(_ keys: [UInt64]) -> [Int] {
        precondition(keys.count < 1 << 32, "too many rows to sort")
        guard let least = keys.min(), let greatest = keys.max(), least != greatest else { return Array(keys.indices) }
        let shift = (greatest - least).leadingZeroBitCount
        var packed = [UInt64](count: keys.count) { place in
            ((keys[place] - least) << UInt64(shift)) & 0xFFFF_FFFF_0000_0000 | UInt64(place)
        }
        sortUpperHalf(&packed)
        if shift < 32 { settle(&packed, keys) }
        return packed.map { Int($0 & 0xFFFF_FFFF) }
    }

    /// Three passes over digits of 11, 11 and 10 bits; a digit that is the same everywhere needs no pass.
    private static func sortUpperHalf(_ packed: inout [UInt64]) {
        var spare = [UInt64](unsafeUninitializedCapacity: packed.count) { $1 = packed.count }
        for (shift, bits) in [(32, 11), (43, 11), (54, 10)] as [(UInt64, UInt64)] {
            let isSorted = packed.withUnsafeBufferPointer { from in
                spare.withUnsafeMutableBufferPointer { to in pass(from, to, shift: shift, mask: 1 << bits - 1) }
            }
            if !isSorted { swap(&packed, &spare) }
        }
    }

    /// One stable counting pass; true, with nothing moved, when all digits are the same.
    private static func pass(
        _ from: UnsafeBufferPointer<UInt64>, _ to: UnsafeMutableBufferPointer<UInt64>, shift: UInt64, mask: UInt64
    ) -> Bool {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Int(mask) + 1) { starts in
            starts.initialize(repeating: 0)
            for key in from { starts[Int(key >> shift & mask)] += 1 }
            if starts[Int(from[0] >> shift & mask)] == from.count { return true }
            var total = 0
            for digit in starts.indices { (starts[digit], total) = (total, total + starts[digit]) }
            for key in from {
                let digit = Int(key >> shift & mask)
                to[starts[digit]] = key
                starts[digit] += 1
            }
            return false
        }
    }

    /// Puts runs with the same upper half in the order of their whole keys.
    private static func settle(_ packed: inout [UInt64], _ keys: [UInt64]) {
        packed.withUnsafeMutableBufferPointer { packed in
            keys.withUnsafeBufferPointer { keys in
                var start = 0
                while start < packed.count {
                    var end = start + 1
                    while end < packed.count, packed[end] >> 32 == packed[start] >> 32 { end += 1 }
                    if end - start > 1 { settle(UnsafeMutableBufferPointer(rebasing: packed[start..<end]), keys) }
                    start = end
                }
            }
        }
    }

    private static func settle(_ run: UnsafeMutableBufferPointer<UInt64>, _ keys: UnsafeBufferPointer<UInt64>) {
        func key(_ packed: UInt64) -> UInt64 { keys[Int(packed & 0xFFFF_FFFF)] }
        if run.count > 24 {
            // Places break ties, so that the order is stable.
            var run = run
            return run.sort { (key($0), $0) < (key($1), $1) }
        }
        for place in 1..<run.count {
            let moving = run[place]
            let movingKey = key(moving)
            var hole = place
            while hole > 0, key(run[hole - 1]) > movingKey {
                run[hole] = run[hole - 1]
                hole -= 1
            }
            run[hole] = moving
        }
    }
}
