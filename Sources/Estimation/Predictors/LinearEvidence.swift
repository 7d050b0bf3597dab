import Glibc

// X: standardised features with a leading 1, [N, P]; t: targets. t ~ N(Xw, 1/β), w ~ N(0, diag(1/α)): one α for each
// group of features; the leading weight is free. A = βXᵀX + diag(α), m = βA⁻¹Xᵀt.

/// Bayesian linear regression whose precisions α and β maximise the evidence.
///
/// D. MacKay: Bayesian Interpolation. Neural Computation 4(3), 1992, section 4: γ = Σ(1 − α Aᵢᵢ⁻¹), α ← γ/Σmᵢ²,
/// β ← (N − Σγ)/|t − Xm|². Here each group of features has an α, so that many weak features do not hold back a few
/// strong ones.
struct LinearEvidence: Hashable, Sendable {
    /// m, the leading 1's first.
    let weights: [Double]
    /// The rows of A⁻¹.
    let covariance: [Double]
    /// 1/β.
    let noise: Double
    /// What each row is guessed from the others, and how far from it the truth is believed to lie.
    let leftOut: [(mean: Double, deviation: Double)]

    static func == (a: LinearEvidence, b: LinearEvidence) -> Bool {
        a.weights == b.weights && a.covariance == b.covariance && a.noise == b.noise
    }

    func hash(into hasher: inout Hasher) { hasher.combine(weights) }

    private static let rounds = 30

    /// What is believed of precisions before there are rows: gamma distributions of these shapes and rates, with which
    /// the updates become α ← (γ + 2·shape)/(Σmᵢ² + 2·rate), and likewise β.
    struct Belief: Hashable, Sendable {
        /// Nothing.
        static let none = Belief(shape: 0, rate: 0)
        let shape: Double
        let rate: Double
    }

    /// - Parameters:
    ///   - rows: standardised features, `[N, F]`.
    ///   - groups: for each feature its group, from 0.
    ///   - start: for each group the α to begin with; 1 where there is none.
    ///   - beliefs: what is believed of each group's α; nothing where there is none.
    ///   - belief: what is believed of β.
    init(
        _ rows: [Double], targets: [Double], groups: [Int], start: [Double] = [], beliefs: [Belief] = [],
        noise belief: Belief = .none
    ) throws {
        let (count, size) = (targets.count, groups.count + 1)
        let design = Design(rows, targets, width: groups.count)
        var (alphas, beta) = ([Double](repeating: 1, count: (groups.max() ?? 0) + 1), 10.0)
        for group in alphas.indices where group < start.count { alphas[group] = start[group] }
        var solution = try Solution(design, Self.diagonal(groups, alphas), beta)
        for _ in 0..<Self.rounds {
            var (freedom, squares) = ([Double](repeating: 0, count: alphas.count), alphas.map { _ in 1e-9 })
            for (feature, group) in groups.enumerated() where design.isVaried[feature + 1] {
                let place = feature + 1
                freedom[group] += 1 - alphas[group] * solution.covariance[place * size + place]
                squares[group] += solution.weights[place] * solution.weights[place]
            }
            let old = alphas + [beta]
            for group in alphas.indices {
                let own = group < beliefs.count ? beliefs[group] : .none
                let learnt = (max(freedom[group], 1e-3) + 2 * own.shape) / (squares[group] + 2 * own.rate)
                alphas[group] = min(max(learnt, 1e-4), 1e6)
            }
            let rest = max(Double(count) - 1 - freedom.reduce(0, +), 0.5) + 2 * belief.shape
            beta = min(max(rest / max(design.squares(solution.weights) + 2 * belief.rate, 1e-12), 1e-6), 1e8)
            solution = try Solution(design, Self.diagonal(groups, alphas), beta)
            let change = zip(old, alphas + [beta]).reduce(0) { max($0, abs(log($1.1 / $1.0))) }
            if change < 0.01 { break }
        }
        (weights, covariance, noise) = (solution.weights, solution.covariance, 1 / beta)
        let (weights, covariance) = (weights, covariance)
        leftOut = (0..<count).map { row in
            let guess = Self.dot(design.row(row), weights)
            // Leaving a row out divides its residual by 1 − h, h = βxᵀA⁻¹x.
            let leverage = min(beta * Self.form(covariance, design.row(row)), 1 - 1e-6)
            let residual = (targets[row] - guess) / (1 - leverage)
            return (targets[row] - residual, (1 / beta / (1 - leverage)).squareRoot())
        }
    }

    init(weights: [Double], covariance: [Double], noise: Double) {
        (self.weights, self.covariance, self.noise, leftOut) = (weights, covariance, noise, [])
    }

    private static func diagonal(_ groups: [Int], _ alphas: [Double]) -> [Double] {
        [1e-6] + groups.map { alphas[$0] }
    }

    /// The guess for a standardised row.
    func guess(_ row: ArraySlice<Double>) -> (mean: Double, deviation: Double) {
        let row = [1] + row
        return (Self.dot(row, weights), (noise + Self.form(covariance, row)).squareRoot())
    }

