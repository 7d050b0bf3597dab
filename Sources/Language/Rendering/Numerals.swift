internal import Glibc

/// Numbers as text, for people and for programs.
public enum Numerals {
    /// The shortest decimal that reads back as the same number, without a needless ".0": `5`, `0.1`, `1e+20`.
    public static func plain(_ number: Double) -> String {
        if number == 0 { return "0" }
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Four significant digits, and no digit before the point dropped: `0.3`, `94.37`, `12346`.
    ///
    /// Below 0.0001 and from 10¹⁵ on with a power of ten, `1.235e-5`. Nothing separates thousands, so that what is
    /// printed can be typed again.
    public static func rounded(_ number: Double) -> String {
        let size = number.magnitude
        guard size.isFinite, size != 0 else { return number.isFinite ? "0" : "none" }
        if size < 1e-4 || size >= 1e15 { return scientific(number) }
        return withoutTrailingZeros(fixed(number, decimals: decimals(size)))
    }

    /// `decimals` digits after the point, and no minus before a zero.
    static func fixed(_ number: Double, decimals: Int) -> String {
        let text = formatted("%.\(decimals)f", number)
        return text.hasPrefix("-") && text.allSatisfy({ "-0.".contains($0) }) ? String(text.dropFirst()) : text
    }

    /// How many digits after the point show four significant ones.
    static func decimals(_ size: Double) -> Int { max(0, 3 - Int(log10(size).rounded(.down))) }

    static func withoutTrailingZeros(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = Substring(text)
        while text.hasSuffix("0") { text.removeLast() }
        return String(text.hasSuffix(".") ? text.dropLast() : text)
    }

    private static func scientific(_ number: Double) -> String {
        let parts = formatted("%.3e", number).split(separator: "e")
        return "\(withoutTrailingZeros(String(parts[0])))e\(Int(parts[1]) ?? 0)"
    }

    private static func formatted(_ format: String, _ number: Double) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
            let length = withVaList([number]) { vsnprintf(buffer.baseAddress, buffer.count, format, $0) }
            // The decimal point of the user's locale may be a comma.
            let bytes = buffer.prefix(Int(length)).map { $0 == 44 ? 46 : UInt8(bitPattern: $0) }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
