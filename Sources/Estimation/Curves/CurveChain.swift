import Glibc
public import Statistics

/// The reference from the literature: Markov chains over a weighted sum of all families (Domhan et al. 2015).
///
/// y = Σ w_k f_k(x) + N(0, σ²) with recency weights 10^(i/n); each family starts at its least-squares fit, and is
/// dropped when that leaves 0 ... 1 at the horizon or falls towards it. Departures: the priors are LC-PFN's (Adriaensen
/// et al. 2023) instead of flat ones, and values of any range are mapped to 0.1 ... 0.8 first, falling ones turned.
public struct CurveChain: CurveExtrapolator {
    private let walkers: Int
    private let steps: Int
    private let burnIn: Int
    private let seed: Seed

    /// - Parameters:
    ///   - walkers: an even number, more than the parameters of the chain, of which there are up to 51.
    ///   - steps: of each walker; the first `burnIn` are not used.
    public init(walkers: Int = 100, steps: Int = 2500, burnIn: Int = 500, seed: Seed) {
        precondition(steps > burnIn && walkers >= 4, "no step is left after the burn-in")
        self.walkers = walkers
        self.steps = steps
        self.burnIn = burnIn
        self.seed = seed
    }

    /// What is believed of the values at `epochs`; see ``CurveExtrapolator``.
    public func predictions(
        of curve: LearningCurve, at epochs: [Double], in setting: CurveSetting
    ) throws -> [CurvePrediction] {
        try setting.check(curve)
        let plain = CurveSetting(goal: setting.goal, scale: .plain, horizon: setting.horizon)
        let unit = UnitRange(curve, setting)
        let target = ChainDensity(curve.epochs, unit.values, horizon: setting.horizon)
        guard target.dimension > 2 else { return try LastValue().predictions(of: curve, at: epochs, in: plain) }
        var generator = Random(seed)
        var sampler = EnsembleSampler(
            walkers: (0..<walkers).map { _ in target.start(using: &generator) }, logDensity: target.logDensity)
        var parts = epochs.map { _ in [CurvePrediction.Part]() }
        for step in 0..<steps {
            sampler.step(using: &generator)
            guard step >= burnIn, (step - burnIn).isMultiple(of: 50) else { continue }
            for walker in sampler.walkers {
                for (number, x) in epochs.enumerated() {
                    parts[number].append(unit.part(target.value(walker, x), target.deviation(walker)))
                }
            }
        }
        return parts.map { parts in
            let even = parts.map { part in
                var part = part
                part.weight = 1 / Double(parts.count)
                return part
            }
            return CurvePrediction(parts: MarginalDesign.merged(even), setting: plain)
        }
    }
}

/// Values mapped to 0 ... 1, rising.
private struct UnitRange {
    let values: [Double]
    private let offset: Double
    private let range: Double

    init(_ curve: LearningCurve, _ setting: CurveSetting) {
        let sign = setting.goal == .maximise ? 1.0 : -1
        let turned = curve.values.map { sign * $0 }
        if case .share(let whole) = setting.scale {
            (offset, range) = (sign > 0 ? 0 : -whole, whole)
        } else {
            let (low, high) = (turned.min() ?? 0, turned.max() ?? 0)
            range = max(high - low, 1e-3 * max(1, high.magnitude)) / 0.7
            offset = low - 0.1 * range
        }
        values = turned.map { [offset, range] in ($0 - offset) / range }
    }

    /// A normal distribution in the units of the turned values.
    func part(_ value: Double, _ deviation: Double) -> CurvePrediction.Part {
        CurvePrediction.Part(weight: 1, centre: offset + range * value, scale: range * deviation)
    }
}

/// The density of weights, ln σ and all parameters, in this order.
private struct ChainDensity {
    private let epochs: [Double]
    private let values: [Double]
    private let recency: [Double]
    private let horizon: Double
    private let families: [CurveFamily]
    private let starts: [[Double]]

