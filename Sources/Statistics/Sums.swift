/// Sums of many numbers, in eight lanes: faster than one, and the rounding of each lane grows with an eighth as many
/// terms.
enum Sums {
    private typealias Lanes = SIMD8<Double>

    /// The sum of a term for each index in 0 ..< count.
    @inline(__always)
    private static func over(_ count: Int, _ term: (Int) -> Double) -> Double {
        var lanes = Lanes.zero
        let whole = count & ~7
        for start in stride(from: 0, to: whole, by: 8) {
            for lane in 0..<8 { lanes[lane] += term(start &+ lane) }
        }
        for index in whole..<count { lanes[index & 7] += term(index) }
        return lanes.sum()
    }

    /// The arithmetic mean of finite values; NaN of none. The second pass takes back what the first one rounded away.
    static func mean(_ values: [Double]) -> Double {
        values.withUnsafeBufferPointer { values in
            let count = Double(values.count)
            let first = over(values.count) { values[$0] } / count
            guard first.isFinite else { return halvedMean(values) }
            return first + over(values.count) { values[$0] - first } / count
        }
    }

    /// The mean of values whose sum overflows.
    private static func halvedMean(_ values: UnsafeBufferPointer<Double>) -> Double {
        over(values.count) { values[$0] / Double(values.count) }
    }

    /// The values over the power of two of their range, moved to start at zero.
    static func scaled(_ values: [Double]) -> [Double] {
        guard let low = values.min(), let high = values.max() else { return values }
        let unit = (high / 2 - low / 2).binade
        return values.map { ($0 / 2 - low / 2) / unit }
    }

    /// Σ(x−x̄)², Σ(x−x̄)(y−ȳ) and Σ(y−ȳ)².
    static func products(
        _ x: [Double], _ y: [Double], around centre: (x: Double, y: Double)
    ) -> (xx: Double, xy: Double, yy: Double) {
        x.withUnsafeBufferPointer { x in
            y.withUnsafeBufferPointer { y in
                (
                    over(x.count) { (x[$0] - centre.x) * (x[$0] - centre.x) },
                    over(x.count) { (x[$0] - centre.x) * (y[$0] - centre.y) },
                    over(x.count) { (y[$0] - centre.y) * (y[$0] - centre.y) }
                )
            }
        }
    }
}
