import Glibc

extension Series {
    /// Bars that count `values` in bins of equal width.
    ///
    /// - Parameters:
    ///   - values: any numbers; those that are not finite are left out.
    ///   - bins: how many bins; nil takes the rule of D. Freedman and P. Diaconis, "On the histogram as a density
    ///     estimator", 1981: a width of 2·IQR·n^(−1/3), between 1 and 200 bins.
    ///   - range: the first bin's lower and the last bin's upper edge; nil takes them from the values.
    ///   - name: the legend's text.
    /// - Returns: bars at the middles of the bins; no bars where no value is finite.
    public static func histogram(
        _ values: [Double], bins: Int? = nil, range: ClosedRange<Double>? = nil, name: String? = nil
    ) -> Series {
        let sorted = values.filter { $0.isPlottable && (range?.contains($0) ?? true) }.sorted()
        guard let first = sorted.first, let last = sorted.last else { return Series(.bars, x: [], name: name) }
        var low = range?.lowerBound ?? first
        var span = (range?.upperBound ?? last) - low
        if span <= abs(low) * 1e-12 {
            span = max(1, abs(low) * 1e-3)
            low -= span / 2
        }
        let count = max(1, bins ?? freedmanDiaconis(sorted, span: span))
        var counts = [Double](repeating: 0, count: count)
        for value in sorted {
            counts[min(count - 1, max(0, Int((value - low) / span * Double(count))))] += 1
        }
        let width = span / Double(count)
        let middles = (0..<count).map { low + (Double($0) + 0.5) * width }
        return Series(.bars, x: .numbers(middles), y: .numbers(counts), name: name, barWidth: width)
    }

    private static func freedmanDiaconis(_ sorted: [Double], span: Double) -> Int {
        let spread = sorted.quantile(0.75) - sorted.quantile(0.25)
        let width = 2 * spread / cbrt(Double(sorted.count))
        guard width > 0 else { return sorted.count == 1 ? 1 : 30 }
        return Int(min(200, max(1, (span / width).rounded(.up))))
    }
}

extension [Double] {
    /// The quantile of sorted values by linear interpolation (type 7 of R. Hyndman and Y. Fan, "Sample quantiles in
    /// statistical packages", 1996); `fraction` lies in 0…1 and the array is not empty.
    func quantile(_ fraction: Double) -> Double {
        let position = fraction * Double(count - 1)
        let index = Int(position)
        guard index + 1 < count else { return self[count - 1] }
        return self[index] + (self[index + 1] - self[index]) * (position - Double(index))
    }
}

extension Double {
    /// Whether the value has a place in a picture: finite, and small enough to compute with.
    var isPlottable: Bool { abs(self) <= 1e300 }
}
