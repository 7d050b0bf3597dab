import Glibc
import Statistics

/// What a model learns instead of the values themselves.
enum SurrogateTargets {
    /// −ln of how far each value lies below the best, as a share of the median's distance, with 0.2 added: differences
    /// near the top, which a search is about, count more than those at the bottom. Of mean 0 and variance 1; it does
    /// not depend on the values' unit or origin.
    static func nearness(_ values: [Double]) -> [Double] {
        guard let quantiles = Quantiles(values), let best = values.max() else { return [] }
        let gap = best - quantiles.median
        let scale = gap > 0 ? gap : best - (values.min() ?? best)
        return standardised(values.map { scale > 0 ? -log((best - $0) / scale + 0.2) : 0 })
    }

    /// Values less their mean, over their standard deviation; 0 where all are equal.
    static func standardised(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count))
        return values.map { square > 0 ? ($0 - mean) / square.squareRoot() : 0 }
    }
}
