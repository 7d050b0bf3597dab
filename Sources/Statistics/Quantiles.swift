/// The quantiles of a sample.
///
/// R. J. Hyndman and Y. Fan: Sample Quantiles in Statistical Packages. The American Statistician 50(4), 1996,
/// definition 7, which is the default of R and NumPy: linear between the order statistics at (n − 1)·p.
public struct Quantiles: Sendable {
    private let sorted: [Double]

    /// The quantiles of those values that are finite; nil if there are none.
    public init?(_ values: [Double]) {
        let finite = values.filter(\.isFinite)
        guard !finite.isEmpty else { return nil }
        sorted = Order.ascending(finite).map { finite[Int($0)] }
    }

    /// The quantile at a probability, which is held to 0 ... 1.
    public subscript(probability: Double) -> Double {
        let place = Double(sorted.count - 1) * max(0, min(1, probability))
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        let share = place - Double(below)
        return sorted[below] * (1 - share) + sorted[above] * share
    }

    /// The middle value.
    public var median: Double { self[0.5] }
}
