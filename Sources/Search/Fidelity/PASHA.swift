import Statistics

/// ASHA that trains to more epochs only while the ranking of its two top rungs changes.
///
/// O. Bohdal, L. Balles, M. Wistuba, B. Ermis, C. Archambeau and G. Zappella: PASHA: Efficient HPO and NAS with
/// Progressive Resource Allocation. ICLR 2023. It promotes as ``ASHA`` does, at first to the second rung. After each
/// result it compares the ranking at the top rung in use with that of the same trials at the rung below: place i of the
/// top must be held by a trial whose lower value is within ε of that at place i below (the soft ranking). If one is not,
/// the next rung comes into use.
///
/// ε is what noise makes of differences: over all pairs of trials whose order changed and changed back before the last
/// epoch that both have reached, the 90 % quantile of their difference there, epochs of the top rung alone; it stays as
/// it was, at first 0, where there is no such pair. Equal values count as neither order.
public struct PASHA: Scheduler {
    private var asha: ASHA
    /// The value of each trial after each of its epochs; NaN where it was not measured.
    private var curves: [Int: [Double]] = [:]
    /// The difference of values that noise explains.
    public private(set) var epsilon = 0.0

    /// The epochs to which trials are trained at most, by now.
    public var ceiling: Int { asha.rungs[asha.ceiling] }

    /// Begins `trials` trials and compares them at the epochs `rungs`, which ascend.
    ///
    /// - Throws: ``FidelityError`` for other rungs, negative trials, and η of 1 or less.
    public init(rungs: [Int], trials: Int, eta: Double = 3, rule: RungRule = .quantile) throws(FidelityError) {
        asha = try ASHA(rungs: rungs, trials: trials, eta: eta, rule: rule)
        asha.ceiling = min(1, asha.ceiling)
    }

    /// Compares trials at min·η^j epochs and at max.
    public init(
        min: Int = 1, max: Int, trials: Int, eta: Double = 3, rule: RungRule = .quantile
    ) throws(FidelityError) {
        let rungs = try Rungs.ladder(min: min, max: max, eta: eta)
        try self.init(rungs: rungs, trials: trials, eta: eta, rule: rule)
    }

    /// As ``ASHA``, up to the highest rung in use.
    public mutating func ask() -> ScheduleStep { asha.ask() }

    /// Takes in the values and sees whether a further rung comes into use.
    public mutating func tell(_ stretch: Stretch, _ outcome: StretchOutcome) {
        guard asha.isUnderWay(stretch) else { return }
        asha.tell(stretch, outcome)
        guard let values = outcome.values(of: stretch) else { return }
        curves[stretch.trial, default: []] += values
        // Only a trial at the top rung changes the comparison, and only while a higher rung is left.
        guard stretch.rung == asha.ceiling, stretch.rung > 0, stretch.rung + 1 < asha.rungs.count else { return }
        if let estimate = noise() { epsilon = estimate }
        if !isStable { asha.ceiling += 1 }
    }

    /// Whether each place of the top rung is held by a trial that softly holds it at the rung below.
    private var isStable: Bool {
        let top = asha.standings[asha.ceiling].ranking
        let members = Set(top.map(\.trial))
        let below = asha.standings[asha.ceiling - 1].ranking.filter { members.contains($0.trial) }
        let values = Dictionary(uniqueKeysWithValues: below.map { ($0.trial, $0.value) })
        return zip(top, below).allSatisfy { top, below in
            values[top.trial].map { abs($0 - below.value) <= epsilon } ?? false
        }
    }

    /// The 90 % quantile of the differences of pairs that criss-cross.
    private func noise() -> Double? {
        let above = asha.rungs[asha.ceiling - 1]
        let candidates = curves.filter { $0.value.count > above }.map(\.value)
        let distances = candidates.indices.flatMap { first in
            (first + 1..<candidates.count).compactMap { Self.crossing(candidates[first], candidates[$0]) }
        }
        return Quantiles(distances)?[0.9]
    }

    /// The difference of two curves at the last epoch that both have reached, if their order there was another one at
    /// an earlier epoch and the same at a still earlier one.
    private static func crossing(_ a: [Double], _ b: [Double]) -> Double? {
        let differences = zip(a, b).map { $0 - $1 }
        guard let last = differences.last, last != 0, last.isFinite,
            let other = differences.lastIndex(where: { $0 * last < 0 }),
            differences[..<other].contains(where: { $0 * last > 0 })
        else { return nil }
        return abs(last)
    }
}
