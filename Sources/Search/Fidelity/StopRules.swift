import Statistics

/// Decides whether a trial's training is stopped early.
public protocol StopRule: Sendable {
    /// Whether to stop a trial, given what all trials have shown.
    ///
    /// - Parameters:
    ///   - trial: one that has at least one epoch behind it and fewer than `horizon`.
    ///   - curves: the values of each trial's epochs, `[trial][epochs so far]`, the larger the better, NaN where one was
    ///     not measured; of a failed trial what it gave before.
    ///   - horizon: how many epochs a whole training has.
    func stops(_ trial: Int, among curves: [[Double]], horizon: Int) -> Bool
}

/// Stops a trial whose best value is below the median of the running means of the others at the same epoch.
///
/// D. Golovin, B. Solnik, S. Moitra, G. Kochanski, J. Karro and D. Sculley: Google Vizier: A Service for Black-Box
/// Optimization. KDD 2017, section 3.2.2. There the others are the completed trials; here, as in Syne Tune, all that
/// have reached the epoch.
public struct MedianRule: StopRule {
    private let population: Int

    /// Stops nothing before `population` other trials have reached the epoch.
    public init(population: Int = 5) { self.population = population }

    /// Whether the best value is below the median of the others' running means.
    public func stops(_ trial: Int, among curves: [[Double]], horizon: Int) -> Bool {
        let epoch = curves[trial].count
        let means = others(than: trial, at: epoch, curves).compactMap { curve -> Double? in
            let measured = curve.prefix(epoch).filter(\.isFinite)
            return measured.isEmpty ? nil : measured.reduce(0, +) / Double(measured.count)
        }
        guard means.count >= population, let best = best(curves[trial]) else { return false }
        return best < Quantiles(means)?.median ?? -.infinity
    }
}

/// Stops a trial whose best value is not among the best share of the others' values at the same epoch.
///
/// The percentile pruner of T. Akiba et al.: Optuna. KDD 2019; a share of one half is its median pruner.
public struct PercentileRule: StopRule {
    private let (kept, population): (Double, Int)

    /// Lets the best `kept` of trials go on, once `population` others have reached the epoch.
    ///
    /// - Throws: ``FidelityError`` for a share outside 0 ... 1.
    public init(kept: Double = 0.25, population: Int = 5) throws(FidelityError) {
        try FidelityError.check("keep", share: kept)
        (self.kept, self.population) = (kept, population)
    }

    /// Whether the best value is below the quantile of the others' values.
    public func stops(_ trial: Int, among curves: [[Double]], horizon: Int) -> Bool {
        let epoch = curves[trial].count
        let values = others(than: trial, at: epoch, curves).map { $0[epoch - 1] }.filter(\.isFinite)
        guard values.count >= population, let best = best(curves[trial]) else { return false }
        return best < Quantiles(values)?[1 - kept] ?? -.infinity
    }
}

/// Stops a trial that has not improved on its best value for so many epochs.
public struct PatienceRule: StopRule {
    private let (patience, improvement): (Int, Double)

    /// Waits for `patience` epochs for a value that exceeds the best before them by more than `improvement`.
    ///
    /// - Throws: ``FidelityError`` for a patience below 1 or an improvement below 0.
    public init(patience: Int = 5, improvement: Double = 0) throws(FidelityError) {
        try FidelityError.check("patience", patience, atLeast: 1, try: "wait for one epoch at least")
        guard improvement >= 0 else {
            throw FidelityError("improvement", "must be at least 0, not \(improvement)", try: "state 0")
        }
        (self.patience, self.improvement) = (patience, improvement)
    }

    /// Whether the last epochs brought no improvement.
    public func stops(_ trial: Int, among curves: [[Double]], horizon: Int) -> Bool {
        let curve = curves[trial]
        guard curve.count > patience, let before = best(curve.dropLast(patience)) else { return false }
        return best(curve.suffix(patience)).map { $0 <= before + improvement } ?? true
    }
}

/// The best value that was measured.
private func best(_ curve: some Sequence<Double>) -> Double? { curve.lazy.filter(\.isFinite).max() }

/// The curves of the other trials that have reached an epoch.
private func others(than trial: Int, at epoch: Int, _ curves: [[Double]]) -> [[Double]] {
    curves.indices.lazy.filter { $0 != trial && curves[$0].count >= epoch }.map { curves[$0] }
}
