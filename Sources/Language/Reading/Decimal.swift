/// Numbers from decimal digits.
enum Decimal {
    /// The int, nil where it does not fit; the text is one by ``CellText``.
    @inline(__always)
    static func int(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var digits = bytes
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        if digits.count > 18 { return Int(String(decoding: bytes, as: UTF8.self)) }
        var result = 0
        for digit in digits { result = result * 10 + Int(digit &- 48) }
        return isNegative ? -result : result
    }

    /// The nearest float; the text is a number by ``CellText``.
    ///
    /// Up to 15 digits and powers of ten up to 22 are exact as floats, so that one division rounds correctly
    /// (Clinger, "How to read floating point numbers accurately", PLDI 1990); the rest goes the long way.
    static func float(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Double {
        var mantissa = 0
        var digits = 0
        var decimals = 0
        var isBehindPoint = false
        for byte in bytes {
            if byte.isDigit {
                mantissa = mantissa &* 10 &+ Int(byte &- 48)
                digits += 1
                decimals += isBehindPoint ? 1 : 0
            } else if byte == UInt8(ascii: ".") {
                isBehindPoint = true
            } else if byte | 0x20 == UInt8(ascii: "e") {
                return long(bytes)
            }
        }
        guard digits <= 15, decimals <= 22 else { return long(bytes) }
        let size = Double(mantissa) / powers[decimals]
        return bytes.first == UInt8(ascii: "-") ? -size : size
    }

    private static func long(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Double {
        Double(String(decoding: bytes, as: UTF8.self)) ?? .nan
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
