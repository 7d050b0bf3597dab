/// Grouping by a hash table with open addresses, whose slots hold the numbers of groups.
enum HashGroups {
    /// Groups equal keys; the upper bits of `hash` should be well spread.
    @inline(__always)
    static func group<Key: Equatable>(_ keys: [Key], hash: (Key) -> UInt64) -> Grouping {
        let bits = max(4, Int.bitWidth - (2 * keys.count).leadingZeroBitCount)
        var slots = [UInt32](repeating: .max, count: 1 << bits)
        var groupKeys: [Key] = []
        var firstRows: [Int] = []
        let ids = slots.withUnsafeMutableBufferPointer { slots in
            keys.withUnsafeBufferPointer { keys in
                [Int](count: keys.count) { row in
                    let key = keys[row]
                    var slot = Int(hash(key) >> UInt64(64 - bits))
                    while slots[slot] != .max {
                        let group = Int(slots[slot])
                        if groupKeys[group] == key { return group }
                        slot = (slot + 1) & (slots.count - 1)
                    }
                    slots[slot] = UInt32(firstRows.count)
                    groupKeys.append(key)
                    firstRows.append(row)
                    return firstRows.count - 1
                }
            }
        }
        return Grouping(ids: ids, firstRows: firstRows)
    }

    /// Spreads the bits of a key over the whole number.
    @inline(__always)
    static func mix(_ key: UInt64) -> UInt64 {
        var key = key
        key ^= key >> 32
        key &*= 0x9E37_79B9_7F4A_7C15
        key ^= key >> 29
        return key &* 0xBF58_476D_1CE4_E5B9
    }
}

/// A string of at most 23 bytes as three numbers, the last byte of which is its length.
struct ShortText: Equatable {
    private let words: (UInt64, UInt64, UInt64)

    static let limit = 23

    /// Nil when one of the strings is longer.
    static func all(_ strings: [String]) -> [ShortText]? {
        guard strings.allSatisfy({ $0.utf8.count <= limit }) else { return nil }
        return strings.map(ShortText.init)
    }

    private init(_ string: String) {
        words = Text.bytes(string) { bytes in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 3) { words in
                words.initialize(repeating: 0)
                let raw = UnsafeMutableRawBufferPointer(words)
                raw.copyBytes(from: bytes)
                raw[ShortText.limit] = UInt8(bytes.count)
                return (words[0], words[1], words[2])
            }
        }
    }

    static func == (lhs: ShortText, rhs: ShortText) -> Bool { lhs.words == rhs.words }

    @inline(__always)
    var hash: UInt64 { HashGroups.mix(HashGroups.mix(HashGroups.mix(words.0) ^ words.1) ^ words.2) }
}
