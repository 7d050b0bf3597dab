/// How strongly two columns of numbers go together, with the chance of so strong a result between unrelated ones.
public struct Correlation: Sendable, Equatable {
    /// A coefficient of correlation.
    public enum Method: String, CaseIterable, Sendable {
        /// Pearson's r: how nearly the points lie on a straight line.
        case pearson
        /// Spearman's ρ: Pearson's r of the average ranks.
        case spearman
        /// Kendall's τ-b: concordant less discordant pairs, over the geometric mean of the pairs untied on each side.
        case kendall
    }

    /// Which coefficient this is.
    public let method: Method

    /// The coefficient, in −1 ... 1; nil with fewer than two pairs or where one side is constant.
    public let coefficient: Double?

    /// The two-sided probability, in 0 ... 1, of a coefficient at least as far from zero between independent columns;
    /// nil where there is no coefficient.
    ///
    /// Pearson and Spearman: Student's t of r·√((n−2)/(1−r²)) with n − 2 degrees of freedom. Kendall: exact where no
    /// side has ties and n ≤ 33 (or at most one pair is out of order), else normal with the variance under ties.
    /// M. Kendall: Rank Correlation Methods, 4th edition, 1970, chapters 4 and 5.
    public let pValue: Double?

    /// How many pairs were used.
    public let count: Int

    /// How many pairs were left out because a side is missing (NaN) or infinite.
    public let omitted: Int

    /// Correlates two columns of equal length, leaving out pairs in which either side is not finite.
    /// - Throws: `StatisticsError.unequalLengths` where the lengths differ.
    public init(_ method: Method, _ x: [Double], _ y: [Double]) throws(StatisticsError) {
        let pairs = try FinitePairs(x, y)
        self.init(method, pairs)
    }

    init(_ method: Method, _ pairs: FinitePairs) {
        let result = Self.coefficient(method, pairs)
        self.init(method: method, coefficient: result?.coefficient, pValue: result?.pValue, pairs: pairs)
    }

    private init(method: Method, coefficient: Double?, pValue: Double?, pairs: FinitePairs) {
        self.method = method
        self.coefficient = coefficient
        self.pValue = pValue
        count = pairs.count
        omitted = pairs.omitted
    }

    private static func coefficient(_ method: Method, _ pairs: FinitePairs) -> (coefficient: Double, pValue: Double)? {
        switch method {
        case .pearson:
            return linear(pearson(pairs.x, pairs.y), count: pairs.count)
        case .spearman:
            return linear(spearman(Ranks(pairs.x), Ranks(pairs.y)), count: pairs.count)
        case .kendall:
            let concordance = Concordance(Ranks(pairs.x), Ranks(pairs.y))
            return concordance.coefficient.map { ($0, concordance.pValue) }
        }
    }

    private static func linear(_ coefficient: Double?, count: Int) -> (coefficient: Double, pValue: Double)? {
        coefficient.map { ($0, Tail.linear(correlation: $0, count: count)) }
    }

    /// Pearson's r, from the deviations from the means; nil where it has none.
    static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
        guard isSpread(x), isSpread(y) else { return nil }
        let plain = Sums.products(x, y, around: (Sums.mean(x), Sums.mean(y)))
        if plain.xx.isNormal, plain.yy.isNormal { return cosine(plain) }
        // Squares over- or underflow: r does not depend on the scales, so take others.
        let (x, y) = (Sums.scaled(x), Sums.scaled(y))
        return cosine(Sums.products(x, y, around: (Sums.mean(x), Sums.mean(y))))
    }

    private static func cosine(_ products: (xx: Double, xy: Double, yy: Double)) -> Double? {
        let r = products.xy / products.xx.squareRoot() / products.yy.squareRoot()
        return r.isFinite ? max(-1, min(1, r)) : nil
    }

    private static func isSpread(_ values: [Double]) -> Bool {
        values.contains { $0 != values[0] }
    }

    /// Spearman's ρ, ties sharing their mean rank.
    static func spearman(_ x: Ranks, _ y: Ranks) -> Double? { pearson(x.average, y.average) }
}

/// The pairs of two columns of which both sides are finite.
struct FinitePairs: Sendable {
    let x: [Double]
    let y: [Double]
    let omitted: Int

    var count: Int { x.count }

    init(_ x: [Double], _ y: [Double]) throws(StatisticsError) {
        guard x.count == y.count else { throw .unequalLengths(x.count, y.count) }
        let kept = x.indices.filter { x[$0].isFinite && y[$0].isFinite }
        omitted = x.count - kept.count
        self.x = omitted == 0 ? x : kept.map { x[$0] }
        self.y = omitted == 0 ? y : kept.map { y[$0] }
    }
}

/// What the statistics refuse.
public enum StatisticsError: Error, Equatable, CustomStringConvertible {
    /// Two columns that are to be paired differ in length.
    case unequalLengths(Int, Int)
    /// A probability or level outside of its range.
    case level(Double)
    /// Fewer than one bin, or resample, was asked for.
    case tooFew(String, Int)

    /// What was expected, what came, and what to try.
    public var description: String {
        switch self {
        case .unequalLengths(let x, let y):
            "columns to be paired need the same length, but one has \(x) values and the other \(y): "
                + "take both from one table"
        case .level(let level):
            "a level or probability lies between 0 and 1, not at \(level): write 0.95 for 95 %"
        case .tooFew(let what, let number):
            "\(what) must be at least 1, not \(number)"
        }
    }
}
