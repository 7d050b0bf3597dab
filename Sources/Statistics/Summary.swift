/// The few numbers that describe a column.
public struct Summary: Sendable, Equatable {
    /// How many values are finite; the rest of this is about them.
    public let count: Int
    /// How many values are missing (NaN) or infinite.
    public let omitted: Int
    /// The arithmetic mean; nil of no values.
    public let mean: Double?
    /// The unbiased variance, Σ(x−x̄)²/(n−1); nil of fewer than two values.
    public let variance: Double?
    /// Minimum, lower quartile, median, upper quartile and maximum (type 7); nil of no values.
    public let quartiles: Quartiles?

    /// Five order statistics.
    public struct Quartiles: Sendable, Equatable {
        /// The smallest value.
        public let minimum: Double
        /// The value a quarter of the way up.
        public let lower: Double
        /// The middle value.
        public let median: Double
        /// The value three quarters of the way up.
        public let upper: Double
        /// The largest value.
        public let maximum: Double
    }

    /// The square root of the variance; nil of fewer than two values.
    public var deviation: Double? { variance?.squareRoot() }

    /// The standard error of the mean; nil of fewer than two values.
    public var standardError: Double? { variance.map { ($0 / Double(count)).squareRoot() } }

    /// Describes those values that are finite.
    public init(_ values: [Double]) {
        let finite = values.filter(\.isFinite)
        count = finite.count
        omitted = values.count - finite.count
        let mean = finite.isEmpty ? nil : Sums.mean(finite)
        self.mean = mean
        variance = mean.flatMap { mean in
            finite.count < 2
                ? nil : Sums.products(finite, finite, around: (mean, mean)).xx / Double(finite.count - 1)
        }
        quartiles = Quantiles(finite).map {
            Quartiles(minimum: $0[0], lower: $0[0.25], median: $0[0.5], upper: $0[0.75], maximum: $0[1])
        }
    }
}
