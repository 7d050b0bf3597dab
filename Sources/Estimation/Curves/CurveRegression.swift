import Glibc

/// What one finished curve teaches: features of the part seen, forecasts of the posterior, and the truth.
struct CurveLesson {
    let group: String
    let features: CurveFeatures
    let mixtures: [[CurvePrediction.Part]]?
    let truths: [Double]

    init(_ view: FinishedView, group: String, mixtures: [[CurvePrediction.Part]]?) {
        self.group = group
        self.mixtures = mixtures
        features = CurveFeatures(view.setting.oriented(view.seen))
        truths = view.truths
    }
}

/// Where a mixture's middle lies, and how far it reaches.
struct MixtureSummary {
    let middle: Double
    let spread: Double

    /// - Precondition: the parts ascend by centre.
    init(_ parts: [CurvePrediction.Part]) {
        func centre(_ share: Double) -> Double {
            var sum = 0.0
            return parts.first {
                sum += $0.weight
                return sum >= share
            }?.centre ?? parts[parts.count - 1].centre
        }
        middle = centre(0.5)
        let reach = (centre(0.9) - centre(0.1)) / 2.56  // 2.56 deviations lie between these quantiles
        let inner = parts.reduce(0) { $0 + $1.weight * $1.scale * $1.scale }
        spread = max((inner + reach * reach).squareRoot(), 1e-9)
    }
}

/// Regressions that predict the epochs ahead of curves seen at the same epochs.
public struct CurveRegression: Sendable {
    private let targets: [TargetRegression]
    private let design: MarginalDesign?
    private let setting: CurveSetting

    init(_ lessons: [CurveLesson], design: MarginalDesign?, targetCount: Int, _ setting: CurveSetting) {
        self.design = design
        self.setting = setting
        let folds = Self.folds(lessons.map(\.group))
        let own = Set(lessons.map(\.group)).count
        let groups = own < 3 ? lessons.count : own
        targets = (0..<targetCount).map { target in
            TargetRegression(
                lessons.map { TargetLesson($0.features, $0.mixtures?[target], truth: $0.truths[target]) }, folds,
                groups: groups)
        }
    }

    /// A fold for each curve: groups stay together; ten folds at most; curve by curve where there are too few groups.
    private static func folds(_ groups: [String]) -> [Int] {
        var numbers: [String: Int] = [:]
        for group in groups where numbers[group] == nil { numbers[group] = numbers.count }
        if numbers.count < 3 { return groups.indices.map { $0 % 10 } }
        return groups.map { numbers[$0]! % 10 }
    }

    /// What is believed of a curve at the targets.
    public func predictions(of curve: LearningCurve) throws -> [CurvePrediction] {
        try setting.check(curve)
        let oriented = setting.oriented(curve)
        let features = CurveFeatures(oriented)
        let mixtures = design?.mixtures(of: oriented)
        return targets.enumerated().map { number, target in
            let parts = target.parts(for: TargetLesson(features, mixtures?[number], truth: 0))
            return CurvePrediction(parts: parts, setting: setting, calibration: target.calibration)
        }
    }
}

/// A lesson, or a question, about one epoch ahead.
struct TargetLesson {
    let level: Double
    let features: [Double]
    let mixture: [CurvePrediction.Part]?
    /// The standard deviation that the posterior gives; 1 without one.
    let spread: Double
    /// How far the truth lies above the level.
    let rise: Double

    init(_ features: CurveFeatures, _ mixture: [CurvePrediction.Part]?, truth: Double) {
        let summary = mixture.map { MixtureSummary($0) }
        level = features.level
        self.mixture = mixture
        spread = summary?.spread ?? 1
        self.features = features.values + (summary.map { [$0.middle - features.level, log($0.spread)] } ?? [])
        rise = truth - features.level
    }
}
