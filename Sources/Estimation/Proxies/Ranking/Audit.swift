import Statistics

/// How well scores tell which networks are good, beside a baseline that costs nothing, on the same networks.
public struct Audit: Sendable {
    /// A statistic with the ends of its interval; `nil` where it has no value.
    public struct Estimate: Sendable, Equatable {
        /// The statistic of the data.
        public let value: Double?
        /// The ends of its percentile bootstrap interval.
        public let low: Double?, high: Double?
    }

    /// What the comparison with the baseline says.
    public enum Verdict: String, Sendable {
        /// It is the baseline.
        case baseline
        /// The whole interval of its gain in Spearman's ρ lies above zero.
        case earns = "earns its cost"
        /// The interval holds zero.
        case unclear = "no better than the baseline"
        /// The whole interval lies below zero.
        case worse = "worse than the baseline"
    }

    /// Networks with a score and a known quality; the others are left out.
    public let count: Int
    /// Networks of known quality that have no score.
    public let missing: Int
    /// Spearman's ρ with the quality.
    public let spearman: Estimate
    /// Kendall's τ-b with the quality.
    public let kendall: Estimate
    /// Which share of the best tenth by quality is in the best tenth by score, in 0 … 1, ties shared out.
    public let top: Estimate
    /// Which share of the pairs of different quality is ordered rightly, in 0 … 1, equal scores counting half.
    public let pairs: Double?
    /// The baseline's Spearman ρ on the same networks.
    public let baseline: Double?
    /// How much Spearman's ρ exceeds the baseline's, resampled together.
    public let gain: Estimate
    /// What that means.
    public let verdict: Verdict

    /// Judges `scores` by `quality`; all columns are of one length, with NaN where a value is missing, and greater is
    /// better in all of them.
    ///
    /// - Parameters:
    ///   - level: which share of the resamples each interval holds.
    ///   - resamples: how many resamples of the networks are drawn.
    /// - Throws: `StatisticsError` for a level outside of 0 ..< 1 or fewer than one resample; `CancellationError` once
    ///   `cancelled` says true.
    public init(
        _ scores: [Double], quality: [Double], baseline: [Double], level: Double = 0.95, resamples: Int = 1_000,
        using generator: inout some RandomNumberGenerator, cancelled: @Sendable () -> Bool = { false }
    ) throws {
        precondition(scores.count == quality.count && baseline.count == quality.count, "columns of one length")
        let known = quality.indices.filter { quality[$0].isFinite }
        let rows = known.filter { scores[$0].isFinite && baseline[$0].isFinite }
        let judged = Judged(rows.map { scores[$0] }, rows.map { quality[$0] }, rows.map { baseline[$0] })
        (count, missing) = (rows.count, known.count - rows.count)
        var source = Random(seed: generator.next())
        func estimate(_ statistic: @escaping @Sendable (Judged) -> Double?) throws -> Estimate {
            let interval = try Bootstrap(
                count: rows.count, level: level, resamples: resamples, using: &source, cancelled: cancelled
            ) { statistic(judged.drawn($0)) }
            return Estimate(value: statistic(judged), low: interval?.low, high: interval?.high)
        }
        spearman = try estimate(\.spearman)
        kendall = try estimate(\.kendall)
        top = try estimate(\.topShare)
        gain = try estimate(\.gain)
        self.baseline = judged.baselineSpearman
        pairs = judged.pairs
        verdict = scores == baseline ? .baseline : Self.verdict(gain)
    }

    private static func verdict(_ gain: Estimate) -> Verdict {
        guard let low = gain.low, let high = gain.high else { return .unclear }
        return low > 0 ? .earns : high < 0 ? .worse : .unclear
    }
}

/// The ranks of the networks that are judged, or of a resample of them.
private struct Judged: Sendable {
    let scores: Ranks, quality: Ranks, baseline: Ranks

    init(_ scores: [Double], _ quality: [Double], _ baseline: [Double]) {
        self.init(Ranks(scores), Ranks(quality), Ranks(baseline))
    }

    private init(_ scores: Ranks, _ quality: Ranks, _ baseline: Ranks) {
        (self.scores, self.quality, self.baseline) = (scores, quality, baseline)
    }

    func drawn(_ rows: [Int]) -> Judged { Judged(scores.drawn(rows), quality.drawn(rows), baseline.drawn(rows)) }

    var spearman: Double? { rho(scores) }
    var baselineSpearman: Double? { rho(baseline) }
    var gain: Double? { spearman.flatMap { own in baselineSpearman.map { own - $0 } } }

    private func rho(_ ranks: Ranks) -> Double? {
        (try? Correlation(.pearson, ranks.average, quality.average))?.coefficient
    }

    var kendall: Double? {
        (try? Correlation(.kendall, scores.classes.map(Double.init), quality.classes.map(Double.init)))?.coefficient
    }

    /// ½ + (right − wrong)/(2 · pairs of different quality); right − wrong from τ-b and the ties.
    var pairs: Double? {
        guard let kendall else { return nil }
        let (own, different) = (scores.untiedPairs, quality.untiedPairs)
        return 0.5 + kendall * (own * different).squareRoot() / (2 * different)
    }

    /// Where more share a place at the border than there is room for, each counts in part.
    var topShare: Double? {
        let wanted = Swift.max(1, Int((Double(quality.count) / 10).rounded()))
        guard quality.count > 0 else { return nil }
        let (chosen, best) = (scores.shares(ofTop: wanted), quality.shares(ofTop: wanted))
        let hits = (0..<quality.count).reduce(0.0) { sum, row in
            sum + chosen[Int(scores.classes[row])] * best[Int(quality.classes[row])]
        }
        return hits / Double(wanted)
    }
}

extension Ranks {
    /// How many pairs differ.
    fileprivate var untiedPairs: Double {
        let all = Double(count) * Double(count - 1) / 2
        return sizes.reduce(all) { $0 - Double($1) * (Double($1) - 1) / 2 }
    }

    /// For each class which share of it belongs to the `wanted` greatest values.
    fileprivate func shares(ofTop wanted: Int) -> [Double] {
        var room = Double(wanted)
        var shares = [Double](repeating: 0, count: sizes.count)
        for place in sizes.indices.reversed() where sizes[place] > 0 && room > 0 {
            shares[place] = Swift.min(1, room / Double(sizes[place]))
            room -= Double(sizes[place])
        }
        return shares
    }
}
