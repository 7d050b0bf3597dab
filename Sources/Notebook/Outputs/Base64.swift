/// Bytes as text of 64 letters (RFC 4648, section 4): how pictures stand in JSON and in `data:` addresses.
public enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The bytes in one line, filled up with `=` to a multiple of four letters.
    public static func text(_ bytes: [UInt8]) -> String {
        let length = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: length) { text in
            var place = 0
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let group = bytes[start..<min(start + 3, bytes.count)]
                let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
                for letter in 0..<4 {
                    let isFilling = letter > group.count
                    text[place + letter] = isFilling ? UInt8(ascii: "=") : letters[bits >> (18 - 6 * letter) & 63]
                }
                place += 4
            }
            return length
        }
    }
}
