import Estimation
import Language
import Statistics

/// A curve and its rest, one entry an epoch; NaN where nothing is known.
struct CurveForecast {
    /// The columns of the result, by name.
    var columns: [(name: String, values: [Double])] {
        [("observed", observed), ("median", median), ("low", low), ("high", high)]
    }

    private(set) var epochs: [Double] = []
    private(set) var observed: [Double] = []
    private(set) var median: [Double] = []
    private(set) var low: [Double] = []
    private(set) var high: [Double] = []
    /// P(the last value is better than the one asked for), the same for all rows of a curve; NaN where nobody asked.
    private(set) var probability: [Double] = []

    /// Adds an epoch that is not guessed: a value or NaN.
    mutating func add(_ epoch: Double, seen value: Double) {
        add(epoch, value, (value, value, value))
    }

    /// Adds an epoch ahead.
    mutating func add(_ epoch: Double, _ prediction: CurvePrediction, level: Double) {
        let band = prediction.interval(level)
        add(epoch, .nan, (prediction.median, band.low, band.high))
    }

    /// Adds the rows of another curve.
    mutating func append(_ other: CurveForecast) {
        epochs += other.epochs
        observed += other.observed
        median += other.median
        low += other.low
        high += other.high
        probability += other.probability
    }

    /// Sets the probability of all rows.
    mutating func set(probability value: Double) { probability = epochs.map { _ in value } }

    private mutating func add(_ epoch: Double, _ value: Double, _ band: (Double, Double, Double)) {
        epochs.append(epoch)
        observed.append(value)
        median.append(band.0)
        low.append(band.1)
        high.append(band.2)
    }
}

/// Guesses the rest of many curves; what finished curves teach is learnt once for all that are seen equally far.
final class CurveForecaster {
    private let setting: CurveSetting
    private let method: CurveMethod
    private let finished: [FinishedCurve]?
    private let seed: Seed
    private lazy var posterior: ParametricPosterior = {
        var generator = Random(seed)
        return ParametricPosterior(using: &generator)
    }()
    private var lessons: [[Double]: CurveRegression] = [:]

    init(setting: CurveSetting, method: CurveMethod, finished: [CurveRows.Item]?, seed: Seed) {
        self.setting = setting
        self.method = method
        self.finished = finished?.compactMap { item in
            guard item.values.last?.isFinite == true, let curve = try? item.curve() else { return nil }
            return FinishedCurve(curve, group: item.key.map { ValuePrinter.line($0) } ?? "")
        }
        self.seed = seed
    }

    /// The rows of a curve up to the horizon.
    /// - Parameter best: a value, of which the probability that the last one is better is wanted.
    func forecast(_ item: CurveRows.Item, level: Double, beats best: Double?) throws -> CurveForecast {
        let known = Dictionary(zip(item.epochs, item.values)) { $1 }
        let last = item.epochs[item.epochs.count - 1]
        let targets =
            last < setting.horizon ? Array(stride(from: last.rounded(.down) + 1, through: setting.horizon, by: 1)) : []
        let isDiverged = !(item.values[item.values.count - 1].magnitude <= LearningCurve.limit)
        let ahead =
            isDiverged || targets.isEmpty ? [] : try predictions(of: try item.curve(), named: item.key, at: targets)
        var result = CurveForecast()
        for epoch in stride(from: 1, through: min(last, setting.horizon), by: 1) {
            result.add(epoch, seen: known[epoch] ?? .nan)
        }
        for (number, epoch) in targets.enumerated() {
            if ahead.isEmpty { result.add(epoch, seen: .nan) } else { result.add(epoch, ahead[number], level: level) }
        }
        let end = known[setting.horizon] ?? .nan
        result.set(probability: best.map { ahead.last?.probability(beats: $0) ?? beats(end, $0) } ?? .nan)
        return result
    }

    /// 1 or 0 for a training that is over; NaN for one of which the end is not known.
    private func beats(_ end: Double, _ best: Double) -> Double {
        guard end.isFinite else { return .nan }
        return (setting.goal == .maximise ? end > best : end < best) ? 1 : 0
    }

    private func predictions(of curve: LearningCurve, named key: Value?, at targets: [Double]) throws
        -> [CurvePrediction]
    {
        switch method {
        case .bayes where finished != nil, .ridge:
            return try regression(for: key, curve.epochs, targets).predictions(of: curve)
        case .bayes: return try posterior.predictions(of: curve, at: targets, in: setting)
        case .mcmc: return try CurveChain(seed: seed).predictions(of: curve, at: targets, in: setting)
        case .spread: return try LastValueSpread(finished ?? []).predictions(of: curve, at: targets, in: setting)
        case .lastValue: return try LastValue().predictions(of: curve, at: targets, in: setting)
        case .powerLaw: return try PowerLaw().predictions(of: curve, at: targets, in: setting)
        }
    }

    /// What the finished curves teach; a finished curve of the same name would give the answer away, and is left out.
    private func regression(for key: Value?, _ seen: [Double], _ targets: [Double]) throws -> CurveRegression {
        let name = key.map { ValuePrinter.line($0) }
        let others = (finished ?? []).filter { $0.group != name }
        let isWhole = others.count == finished?.count
        if isWhole, let known = lessons[seen] { return known }
        let result = try FinishedCurves(others, with: method == .bayes ? posterior : nil)
            .fitted(seen: seen, targets: targets, setting)
        if isWhole { lessons[seen] = result }
        return result
    }
}
