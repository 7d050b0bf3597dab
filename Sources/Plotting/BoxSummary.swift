/// The numbers of a box plot after J. Tukey, "Exploratory Data Analysis", 1977.
struct BoxSummary {
    /// The ends of the whiskers: the lowest and highest value within 1.5 times the box's height from the box.
    let whiskers: ClosedRange<Double>
    /// The lower and upper quartile.
    let quartiles: ClosedRange<Double>
    /// The middle value.
    let median: Double
    /// The values beyond the whiskers.
    let outliers: [Double]

    /// Summarises values that are all finite; nil where there are none.
    init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        quartiles = sorted.quantile(0.25)...sorted.quantile(0.75)
        median = sorted.quantile(0.5)
        let reach = 1.5 * (quartiles.upperBound - quartiles.lowerBound)
        let fence = (quartiles.lowerBound - reach)...(quartiles.upperBound + reach)
        let inside = sorted.filter(fence.contains)
        outliers = sorted.filter { !fence.contains($0) }
        whiskers = (inside.first ?? median)...(inside.last ?? median)
    }
}
