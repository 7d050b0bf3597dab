import Statistics

/// How several scores of the same things become one order.
///
/// Greater scores are better; a missing one (NaN) is worse than all others, and missing ones are equal.
public enum Ranking: String, Sendable, CaseIterable {
    /// Each two things are compared by every score, and the majority decides: the value of a thing is how many others it
    /// beats, less how many beat it, over their number; in −1 … 1, greater being better (A. H. Copeland, *A Reasonable
    /// Social Welfare Function*, University of Michigan, 1951).
    case vote
    /// How many things a thing surpasses, equal ones by half, summed over the scores; greater is better (J.-C. de Borda,
    /// *Mémoire sur les élections au scrutin*, 1781).
    case borda
    /// The mean of a thing's ranks by the scores, 1 being the best, equal ones sharing theirs: smaller is better.
    case meanRank = "mean_rank"

    /// The combined value of each thing; `scores` holds a column for each score, all of the same length.
    ///
    /// - Throws: `CancellationError` once `cancelled` says true.
    public func values(
        of scores: [[Double]], cancelled: @Sendable () -> Bool = { false }
    ) throws -> [Double] {
        let count = scores.first?.count ?? 0
        let ranks = scores.map { Ranks($0.map { $0.isNaN ? -.infinity : $0 }) }
        let average = ranks.map(\.average)
        switch self {
        case .vote: return try Self.majority(ranks.map { $0.classes.map(Int32.init) }, count, cancelled)
        case .borda: return (0..<count).map { row in average.reduce(0) { $0 + $1[row] - 1 } }
        case .meanRank:
            return (0..<count).map { row in
                average.reduce(0) { $0 + Double(count + 1) - $1[row] } / Double(max(1, average.count))
            }
        }
    }

    /// Pairwise majorities, in time n².
    private static func majority(
        _ classes: [[Int32]], _ count: Int, _ cancelled: @Sendable () -> Bool
    ) throws -> [Double] {
        try Parallel.map(count, cancelled: cancelled) { row in
            var balance = [Int32](repeating: 0, count: count)
            for scores in classes {
                let own = scores[row]
                for other in 0..<count { balance[other] &+= (own - scores[other]).signum() }
            }
            let surplus = balance.reduce(0) { $0 + $1.signum() }
            return count > 1 ? Double(surplus) / Double(count - 1) : 0
        }
    }
}
