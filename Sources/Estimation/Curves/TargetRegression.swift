import Glibc

// zᵢ: standardised features of curve i with a leading 1; rᵢ: its rise; sᵢ: the spread that the posterior gives it.
// rᵢ = zᵢᵀb + sᵢ^κ·σ·tᵢ,  tᵢ ~ Student(ν): b by ridge, weighted by sᵢ^−2κ; κ, ν and σ by the likelihood of residuals of
// curves held out.

/// The regression of one epoch ahead.
struct TargetRegression: Sendable {
    private static let ridge = 2.0
    private static let powers = [0, 0.25, 0.5, 0.75, 1]
    private static let degrees = [2, 4, 8, 16]

    private let means: [Double]
    private let deviations: [Double]
    private let experts: [Expert]
    /// The share of each expert in the pool; last that of the posterior, where there is one.
    private let shares: [Double]
    let calibration: LevelCalibration

    /// - Parameter groups: which group each lesson belongs to, 0 up to G − 1, G ≥ 2.
    init(_ lessons: [TargetLesson], _ folds: [Int], groups: LessonGroups) {
        let count = Double(lessons.count)
        let width = lessons[0].features.count
        let means = (0..<width).map { k in lessons.reduce(0) { $0 + $1.features[k] } / count }
        let deviations = (0..<width).map { k in
            let square = lessons.reduce(0) { $0 + ($1.features[k] - means[k]) * ($1.features[k] - means[k]) }
            return (square / count).squareRoot() + 1e-9
        }
        (self.means, self.deviations) = (means, deviations)
        let rows = lessons.map { Self.row($0, means, deviations) }
        guard lessons[0].mixture != nil else {
            (experts, shares) = ([Expert(0, lessons, rows, folds, groups)], [1])
            calibration = LevelCalibration()
            return
        }
        let plain = rows.map { Array($0.prefix(1 + CurveFeatures.count)) }
        let experts =
            Self.powers.map { Expert($0, lessons, rows, folds, groups) }
            + Self.powers.map { Expert($0, lessons, plain, folds, groups) }
        let questions = lessons.map { HeldOut($0) }
        let shares = Pool.shares(
            experts.map(\.logDensities) + [questions.map(\.logDensity)],
            prior: [Double](repeating: 1, count: experts.count + 1),
            weights: groups.weights)
        let cumulative = experts.map(\.cumulative) + [questions.map(\.cumulative)]
        calibration = LevelCalibration(
            cumulative: lessons.indices.map { i in zip(shares, cumulative).reduce(0) { $0 + $1.0 * $1.1[i] } })
        (self.experts, self.shares) = (experts, shares)
    }

    /// What the posterior says of a truth.
    private struct HeldOut {
        let logDensity: Double
        let cumulative: Double

        init(_ lesson: TargetLesson) {
            let setting = CurveSetting(goal: .maximise, scale: .plain, horizon: .infinity)
            let prediction = CurvePrediction(parts: lesson.mixture ?? [], setting: setting)
            logDensity = prediction.logDensity(oriented: lesson.level + lesson.rise)
            cumulative = prediction.cumulative(lesson.level + lesson.rise)
        }
    }

    private static func row(_ lesson: TargetLesson, _ means: [Double], _ deviations: [Double]) -> [Double] {
        [1] + lesson.features.indices.map { (lesson.features[$0] - means[$0]) / deviations[$0] }
    }

    /// The pooled prediction for a curve.
    func parts(for question: TargetLesson) -> [CurvePrediction.Part] {
        let row = Self.row(question, means, deviations)
        let students = zip(experts, shares).map { expert, share in
            var part = expert.part(row, spread: question.spread)
            part.centre += question.level
            part.weight = share
            return part
        }
        guard let mixture = question.mixture else { return students }
        return students
            + mixture.map { part in
                var part = part
                part.weight *= shares[shares.count - 1]
                return part
            }
    }

    /// One choice of κ, and of features: all of them, or those that come first.
    private struct Expert: Sendable {
        let power: Double
        let coefficients: [Double]
        let factor: Cholesky
        /// The mean over the curves of zᵀA⁻¹z/s^2κ, which the residuals held out already show.
        let leverage: Double
        var degrees = 2
        var scale = 1.0
        var likelihood = -Double.infinity
        /// Of each curve held out: ln of the density, and the cumulative probability, of the truth.
        private(set) var logDensities: [Double] = []
        private(set) var cumulative: [Double] = []

