/// FNV-1a of 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): tells values apart, and is the same in every process,
/// which Swift's own hash values are not.
struct StableHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Goes on with the text's UTF-8, and an end.
    mutating func absorb(_ text: String) {
        for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = (state ^ 0xFF) &* 0x100_0000_01B3
    }

    /// Goes on with the numbers' bits.
    mutating func absorb(_ numbers: [Double]) {
        for number in numbers {
            var bits = number.bitPattern
            for _ in 0..<8 {
                state = (state ^ (bits & 0xFF)) &* 0x100_0000_01B3
                bits >>= 8
            }
        }
    }

    /// The hash of all that was absorbed, in hexadecimal.
    var text: String { String(state, radix: 16) }
}
