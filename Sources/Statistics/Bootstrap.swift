/// A percentile interval of a statistic from resamples of the data.
///
/// B. Efron: Bootstrap Methods: Another Look at the Jackknife. The Annals of Statistics 7(1), 1979.
public struct Bootstrap: Sendable, Equatable {
    /// The lower end of the interval.
    public let low: Double
    /// The upper end of the interval.
    public let high: Double
    /// The standard deviation of the statistic over the resamples; NaN of a single one.
    public let standardError: Double
    /// Which share of the resamples lies within, in 0 ..< 1.
    public let level: Double
    /// How many resamples had a value of the statistic.
    public let resamples: Int

    /// The interval that holds the middle share of a statistic's values over resamples of `count` things; nil where
    /// no resample has a value.
    ///
    /// Each resample has a stream of its own, derived from one number drawn from the generator, so that the interval
    /// does not depend on how many threads compute it.
    /// - Parameters:
    ///   - statistic: the statistic of the things with these indices, in 0 ..< count and with repeats; nil where it
    ///     has no value.
    ///   - cancelled: asked now and then; once it says true the computation ends with a `CancellationError`.
    /// - Throws: `StatisticsError` for a level outside of 0 ..< 1 or fewer than one resample.
    public init?(
        count: Int, level: Double = 0.95, resamples: Int = 1_000, using generator: inout some RandomNumberGenerator,
        cancelled: @Sendable () -> Bool = { false }, statistic: @Sendable ([Int]) -> Double?
    ) throws {
        guard level >= 0, level < 1 else { throw StatisticsError.level(level) }
        guard resamples > 0 else { throw StatisticsError.tooFew("the number of resamples", resamples) }
        let seed = Seed(generator.next())
        let values = try Parallel.map(resamples, cancelled: cancelled) { number in
            statistic(Self.resample(count, Random(seed.derived(.number(number)))))
        }
        self.init(values.compactMap { $0 }, level: level)
    }

    private init?(_ values: [Double], level: Double) {
        guard let quantiles = Quantiles(values) else { return nil }
        (low, high) = (quantiles[(1 - level) / 2], quantiles[(1 + level) / 2])
        (self.level, resamples) = (level, values.count)
        standardError = Summary(values).deviation ?? .nan
    }

    private static func resample(_ count: Int, _ generator: Random) -> [Int] {
        var generator = generator
        return (0..<count).map { _ in generator.below(count) }
    }
}

extension Correlation {
    /// The interval of a correlation, from resamples of the pairs; ranks are counted, not sorted, in each resample.
    /// - Throws: `StatisticsError` where lengths differ or for a level outside of 0 ..< 1 or fewer than one resample;
    ///   `CancellationError` once `cancelled` says true.
    public static func interval(
        _ method: Method, _ x: [Double], _ y: [Double], level: Double = 0.95, resamples: Int = 1_000,
        using generator: inout some RandomNumberGenerator, cancelled: @Sendable () -> Bool = { false }
    ) throws -> Bootstrap? {
        let pairs = try FinitePairs(x, y)
        let statistic = resampled(method, pairs)
        return try Bootstrap(
            count: pairs.count, level: level, resamples: resamples, using: &generator, cancelled: cancelled,
            statistic: statistic)
    }

    private static func resampled(_ method: Method, _ pairs: FinitePairs) -> @Sendable ([Int]) -> Double? {
        switch method {
        case .pearson:
            return { indices in pearson(indices.map { pairs.x[$0] }, indices.map { pairs.y[$0] }) }
        case .spearman:
            let (x, y) = (Ranks(pairs.x), Ranks(pairs.y))
            return { spearman(x.drawn($0), y.drawn($0)) }
        case .kendall:
            let (x, y) = (Ranks(pairs.x), Ranks(pairs.y))
            return { Concordance(x.drawn($0), y.drawn($0)).coefficient }
        }
    }
}
