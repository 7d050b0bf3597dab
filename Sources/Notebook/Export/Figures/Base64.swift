/// Bytes as text of 64 characters (RFC 4648, section 4).
enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Four characters for three bytes, filled up with `=`.
    static func text(_ bytes: [UInt8]) -> String {
        let count = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: count) { text in
            digits.withUnsafeBufferPointer { digits in
                bytes.withUnsafeBufferPointer { fill(text, from: $0, digits) }
            }
            return count
        }
    }

    private static func fill(
        _ text: UnsafeMutableBufferPointer<UInt8>, from bytes: UnsafeBufferPointer<UInt8>,
        _ digits: UnsafeBufferPointer<UInt8>
    ) {
        for group in 0..<(bytes.count + 2) / 3 {
            let start = group * 3
            let present = min(3, bytes.count - start)
            let second = present > 1 ? Int(bytes[start + 1]) : 0
            let third = present > 2 ? Int(bytes[start + 2]) : 0
            let bits = Int(bytes[start]) << 16 | second << 8 | third
            text[group * 4] = digits[bits >> 18]
            text[group * 4 + 1] = digits[bits >> 12 & 63]
            text[group * 4 + 2] = present > 1 ? digits[bits >> 6 & 63] : UInt8(ascii: "=")
            text[group * 4 + 3] = present > 2 ? digits[bits & 63] : UInt8(ascii: "=")
        }
    }
}
