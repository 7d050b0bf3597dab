/// The order of many strings by code point.
struct TextOrder {
    /// The rank of each string among the different ones.
    private(set) var ranks: [UInt64]
    private var next: UInt64 = 0
    /// From which depth on strings are compared, lest long ones that agree pile up calls.
    private let deepest: Int

    /// Ranks strings by eight bytes at a time, from behind what all of them begin with.
    init(_ strings: [String]) {
        ranks = [UInt64](repeating: 0, count: strings.count)
        let shared = strings.withUnsafeBufferPointer(TextOrder.sharedPrefix)
        deepest = shared + 1024
        strings.withUnsafeBufferPointer { rank(Array($0.indices), $0, from: shared) }
    }

    /// Gives the strings at `places`, which agree in their first `depth` bytes, the next ranks.
    private mutating func rank(_ places: [Int], _ strings: UnsafeBufferPointer<String>, from depth: Int) {
        if places.count < 24 || depth > deepest { return rankFew(places, strings) }
        let keys = places.map { TextOrder.window(strings[$0], from: depth) }
        let order = RadixSort.order(keys)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, keys[order[end]] == keys[order[start]] { end += 1 }
            if end - start == 1 {
                ranks[places[order[start]]] = next
                next += 1
            } else {
                rankRun(order[start..<end].map { places[$0] }, strings, behind: depth + 8)
            }
            start = end
        }
    }

    /// Ranks strings that agree in their first `depth` bytes, where a string that has ended counts as zeros.
    private mutating func rankRun(_ run: [Int], _ strings: UnsafeBufferPointer<String>, behind depth: Int) {
        let first = strings[run[0]].utf8.count
        if first <= depth, run.allSatisfy({ strings[$0].utf8.count == first }) {
            for place in run { ranks[place] = next }
            next += 1
        } else if run.contains(where: { strings[$0].utf8.count <= depth }) {
            // Zero bytes at the end look like no bytes there.
            rankFew(run, strings)
        } else {
            rank(run, strings, from: depth)
        }
    }

    private mutating func rankFew(_ places: [Int], _ strings: UnsafeBufferPointer<String>) {
        let sorted = places.sorted { Text.compare(strings[$0], strings[$1]) < 0 }
        for (index, place) in sorted.enumerated() {
            if index > 0, !Text.areEqual(strings[sorted[index - 1]], strings[place]) { next += 1 }
            ranks[place] = next
        }
        next += 1
    }

    /// Eight bytes from `depth` on as a number, the first byte uppermost.
    @inline(__always)
    private static func window(_ string: String, from depth: Int) -> UInt64 {
        Text.bytes(string) { bytes in
            if depth + 8 <= bytes.count {
                return UInt64(
                    bigEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: depth, as: UInt64.self))
            }
            var window: UInt64 = 0
            for place in depth..<(depth + 8) { window = window << 8 | (place < bytes.count ? UInt64(bytes[place]) : 0) }
            return window
        }
    }

    /// How many bytes all strings have in common at their beginnings.
    private static func sharedPrefix(_ strings: UnsafeBufferPointer<String>) -> Int {
        guard let first = strings.first else { return 0 }
        let model = Array(first.utf8)
        return strings.reduce(model.count) { shared, string in
            Text.bytes(string) { bytes in
                var count = 0
                while count < min(shared, bytes.count), bytes[count] == model[count] { count += 1 }
                return count
            }
        }
    }
}
