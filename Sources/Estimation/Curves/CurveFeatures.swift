import Glibc

/// What a few numbers say of the part of a curve that was seen, on the oriented scale.
struct CurveFeatures {
    /// How many there are.
    static let count = 6
    /// The mean of the newest fifth.
    let level: Double
    /// Level; what the last point, the curve's middle and its first quarter lie below or above it; how far the best
    /// point does; the logarithm of the noise.
    let values: [Double]

    init(_ y: [Double]) {
        let n = y.count
        let recent = max(1, Int((Double(n) * 0.2).rounded()))
        let level = Self.mean(y[(n - recent)...])
        let middle = max(1, n / 2)
        let halfway = Self.mean(y[max(0, middle - recent)..<middle])
        let early = Self.mean(y[..<max(1, n / 4)])
        let steps = zip(y, y.dropFirst()).map { $1 - $0 }.suffix(4 * recent + 1)
        self.level = level
        values = [
            level, y[n - 1] - level, level - halfway, level - early, (y.max() ?? level) - level,
            log(Self.deviation(steps) + 1e-3),
        ]
    }

    private static func mean(_ values: ArraySlice<Double>) -> Double { values.reduce(0, +) / Double(values.count) }

    private static func deviation(_ values: ArraySlice<Double>) -> Double {
        guard values.count > 1 else { return 0 }
        let centre = mean(values)
        return (values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(values.count)).squareRoot()
    }
}
