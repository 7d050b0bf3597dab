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
    private let design: CurveDesign?
    private let setting: CurveSetting

    init(_ lessons: [CurveLesson], design: CurveDesign?, targetCount: Int, _ setting: CurveSetting) {
        self.design = design
        self.setting = setting
        let groups = LessonGroups(lessons.map(\.group))
        targets = (0..<targetCount).map { target in
            TargetRegression(
                lessons.map { TargetLesson($0.features, $0.mixtures?[target], truth: $0.truths[target]) },
                groups.folds, groups: groups)
        }
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

/// How lessons fall into groups; each is a group of its own where there are fewer than three.
struct LessonGroups: Sendable {
    /// How many there are.
    let count: Int
    /// A fold for each lesson, ten at most: groups stay together.
    let folds: [Int]
    /// What each lesson counts, so that each group counts as one.
    let weights: [Double]

    init(_ names: [String]) {
        var numbers: [String: Int] = [:]
        for name in names where numbers[name] == nil { numbers[name] = numbers.count }
        let own = numbers.count < 3 ? Array(names.indices) : names.map { numbers[$0]! }
        count = numbers.count < 3 ? names.count : numbers.count
        folds = own.map { $0 % 10 }
        var sizes = [Double](repeating: 0, count: count)
        for group in own { sizes[group] += 1 }
        weights = own.map { 1 / sizes[$0] }
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
