/// The project's generator of random numbers: xoshiro256++ 1.0, period 2²⁵⁶ − 1.
///
/// Nothing in it depends on the version of Swift or on the machine, so a seed written in a paper stays good.
/// The four words of state come from SplitMix64, as its authors advise, so that seeds 0, 1, 2, … are unrelated.
///
/// D. Blackman and S. Vigna: Scrambled Linear Pseudorandom Number Generators. ACM Transactions on Mathematical
/// Software 47(4), 2021. https://prng.di.unimi.it/xoshiro256plusplus.c
@frozen
public struct Random: RandomNumberGenerator, Sendable {
    /// The four words of state; never all zero.
    @usableFromInline var state: (UInt64, UInt64, UInt64, UInt64)

    /// The stream that belongs to a seed.
    public init(_ seed: Seed) {
        var mixer = SplitMix64(state: seed.value)
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// The stream that belongs to the seed with this number.
    public init(seed: UInt64) { self.init(Seed(seed)) }

    /// The stream that goes on from a given state, which must not be all zero; for the published test vectors.
    init(state: (UInt64, UInt64, UInt64, UInt64)) { self.state = state }

    /// The next 64 random bits.
    @inlinable
    public mutating func next() -> UInt64 {
        let sum = state.0 &+ state.3
        let result = (sum << 23 | sum >> 41) &+ state.0
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3 << 45 | state.3 >> 19
        return result
    }

    /// A new stream whose seed is this stream's next number.
    public mutating func split() -> Random { Random(seed: next()) }
}

/// SplitMix64: turns any 64-bit number into well mixed ones.
///
/// G. L. Steele Jr., D. Lea and C. H. Flood: Fast Splittable Pseudorandom Number Generators. OOPSLA 2014.
struct SplitMix64: RandomNumberGenerator {
    /// The odd number nearest to 2⁶⁴ divided by the golden ratio.
    static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= Self.golden
        return Self.mix(state)
    }

    /// A one-to-one mixing of all 64 bits (variant 13 of D. Stafford's finalisers).
    static func mix(_ word: UInt64) -> UInt64 {
        var word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