    static func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for place in a.indices { sum += a[place] * b[place] }
        return sum
    }

    /// xᵀMx for a symmetric M; features that are 0 cost nothing.
    static func form(_ matrix: [Double], _ x: [Double]) -> Double {
        var total = 0.0
        let size = x.count
        matrix.withUnsafeBufferPointer { matrix in
            x.withUnsafeBufferPointer { x in
                for row in 0..<size where x[row] != 0 {
                    var sum = 0.0
                    for column in 0..<row { sum += matrix[row * size + column] * x[column] }
                    total += x[row] * (2 * sum + matrix[row * size + row] * x[row])
                }
            }
        }
        return max(0, total)
    }

    /// The sums that the equations are made of.
    private struct Design {
        let rows: [Double]
        let targets: [Double]
        let width: Int
        /// XᵀX.
        var left: [Double]
        /// Xᵀt.
        var right: [Double]
        var isVaried: [Bool] { (0...width).map { left[$0 * (width + 1) + $0] > 0 } }

        init(_ rows: [Double], _ targets: [Double], width: Int) {
            (self.rows, self.targets, self.width) = (rows, targets, width)
            let size = width + 1
            var left = [Double](repeating: 0, count: size * size)
            var right = [Double](repeating: 0, count: size)
            for (number, target) in targets.enumerated() {
                let row = [1] + rows[number * width..<(number + 1) * width]
                left.withUnsafeMutableBufferPointer { left in
                    for a in 0..<size where row[a] != 0 {
                        right[a] += row[a] * target
                        for b in 0...a { left[a * size + b] += row[a] * row[b] }
                    }
                }
            }
            (self.left, self.right) = (left, right)
        }

        func row(_ number: Int) -> [Double] { [1] + rows[number * width..<(number + 1) * width] }

        func squares(_ weights: [Double]) -> Double {
            targets.indices.reduce(0) { sum, number in
                let gap = targets[number] - LinearEvidence.dot(row(number), weights)
                return sum + gap * gap
            }
        }
    }

    /// m and A⁻¹ for given precisions.
    private struct Solution {
        let weights: [Double]
        let covariance: [Double]

        init(_ design: Design, _ alphas: [Double], _ beta: Double) throws {
            let size = alphas.count
            var matrix = design.left.map { $0 * beta }
            for place in 0..<size { matrix[place * size + place] += alphas[place] }
            guard let inverse = SymmetricInverse(matrix, size: size) else {
                throw PredictorError(
                    .features, "the features are too large or too alike for a linear model",
                    try: "give fewer of them, or use `forest`")
            }
            covariance = inverse.values
            let covariance = covariance
            weights = (0..<size).map { row in
                beta * (0..<size).reduce(0) { $0 + covariance[row * size + $1] * design.right[$1] }
            }
        }
    }
}

/// The inverse of a symmetric positive definite matrix.
struct SymmetricInverse {
    let values: [Double]

    /// The inverse of `matrix`, [size × size], of which the lower half is read; nil where it is not positive definite.
    init?(_ matrix: [Double], size: Int) {
        var lower = matrix
        let isPositive = lower.withUnsafeMutableBufferPointer { Self.factor($0, size) }
        guard isPositive else { return nil }
        var inverse = [Double](repeating: 0, count: size * size)
        lower.withUnsafeBufferPointer { lower in
            inverse.withUnsafeMutableBufferPointer { Self.invert(lower, into: $0, size) }
        }
        values = inverse
    }

    /// A = LLᵀ in place.
    private static func factor(_ lower: UnsafeMutableBufferPointer<Double>, _ size: Int) -> Bool {
        for row in 0..<size {
            for column in 0...row {
                var sum = lower[row * size + column]
                for k in 0..<column { sum -= lower[row * size + k] * lower[column * size + k] }
                if row == column {
                    guard sum > 0, sum.isFinite else { return false }
                    lower[row * size + row] = sum.squareRoot()
                } else {
                    lower[row * size + column] = sum / lower[column * size + column]
                }
            }
        }
        return true
    }

    /// A⁻¹ = L⁻ᵀL⁻¹. The rows of L⁻ᵀ are made in the upper half first.
    private static func invert(
        _ lower: UnsafeBufferPointer<Double>, into inverse: UnsafeMutableBufferPointer<Double>, _ size: Int
    ) {
        var columns = [Double](repeating: 0, count: size * size)  // row j: column j of L⁻¹
        columns.withUnsafeMutableBufferPointer { columns in
            for j in 0..<size {
                columns[j * size + j] = 1 / lower[j * size + j]
                for row in (j + 1)..<max(size, j + 1) {
                    var sum = 0.0
                    for k in j..<row { sum -= lower[row * size + k] * columns[j * size + k] }
                    columns[j * size + row] = sum / lower[row * size + row]
                }
            }
            for a in 0..<size {
                for b in 0...a {
                    var sum = 0.0
                    for k in a..<size { sum += columns[a * size + k] * columns[b * size + k] }
                    inverse[a * size + b] = sum
                    inverse[b * size + a] = sum
                }
            }
        }
    }
}
