/// The order of many strings by code point.
enum TextOrder {
    /// The rank of each string among the different ones.
    static func ranks(_ strings: [String]) -> [UInt64] {
        let groups = Grouping(strings)
        let distinct = strings.gather(groups.firstRows)
        var ranks = [UInt64](repeating: 0, count: distinct.count)
        for (rank, place) in order(distinct).enumerated() { ranks[place] = UInt64(rank) }
        return groups.ids.map { ranks[$0] }
    }

    /// The places of strings that all differ, in order: by their first eight bytes, and by comparing where those agree.
    private static func order(_ strings: [String]) -> [Int] {
        let prefixes = strings.map(prefix)
        var order = RadixSort.order(prefixes)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, prefixes[order[end]] == prefixes[order[start]] { end += 1 }
            if end - start > 1 { order[start..<end].sort { Text.compare(strings[$0], strings[$1]) < 0 } }
            start = end
        }
        return order
    }

    /// The first eight bytes as a number, the first byte uppermost.
    private static func prefix(_ string: String) -> UInt64 {
        Text.bytes(string) { bytes in
            var prefix: UInt64 = 0
            for place in 0..<8 { prefix = prefix << 8 | (place < bytes.count ? UInt64(bytes[place]) : 0) }
            return prefix
        }
    }
}
