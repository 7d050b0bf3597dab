/// XXH64, a fast hash of 64 bits with seed 0: it tells files apart and finds damage, and resists no forger.
///
/// Y. Collet: xxHash fast digest algorithm, specification 0.2.0, section "XXH64 algorithm description".
/// https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
/// Each call of `absorb` is hashed by itself, from the hash so far as its seed.
struct Fingerprint {
    private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
        0x27D4_EB2F_1656_67C5
    )

    /// The hash of all that was absorbed.
    private(set) var value: UInt64 = 0

    /// The hash as 16 hexadecimal digits.
    var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Goes on with the hash of `bytes`.
    mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
        let (p1, p2, p3, p4, p5) = Self.primes
        var place = 0
        var hash = value &+ p5
        if bytes.count >= 32 { hash = Self.stripes(bytes, value, &place) }
        hash &+= UInt64(bytes.count)
        while place + 8 <= bytes.count {
            hash = Self.rotate(hash ^ Self.round(0, Self.word(bytes, place)), 27) &* p1 &+ p4
            place += 8
        }
        if place + 4 <= bytes.count {
            let word = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
            hash = Self.rotate(hash ^ (word &* p1), 23) &* p2 &+ p3
            place += 4
        }
        for byte in bytes[place...] { hash = Self.rotate(hash ^ (UInt64(byte) &* p5), 11) &* p1 }
        value = Self.avalanche(hash)
    }

    /// Steps 1 to 3: four accumulators over stripes of 32 bytes.
    private static func stripes(_ bytes: UnsafeRawBufferPointer, _ seed: UInt64, _ place: inout Int) -> UInt64 {
        let (p1, p2, _, p4, _) = primes
        var (a, b, c, d) = (seed &+ p1 &+ p2, seed &+ p2, seed, seed &- p1)
        while place + 32 <= bytes.count {
            a = round(a, word(bytes, place))
            b = round(b, word(bytes, place + 8))
            c = round(c, word(bytes, place + 16))
            d = round(d, word(bytes, place + 24))
            place += 32
        }
        var hash = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
        for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* p1 &+ p4 }
        return hash
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotate(lane &+ word &* primes.1, 31) &* primes.0
    }

    private static func avalanche(_ hash: UInt64) -> UInt64 {
        var hash = (hash ^ (hash >> 33)) &* primes.1
        hash = (hash ^ (hash >> 29)) &* primes.2
        return hash ^ (hash >> 32)
    }

    @inline(__always)
    private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
