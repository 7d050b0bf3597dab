/// Where a stream of random numbers starts: a root number, from which every cell and call derives its own.
///
/// `root.derived("cell", 3, "sample")` is the same on every machine and unrelated to `root.derived("cell", 4, "sample")`,
/// so that adding a call in one place does not change the numbers drawn in another.
public struct Seed: Hashable, Sendable, CustomStringConvertible {
    /// The number that stands for the seed.
    public let value: UInt64

    /// The seed with this number.
    public init(_ value: UInt64) { self.value = value }

    /// The number, in decimal.
    public var description: String { String(value) }

    /// One part of the name under which a seed is derived.
    public enum Label: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        /// A word, such as a command's name.
        case text(String)
        /// A number, such as that of a cell.
        case number(Int)

        /// The label of a word.
        public init(stringLiteral value: String) { self = .text(value) }

        /// The label of a number.
        public init(integerLiteral value: Int) { self = .number(value) }
    }

    /// The seed of the place named by labels, in this order.
    public func derived(_ labels: Label...) -> Seed { derived(labels) }

    /// The seed of the place named by labels, in this order.
    public func derived(_ labels: [Label]) -> Seed {
        Seed(labels.reduce(value) { Self.absorb($1, into: $0) })
    }

    /// Mixes a label in; its kind and length come first, so that ("ab", "c") and ("a", "bc") differ.
    private static func absorb(_ label: Label, into state: UInt64) -> UInt64 {
        switch label {
        case .number(let number):
            return absorb(UInt64(bitPattern: Int64(number)), into: absorb(UInt64.max, into: state))
        case .text(let text):
            let bytes = Array(text.utf8)
            let start = absorb(UInt64(bytes.count), into: state)
            return stride(from: 0, to: bytes.count, by: 8).reduce(start) { state, offset in
                absorb(word(bytes[offset..<min(offset + 8, bytes.count)]), into: state)
            }
        }
    }

    private static func absorb(_ word: UInt64, into state: UInt64) -> UInt64 {
        SplitMix64.mix((state ^ word) &+ SplitMix64.golden)
    }

    /// Up to eight bytes as one number, the first byte lowest.
    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
