import Glibc

/// A mark on an axis with its text; minor ones have none.
struct Tick: Hashable {
    let position: Double
    let label: String?
}

extension Tick {
    /// Round numbers that divide `range` into at most about `count` parts, steps of 1, 2 or 5 times a power of ten
    /// (P. Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990).
    static func linear(in range: Extent, count: Int, suffix: String) -> [Tick] {
        let step = niceStep((range.high - range.low) / Double(max(1, count)))
        let first = (range.low / step - 1e-9).rounded(.up)
        let last = (range.high / step + 1e-9).rounded(.down)
        guard first.isFinite, last.isFinite, last >= first, last - first < 1000 else { return [] }
        let positions = (0...Int(last - first)).map { (first + Double($0)) * step }
        return zip(positions, labels(positions, step: step)).map { Tick(position: $0, label: $1 + suffix) }
    }

    private static func niceStep(_ raw: Double) -> Double {
        let power = pow(10, floor(log10(raw)))
        let lead = raw / power
        return power * (lead <= 1.000001 ? 1 : lead <= 2.000001 ? 2 : lead <= 5.000001 ? 5 : 10)
    }

    /// Powers of ten with minor ticks between, or 1-2-5 steps over less than about two decades, or round numbers
    /// over less than one.
    static func logarithmic(in range: Extent, count: Int, suffix: String) -> [Tick] {
        let (low, high) = (log10(range.low), log10(range.high))
        if high - low < 0.8 { return linear(in: range, count: count, suffix: suffix) }
        let decades = Int(floor(low))...Int(floor(high))
        let stride = max(1, Int((Double(decades.count) / Double(max(2, count))).rounded(.up)))
        let labelled: [Double] = high - low < 2.2 && count >= 4 ? [1, 2, 5] : [1]
        return decades.flatMap { decade in
            (1...9).compactMap { digit in
                let position = Double(digit) * pow(10, Double(decade))
                guard position >= range.low * 0.999999, position <= range.high * 1.000001 else { return nil }
                let isMajor = labelled.contains(Double(digit)) && decade % stride == 0
                if !isMajor && stride > 1 { return nil }
                return Tick(position: position, label: isMajor ? compact(position) + suffix : nil)
            }
        }
    }
}

extension Tick {
    private static let prefixes = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]

    /// The labels of evenly spaced numbers, all with the same decimals and prefix.
    private static func labels(_ positions: [Double], step: Double) -> [String] {
        let largest = positions.map(abs).max() ?? 0
        var (divisor, suffix) = (1.0, "")
        if largest >= 1e15 || largest < 1e-3 && largest > 0 {
            let exponent = Int(floor(log10(largest)))
            (divisor, suffix) = (pow(10, Double(exponent)), "e\(exponent)")
        } else if largest >= 1e4, let prefix = prefixes.first(where: { largest >= $0.0 && step >= $0.0 / 1000 }) {
            (divisor, suffix) = prefix
        }
        let decimals = max(0, -Int(floor(log10(step / divisor) + 1e-9)))
        return positions.map { abs($0) < step / 2 ? "0" : fixed($0 / divisor, decimals: min(15, decimals)) + suffix }
    }

    /// One number on its own, short: 0.01, 5, 200, 20k, 1M, 1e-6.
    static func compact(_ value: Double) -> String {
        if value == 0 { return "0" }
        let size = abs(value)
        let exponent = Int(floor(log10(size) + 1e-12))
        if size >= 1e15 || size < 0.9999e-4 {
            return "\(trimmed(fixed(value / pow(10, Double(exponent)), decimals: 3)))e\(exponent)"
        }
        let prefix = size >= 1e4 ? prefixes.first { size >= $0.0 * 0.999999 } : nil
        let scaled = value / (prefix?.0 ?? 1)
        let digits = 4 - Int(floor(log10(abs(scaled)) + 1e-12)) - 1
        return trimmed(fixed(scaled, decimals: max(0, digits))) + (prefix?.1 ?? "")
    }

    /// A number with a fixed count of decimals.
    private static func fixed(_ value: Double, decimals: Int) -> String {
        let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
        guard scaled < 9e18 else { return "\(value)" }
        var digits = String(Int(scaled))
        if decimals > 0 {
            digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
        }
        return (value < 0 && scaled > 0 ? "−" : "") + digits
    }

    /// Without the zeros at the end of a decimal fraction.
    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        let end = text.lastIndex { $0 != "0" } ?? text.startIndex
        return String(text[end] == "." ? text[..<end] : text[...end])
    }
}
