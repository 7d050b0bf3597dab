internal import Glibc

/// Strings as the language compares them: by code point, not by what looks alike.
///
/// The order of code points is the order of the UTF-8 bytes.
enum Text {
    /// Whether both are the same code points.
    @inline(__always)
    static func areEqual(_ lhs: String, _ rhs: String) -> Bool {
        let left = lhs.utf8
        let right = rhs.utf8
        guard left.count == right.count else { return false }
        return compare(lhs, rhs) == 0
    }

    /// Negative when `lhs` comes first, zero when they are equal.
    static func compare(_ lhs: String, _ rhs: String) -> Int {
        bytes(lhs) { left in
            bytes(rhs) { right in
                let shared = min(left.count, right.count)
                let order = shared == 0 ? 0 : Int(memcmp(left.baseAddress!, right.baseAddress!, shared))
                return order != 0 ? order : left.count - right.count
            }
        }
    }

    /// Whether `part` is a stretch of `string`.
    static func contains(_ string: String, _ part: String) -> Bool {
        bytes(string) { string in
            bytes(part) { part in
                guard let first = part.first else { return true }
                guard string.count >= part.count else { return false }
                return (0...(string.count - part.count)).contains { start in
                    string[start] == first && memcmp(string.baseAddress! + start, part.baseAddress!, part.count) == 0
                }
            }
        }
    }

    /// Lends the UTF-8 bytes of `string`.
    @inline(__always)
    static func bytes<Result>(_ string: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = string.utf8.withContiguousStorageIfAvailable(body) { return result }
        return Array(string.utf8).withUnsafeBufferPointer(body)
    }
}

/// A string that hashes and compares by code point.
struct TextKey: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (lhs: TextKey, rhs: TextKey) -> Bool { Text.areEqual(lhs.text, rhs.text) }

    func hash(into hasher: inout Hasher) {
        Text.bytes(text) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(text.utf8.count)
    }
}