        init(_ power: Double, _ lessons: [TargetLesson], _ rows: [[Double]], _ folds: [Int], _ groups: LessonGroups) {
            self.power = power
            let spreads = lessons.map { pow($0.spread, power) }
            let foldCount = (folds.max() ?? 0) + 1
            var sums = [NormalEquations](repeating: NormalEquations(rows[0].count), count: foldCount)
            for (i, row) in rows.enumerated() {
                sums[folds[i]].add(row, lessons[i].rise, weight: 1 / (spreads[i] * spreads[i]))
            }
            let total = sums.dropFirst().reduce(sums[0]) { $0.plus($1, 1) }
            let factor = total.factored(ridge: TargetRegression.ridge)
            (coefficients, self.factor) = (factor.solve(total.right), factor)
            leverage =
                zip(rows, spreads).reduce(0) { $0 + Self.leverage(factor, $1.0, $1.1) } / Double(rows.count)
            let others = sums.map { fold -> [Double] in
                let rest = total.plus(fold, -1)
                return rest.factored(ridge: TargetRegression.ridge).solve(rest.right)
            }
            let residuals = rows.indices.map { i in
                (lessons[i].rise - Self.dot(rows[i], others[folds[i]])) / spreads[i]
            }
            judge(residuals, spreads, groups)
        }

        /// Chooses ν and σ by likelihood. A new group lies from G known ones as Student's distribution says: with
        /// G − 1 degrees of freedom at most, its scale wider by √(1 + 1/G).
        private mutating func judge(_ residuals: [Double], _ spreads: [Double], _ groups: LessonGroups) {
            let caution = (1 + 1 / Double(groups.count)).squareRoot()
            for degrees in TargetRegression.degrees where degrees == 2 || degrees < groups.count {
                let scale = caution * Self.scale(residuals, Double(degrees))
                let part = CurvePrediction.Part(weight: 1, centre: 0, scale: scale, degrees: degrees)
                let logs = zip(residuals, spreads).map { part.logDensity($0) - log($1) }
                let sum = logs.reduce(0, +)
                guard sum > likelihood else { continue }
                (self.degrees, self.scale, likelihood, logDensities) = (degrees, scale, sum, logs)
                cumulative = residuals.map { part.cumulative($0) }
            }
        }

        /// The scale of a centred Student distribution, by expectation and maximisation.
        private static func scale(_ values: [Double], _ n: Double) -> Double {
            var square = max(values.reduce(0) { $0 + $1 * $1 } / Double(values.count), 1e-12)
            for _ in 0..<40 {
                let sum = values.reduce(0) { $0 + (n + 1) * $1 * $1 / (n + $1 * $1 / square) }
                square = max(sum / Double(values.count), 1e-12)
            }
            return square.squareRoot()
        }

        /// The prediction of a rise; wider where the features lie farther out than those learnt from.
        func part(_ row: [Double], spread: Double) -> CurvePrediction.Part {
            let row = Array(row.prefix(coefficients.count))
            let unit = pow(spread, power)
            let excess = max(1, (1 + Self.leverage(factor, row, unit)) / (1 + leverage)).squareRoot()
            return CurvePrediction.Part(
                weight: 1, centre: Self.dot(row, coefficients), scale: scale * unit * excess, degrees: degrees)
        }

        private static func leverage(_ factor: Cholesky, _ row: [Double], _ unit: Double) -> Double {
            factor.forward(row).reduce(0) { $0 + $1 * $1 } / (unit * unit)
        }

        private static func dot(_ a: [Double], _ b: [Double]) -> Double {
            zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }  // as many features as the expert knows
        }
    }
}

/// Weighted sums Σwzzᵀ and Σwzy.
private struct NormalEquations {
    private var left: [Double]
    private(set) var right: [Double]
    private var weight = 0.0
    private var count = 0.0

    init(_ size: Int) {
        left = [Double](repeating: 0, count: size * size)
        right = [Double](repeating: 0, count: size)
    }

    mutating func add(_ z: [Double], _ y: Double, weight w: Double) {
        for row in z.indices {
            right[row] += w * z[row] * y
            for column in 0...row { left[row * z.count + column] += w * z[row] * z[column] }
        }
        weight += w
        count += 1
    }

    func plus(_ other: NormalEquations, _ sign: Double) -> NormalEquations {
        var result = self
        for i in left.indices { result.left[i] += sign * other.left[i] }
        for i in right.indices { result.right[i] += sign * other.right[i] }
        result.weight += sign * other.weight
        result.count += sign * other.count
        return result
    }

    /// The matrix with a ridge on all but the intercept, in units of the mean weight.
    func factored(ridge: Double) -> Cholesky {
        let mean = max(weight / max(1, count), 1e-300)
        var matrix = left
        for row in right.indices { matrix[row * right.count + row] += mean * (row == 0 ? 1e-6 : ridge) }
        var jitter = mean * 1e-9
        while true {
            if let factor = Cholesky(matrix, size: right.count) { return factor }
            for row in right.indices { matrix[row * right.count + row] += jitter }
            jitter *= 10
        }
    }
}
