public import Spaces
public import Statistics

/// How strategies fare on a table of known answers, each run many times.
///
/// X. Dong, L. Liu, K. Musial and B. Gabrys: NATS-Bench: Benchmarking NAS Algorithms for Architecture Topology and
/// Size. IEEE TPAMI 44(7), 2022, section 5: strategies see one signal, such as validation after 12 epochs, and are
/// judged by another, such as test after 200, of the architecture that was best by the first.
public struct StrategyComparison: Sendable {
    /// How a strategy fared.
    public struct Record: Sendable {
        /// Its name.
        public let strategy: String
        /// For each run and query: how much less the chosen architecture is worth than the best there is, `[runs][queries]`.
        public let regrets: [[Double]]
        /// For each run: at which query, from 1, the best of the searched signal was found; nil where it was not.
        public let reached: [Int?]

        /// The quantile of the regrets after a query, from 0, over the runs.
        public func regret(after query: Int, at probability: Double) -> Double {
            Quantiles(regrets.map { $0[query] })?[probability] ?? .nan
        }
    }

    /// One record a strategy, in their order.
    public let records: [Record]
    /// How many queries each run had; fewer than asked for where the space has no more.
    public let queries: Int

    /// Compares strategies.
    ///
    /// Run r of a strategy draws from the seed derived from its name and r alone, so that neither the other strategies
    /// nor the number of threads change it. A run ends when it has found the best of the searched signal: its choice
    /// does not change any more.
    /// - Parameters:
    ///   - searched: what strategies see, to be maximised; not finite where it was not measured.
    ///   - judged: what they are judged by, in the same order.
    /// - Throws: what strategies throw, and `CancellationError`.
    public init(
        _ strategies: [StrategyKind], on domain: SearchDomain, queries: Int, runs: Int, seed: Seed,
        searched: @escaping @Sendable (Architecture) -> Double, judged: @escaping @Sendable (Architecture) -> Double,
        progress: @Sendable (Int) -> Void = { _ in }, cancelled: @Sendable () -> Bool = { false }
    ) throws {
        let goals = try Self.goals(domain, searched, judged)
        let limit = min(queries, domain.pool?.architectures.count ?? queries)
        let trial = Trial(
            domain: domain, queries: limit, goal: goals.searched, best: goals.judged, searched: searched, judged: judged
        )
        // Run by run, so that slow and fast strategies alternate on the threads.
        let results = try Parallel.map(runs * strategies.count, chunk: 1, cancelled: cancelled) { number in
            let kind = strategies[number % strategies.count]
            let own = seed.derived(.text(kind.name), .number(number / strategies.count))
            defer { progress(number) }
            return try trial.run(kind, seed: own, cancelled: cancelled)
        }
        records = strategies.enumerated().map { place, kind in
            let own = (0..<runs).map { results[$0 * strategies.count + place] }
            return Record(strategy: kind.name, regrets: own.map(\.regrets), reached: own.map(\.reached))
        }
        self.queries = limit
    }

    /// The best of both signals among the architectures that may be asked for.
    private static func goals(
        _ domain: SearchDomain, _ searched: (Architecture) -> Double, _ judged: (Architecture) -> Double
    ) throws -> (searched: Double, judged: Double) {
        guard let pool = domain.pool else {
            throw SearchError.setting("the space of a comparison", expected: "small enough to list")
        }
        var goals = (searched: -Double.infinity, judged: -Double.infinity)
        for index in 0..<(domain.space.indexCount ?? 0) {
            let architecture = domain.space.architecture(at: index)
            guard pool.number(of: architecture) != nil, try domain.allows(architecture) else { continue }
            let (seen, worth) = (searched(architecture), judged(architecture))
            if seen.isFinite { goals.searched = max(goals.searched, seen) }
            if worth.isFinite { goals.judged = max(goals.judged, worth) }
        }
        return goals
    }

    /// What a run needs to know.
    private struct Trial: Sendable {
        let domain: SearchDomain
        let queries: Int
        /// The best of the searched signal, and of what is judged.
        let goal: Double, best: Double
        let searched: @Sendable (Architecture) -> Double
        let judged: @Sendable (Architecture) -> Double

        func run(
            _ kind: StrategyKind, seed: Seed, cancelled: () -> Bool
        ) throws -> (regrets: [Double], reached: Int?) {
            var generator = Random(seed)
            var strategy = try kind.make(domain)
            var (seen, regret, regrets) = (-Double.infinity, best, [Double]())
            _ = try SearchLoop.run(&strategy, queries: queries, objectives: 1, using: &generator) { architecture in
                if cancelled() { throw CancellationError() }
                let value = searched(architecture)
                if value.isFinite, value > seen { (seen, regret) = (value, best - judged(architecture)) }
                regrets.append(regret)
                return .values([value])
            } isDone: { _ in
                seen == goal
            }
            let reached = seen == goal ? regrets.count : nil
            return (regrets + [Double](repeating: regret, count: queries - regrets.count), reached)
        }
    }
}

extension StrategyComparison.Record {
    /// At which query each run found the best; one more than all where it did not.
    public func queriesToBest(limit: Int) -> [Double] { reached.map { Double($0 ?? limit + 1) } }

    /// Whether this strategy needs other numbers of queries than another: the two-sided p-value of the rank-sum test,
    /// by its normal approximation with ties.
    ///
    /// H. B. Mann and D. R. Whitney: On a Test of Whether One of Two Random Variables is Stochastically Larger than the
    /// Other. Annals of Mathematical Statistics 18(1), 1947. A run that did not find the best stands behind all that
    /// did. Returns 1 where all are equal.
    public func rankTest(against other: Self, limit: Int) -> Double {
        let (own, rival) = (queriesToBest(limit: limit), other.queriesToBest(limit: limit))
        return RankSum(own, rival).pValue
    }
}

extension StrategyComparison {
    /// For each strategy the mean over the runs of its rank among all, 1 being the fewest queries to the best; runs
    /// that did not find it are ranked by their final regret behind those that did, equal ones share their ranks.
    public var meanRanks: [Double] {
        guard let runs = records.first?.reached.count, runs > 0 else { return [] }
        var sums = [Double](repeating: 0, count: records.count)
        for run in 0..<runs {
            let scores = records.map { record in
                record.reached[run].map(Double.init) ?? Double(queries + 1) + (record.regrets[run].last ?? 0)
            }
            for (place, rank) in Ranks(scores).average.enumerated() { sums[place] += rank }
        }
        return sums.map { $0 / Double(runs) }
    }
}
