import Glibc

/// Whether values of one sample tend to be larger than those of another.
///
/// H. B. Mann and D. R. Whitney: On a Test of Whether One of Two Random Variables is Stochastically Larger than the
/// Other. Annals of Mathematical Statistics 18(1), 1947. The p-value is that of the normal approximation, with the
/// variance corrected for ties and a correction for continuity, as in SciPy's `mannwhitneyu(method="asymptotic")`.
public struct RankSum: Sendable {
    /// In how many pairs the value of the first sample is larger, ties counting half.
    public let statistic: Double
    /// How likely a statistic at least as far from its mean is where both samples are alike; two-sided, 1 where all
    /// values are equal or a sample is empty.
    public let pValue: Double

    /// Compares two samples; NaN counts as larger than all numbers.
    public init(_ first: [Double], _ second: [Double]) {
        let ranks = Ranks(first + second)
        let (n, m) = (Double(first.count), Double(second.count))
        statistic = ranks.average.prefix(first.count).reduce(0, +) - n * (n + 1) / 2
        let ties = ranks.sizes.reduce(0.0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
        let total = n + m
        let variance = n * m / 12 * (total + 1 - ties / max(1, total * (total - 1)))
        guard variance > 0 else {
            pValue = 1
            return
        }
        let distance = max(0, (statistic - n * m / 2).magnitude - 0.5)
        pValue = min(1, erfc(distance / (2 * variance).squareRoot()))
    }
}
