internal import Glibc

/// The numbers of a table's column with their decimal points below each other.
enum NumeralColumn {
    /// One text a number, all with the same digits after the point.
    ///
    /// There are as many as the greatest number needs for four significant digits and the least for two, less the zeros
    /// that all end in. Where that would take more than seven, each number stands for itself.
    static func texts(_ numbers: [Double]) -> [String] {
        let sizes = numbers.map(\.magnitude).filter { $0 > 0 }
        guard let greatest = sizes.max(), let least = sizes.min() else { return numbers.map { _ in "0" } }
        let decimals = max(Numerals.decimals(greatest), Numerals.decimals(least) - 2)
        guard decimals <= 7, greatest < 1e15 else { return numbers.map(Numerals.rounded) }
        return trimmed(numbers.map { Numerals.fixed($0, decimals: decimals) })
    }

    /// Without the zeros that all texts end in.
    private static func trimmed(_ texts: [String]) -> [String] {
        guard texts.allSatisfy({ $0.contains(".") }) else { return texts }
        let surplus = texts.map { $0.count - Numerals.withoutTrailingZeros($0).count }.min() ?? 0
        return texts.map { text in
            let shorter = text.dropLast(surplus)
            return String(shorter.hasSuffix(".") ? shorter.dropLast() : shorter)
        }
    }
}
