import Glibc

/// The basis functions of all shapes at the epochs seen and at those ahead.
struct ShapeBasis: Sendable {
    let shapes: [ParametricPosterior.Shape]
    /// φ̃ of ``MarginalDesign``, one row a shape: [shapes × seen].
    private(set) var seen: [Double] = []
    /// The same at the targets: [shapes × targets].
    private(set) var targets: [Double] = []

    init(_ shapes: [ParametricPosterior.Shape], seen: [Double], targets: [Double], horizon: Double) {
        self.shapes = shapes
        self.seen.reserveCapacity(shapes.count * seen.count)
        self.targets.reserveCapacity(shapes.count * targets.count)
        let (first, last) = (seen[0], seen[seen.count - 1])
        for shape in shapes {
            let basis = { CurveFamily.all[shape.family].basis($0, shape.values) }
            let end = basis(last)
            let past = (basis(max(last, first + 1)) - basis(first)).magnitude
            let range = max(past, (basis(horizon) - end).magnitude / MarginalDesign.reach) + 1e-9
            for x in seen { self.seen.append((basis(x) - end) / range) }
            for x in targets { self.targets.append((basis(x) - end) / range) }
        }
    }
}

/// What a curve may owe to its schedule.
struct CurveHypothesis: Sendable {
    let schedule: CurveSchedule
    /// The mean of what annealing gains, as a share of the noise.
    var climb = 0.0
    /// Its standard deviation.
    var climbDeviation = 0.0
    /// ln of its probability before the curve is seen.
    var logPrior = 0.0

    /// Annealing gives back what the noise had cost.
    private static let climbing = CurveHypothesis(schedule: .cosine, climb: 4, climbDeviation: 1.5)
    /// The network has learnt all that it can before the rate falls: the noise shrinks, and the level stays.
    private static let settled = CurveHypothesis(schedule: .cosine, climb: 0, climbDeviation: 1)
    private static let constant = CurveHypothesis(schedule: .constant)

    /// The hypotheses that a schedule leaves open, each as likely as the others before the curve is seen.
    static func all(under schedule: CurveSchedule) -> [CurveHypothesis] {
        let open =
            switch schedule {
            case .constant: [constant]
            case .cosine: [climbing, settled]
            case .unknown: [constant, climbing, settled]
            }
        return open.map { hypothesis in
            var result = hypothesis
            result.logPrior = -log(Double(open.count))
            return result
        }
    }
}

/// The designs of all the schedules under which a curve may have been made.
///
/// Where the schedule is not told, each hypothesis is as likely as the others before the curve is seen, and after that
/// by its evidence: the noise of a curve under a falling rate shrinks. Early on nothing tells them apart, and the
/// prediction holds both: that the curve goes on as it does, and that it climbs at the end.
struct CurveDesign: Sendable {
    private(set) var hypotheses: [MarginalDesign]

    init(_ shapes: [ParametricPosterior.Shape], seen: [Double], targets: [Double], _ setting: CurveSetting) {
        let basis = ShapeBasis(shapes, seen: seen, targets: targets, horizon: setting.horizon)
        hypotheses = CurveHypothesis.all(under: setting.schedule).map {
            MarginalDesign(basis, seen: seen, targets: targets, $0, horizon: setting.horizon)
        }
    }

    /// One design for each hypothesis, as if it were sure.
    var alone: [CurveDesign] {
        hypotheses.map {
            var result = self
            result.hypotheses = [$0]
            return result
        }
    }

    /// The same with other probabilities of the hypotheses.
    func weighed(by probabilities: [Double]) -> CurveDesign {
        var result = self
        for (k, probability) in probabilities.enumerated() {
            result.hypotheses[k].hypothesis.logPrior = log(probability)
        }
        return result
    }

    /// The predictive mixture at each target, on the oriented scale; its parts ascend by centre.
    func mixtures(of oriented: [Double]) -> [[CurvePrediction.Part]] {
        let curve = Standardised(oriented)
        let all = hypotheses.flatMap { design in design.fits(of: curve).map { (design: design, fit: $0) } }
        let top = all.reduce(-Double.infinity) { max($0, $1.fit.logEvidence) }
        let kept = all.filter { $0.fit.logEvidence > top - 9 }
            .sorted { $0.fit.logEvidence > $1.fit.logEvidence }.prefix(600)
        let sum = kept.reduce(0) { $0 + exp($1.fit.logEvidence - top) }
        return (hypotheses.first?.targets ?? []).indices.map { target in
            let parts = kept.map { design, fit in
                design.part(of: fit, at: target, weight: exp(fit.logEvidence - top) / sum, curve)
            }
            return MarginalDesign.merged(parts).map(MarginalDesign.tailed)
        }
    }

    /// The evidence of each fit, whatever the schedule.
    func fits(of oriented: [Double]) -> [MarginalDesign.Fit] {
        let curve = Standardised(oriented)
        return hypotheses.flatMap { $0.fits(of: curve) }
    }
}