    init(_ epochs: [Double], _ values: [Double], horizon: Double) {
        (self.epochs, self.values, self.horizon) = (epochs, values, horizon)
        recency = values.indices.map { pow(10, Double($0 + 1) / Double(values.count)) }
        var (families, starts): ([CurveFamily], [[Double]]) = ([], [])
        for family in CurveFamily.all {
            let fit = Self.fit(family, epochs, values)
            let (end, early) = (family.value(at: horizon, fit), family.value(at: 2, fit))
            guard end.isFinite, early.isFinite, end >= early, (0...1).contains(end) else { continue }
            families.append(family)
            starts.append(fit)
        }
        (self.families, self.starts) = (families, starts)
    }

    var dimension: Int { families.isEmpty ? 0 : families.count + 1 + starts.reduce(0) { $0 + $1.count } }

    /// The least-squares fit from the published start, inside the priors.
    private static func fit(_ family: CurveFamily, _ epochs: [Double], _ values: [Double]) -> [Double] {
        let start = family.parameters.map { parameter in
            parameter.prior.logDensity(parameter.start) > -.infinity ? parameter.start : parameter.prior.quantile(0.5)
        }
        return NelderMead.minimum(
            of: { point in
                guard zip(family.parameters, point).allSatisfy({ $0.prior.logDensity($1) > -.infinity }) else {
                    return .infinity
                }
                return zip(epochs, values).reduce(0) { sum, pair in
                    let error = pair.1 - family.value(at: pair.0, point)
                    return sum + error * error
                }
            }, from: start, steps: 400)
    }

    /// A point in a small ball around the fits, with equal weights.
    func start(using generator: inout some RandomNumberGenerator) -> [Double] {
        let weights = families.map { _ in 10 + 1e-2 * generator.normal() }
        return weights + [log(0.03) + 0.1 * generator.normal()]
            + starts.joined().map { $0 + 1e-4 * generator.normal() * max(1e-2, $0.magnitude) }
    }

    func deviation(_ point: [Double]) -> Double { exp(point[families.count]) }

    /// Σ w_k f_k(x).
    func value(_ point: [Double], _ x: Double) -> Double {
        var (place, sum, weights) = (families.count + 1, 0.0, 0.0)
        for (number, family) in families.enumerated() {
            let next = place + family.parameters.count
            sum += point[number] * family.value(at: x, Array(point[place..<next]))
            weights += point[number]
            place = next
        }
        return sum / weights
    }

    func logDensity(_ point: [Double]) -> Double {
        guard point[..<families.count].allSatisfy({ $0 >= 0 && $0 <= 100 }) else { return -.infinity }
        var sum = NormalLaw.logDensity(point[families.count], -4, 1)
        var place = families.count + 1
        for parameter in families.lazy.flatMap(\.parameters) {
            sum += parameter.prior.logDensity(point[place])
            place += 1
        }
        guard sum > -.infinity else { return sum }
        let end = value(point, horizon)
        guard end >= 0, end <= 1, end >= value(point, epochs[0]) else { return -.infinity }
        return sum + logLikelihood(point)
    }

    private func logLikelihood(_ point: [Double]) -> Double {
        let total = families.indices.reduce(0) { $0 + point[$1] }
        var fitted = [Double](repeating: 0, count: epochs.count)
        var place = families.count + 1
        for (number, family) in families.enumerated() {
            let next = place + family.parameters.count
            let parameters = Array(point[place..<next])
            let weight = point[number] / total
            for i in epochs.indices { fitted[i] += weight * family.value(at: epochs[i], parameters) }
            place = next
        }
        let deviation = deviation(point)
        let sum = values.indices.reduce(0) { sum, i in
            sum + recency[i] * NormalLaw.logDensity(values[i], fitted[i], deviation)
        }
        return sum.isFinite ? sum : -.infinity
    }
}
