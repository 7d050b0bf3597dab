import Glibc
public import Statistics

// θ = (μ, s), s = ln σ. −ln p(y) = s + (y − μ)²/(2σ²) + const. The Fisher information is diag(1/σ², 2), so that the
// natural gradient is (μ − y, ½(1 − (y − μ)²/σ²)).

/// Natural gradient boosting of a normal distribution: trees for the mean, and trees for the logarithm of the deviation.
///
/// T. Duan, A. Avati, D. Ding, K. Thai, S. Basu, A. Ng and A. Schuler: NGBoost: Natural Gradient Boosting for
/// Probabilistic Prediction. ICML 2020, algorithm 1. Departures: five boosters, each fitted without a fifth of the rows,
/// are mixed; how many rounds they keep is where the likelihood of the rows held out is greatest; each split looks at
/// half of the features.
public struct NGBoost: Predictor {
    /// `ngboost`.
    public static let name = "ngboost"
    /// One line on it.
    public static let summary = "natural gradient boosting of a mean and a deviation"

    /// The most rounds, at least 1.
    public var rounds = 200
    /// The length of a step.
    public var rate = 0.08
    /// Splits on the longest path of a tree, at least 1.
    public var depth = 3
    /// How many boosters, at least 2.
    public var boosters = 5

    /// Natural gradient boosting with the usual settings.
    public init() {}

    /// The boosters of N rows, N at least 2.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        try inputs.check(targets: targets)
        guard rounds >= 1, depth >= 1, boosters >= 2, rate > 0 else {
            throw PredictorError(
                .setting, "boosting needs 1 or more rounds and splits, 2 or more boosters and a rate above 0",
                try: "leave them at their defaults")
        }
        let scale = TargetScale(targets)
        let scaled = targets.map(scale.scaled)
        let bins = FeatureBins(inputs.values, rows: inputs.count, width: inputs.names.count)
        let folds = Folds(inputs.count, count: boosters, using: &generator)
        let seed = Seed(generator.next())
        let grown = try Parallel.map(folds.count, chunk: 1) { part in
            var random = Random(seed.derived("booster", .number(part)))
            return grow(bins, inputs.values, scaled, folds, part, using: &random)
        }
        let losses = (0...rounds).map { round in grown.reduce(0) { $0 + ($1.losses[min(round, $1.losses.count - 1)]) } }
        let best = losses.indices.min { losses[$0] < losses[$1] } ?? rounds
        let members = grown.map { $0.booster.prefix(best) }
        var model = NGBoostModel(boosters: members, scale: scale, calibration: .none)
        var heldOut = [Prediction](repeating: Prediction(mean: 0, deviation: 0), count: inputs.count)
        for part in 0..<folds.count {
            let held = folds.held(in: part)
            let guesses = members[part].guesses(of: inputs.gather(held).values, count: held.count)
            for (row, guess) in zip(held, guesses) { heldOut[row] = scale.unscaled(guess) }
        }
        model.calibration = Calibration(heldOut, targets: targets)
        return FittedFeatures(model, fittedTo: inputs)
    }

    /// The booster without `part`, and after each round the loss of the rows held out.
    private func grow(
        _ bins: FeatureBins, _ values: [Float], _ targets: [Double], _ folds: Folds, _ part: Int,
        using generator: inout Random
    ) -> (booster: NormalBooster, losses: [Double]) {
        let (kept, held) = (folds.kept(in: part), folds.held(in: part))
        let rows = kept.map(Int32.init)
        var booster = NormalBooster(kept.map { targets[$0] })
        var state = NormalState(booster, targets, width: bins.width)
        var losses = [state.loss(held)]
        let settings = TreeSettings(
            depth: depth, featuresPerSplit: max(1, bins.varying.count / 2))
        var grower = TreeGrower(bins, settings)
        for _ in 0..<rounds {
            let before = state.loss(kept)
            var trees = [state.meanGradient, state.deviationGradient].map {
                grower.grow(rows, targets: $0, using: &generator)
            }
            // The longest of the steps 1, ½, ¼, … that lowers the loss, as in line 6 of the algorithm.
            let steps = state.steps(trees, values)
            var factor = 1.0
            while factor > 1e-3, state.loss(kept, after: steps, times: factor) >= before { factor /= 2 }
            for place in trees.indices { trees[place].scale(by: -rate * factor) }
            state.move(steps, times: rate * factor)
            booster.trees.append((trees[0], trees[1]))
            losses.append(state.loss(held))
            if factor <= 1e-3 { break }
        }
        return (booster, losses)
    }

    /// The boosters that were stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor {
        FittedFeatures(try NGBoostModel(state), state: state)
    }
}

/// A mean and a logarithm of a deviation as sums of trees.
struct NormalBooster: Sendable {
    let mean: Double
    let logDeviation: Double
    var trees: [(mean: RegressionTree, deviation: RegressionTree)] = []

    /// ln σ is kept above this, so that rows learnt by heart do not end in a deviation of 0.
    static let least = -4.0

    /// The normal distribution of targets, without a tree.
    init(_ targets: [Double]) {
        let guess = Prediction(spreadOf: targets)
        (mean, logDeviation) = (guess.mean, log(max(guess.deviation, 1e-3)))
    }

    init(mean: Double, logDeviation: Double) { (self.mean, self.logDeviation) = (mean, logDeviation) }

    /// The booster after its first rounds.
    func prefix(_ rounds: Int) -> NormalBooster {
        var result = self
        result.trees = Array(trees.prefix(rounds))
        return result
    }

    /// The distribution of each of `count` rows of `values`, `[count, F]`.
    func guesses(of values: [Float], count: Int) -> [Prediction] {
        guard count > 0 else { return [] }
        let width = values.count / count
        var means = [Double](repeating: 0, count: count)
        var (logs, unused) = (means, means)
        values.withUnsafeBufferPointer { values in
            guard let rows = values.baseAddress else { return }
            for tree in trees {
                tree.mean.add(rows, count: count, width: width, to: &means, &unused)
                tree.deviation.add(rows, count: count, width: width, to: &logs, &unused)
            }
        }
        return (0..<count).map { row in
            Prediction(mean: mean + means[row], deviation: exp(max(logDeviation + logs[row], Self.least)))
        }
    }
}

/// Where all rows stand while a booster grows.
private struct NormalState {
    private var means: [Double]
    private var logs: [Double]
    private let targets: [Double]
    private let width: Int

    init(_ booster: NormalBooster, _ targets: [Double], width: Int) {
        means = targets.map { _ in booster.mean }
        logs = targets.map { _ in booster.logDeviation }
        (self.targets, self.width) = (targets, width)
    }

    /// μ − y.
    var meanGradient: [Double] { targets.indices.map { means[$0] - targets[$0] } }

    /// ½(1 − (y − μ)²/σ²), kept in −5 ... ½: a row far out does not decide alone.
    var deviationGradient: [Double] {
        targets.indices.map { row in
            let gap = (targets[row] - means[row]) * exp(-max(logs[row], NormalBooster.least))
            return max(-5, (1 - gap * gap) / 2)
        }
    }

    /// What the two trees say of each row.
    func steps(_ trees: [RegressionTree], _ values: [Float]) -> [(mean: Double, log: Double)] {
        values.withUnsafeBufferPointer { values in
            targets.indices.map { row in
                guard let start = values.baseAddress else { return (0, 0) }
                let place = start + row * width
                return (
                    Double(trees[0].values[trees[0].leaf(of: place)]), Double(trees[1].values[trees[1].leaf(of: place)])
                )
            }
        }
    }

    mutating func move(_ steps: [(mean: Double, log: Double)], times factor: Double) {
        for row in steps.indices {
            means[row] -= factor * steps[row].mean
            logs[row] -= factor * steps[row].log
        }
    }

    /// The mean of −ln p of some rows, but for a constant.
    func loss(_ rows: [Int], after steps: [(mean: Double, log: Double)] = [], times factor: Double = 0) -> Double {
        rows.reduce(0) { sum, row in
            let (mean, log) = steps.isEmpty ? (0, 0) : (steps[row].mean * factor, steps[row].log * factor)
            let s = max(logs[row] - log, NormalBooster.least)
            let gap = (targets[row] - means[row] + mean) * exp(-s)
            return sum + s + gap * gap / 2
        } / Double(max(1, rows.count))
    }
}

/// Boosters fitted to different parts of the rows.
struct NGBoostModel: FeatureModel {
    let boosters: [NormalBooster]
    let scale: TargetScale
    var calibration: Calibration

    init(boosters: [NormalBooster], scale: TargetScale, calibration: Calibration) {
        (self.boosters, self.scale, self.calibration) = (boosters, scale, calibration)
    }

    init(_ state: PredictorState) throws {
        scale = try TargetScale(numbers: state["scale"])
        calibration = try Calibration(numbers: state["calibration"])
        let starts = state["starts"]
        let rounds = try state.integers("rounds", in: 0..<1 << 31)
        let trees = try RegressionTree.restored(from: state, allowingNone: rounds.allSatisfy { $0 == 0 })
        guard !rounds.isEmpty, starts.count == 2 * rounds.count, 2 * rounds.reduce(0, +) == trees.count else {
            throw PredictorState.damaged("its boosters")
        }
        var place = 0
        boosters = rounds.enumerated().map { number, rounds in
            var booster = NormalBooster(mean: starts[2 * number], logDeviation: starts[2 * number + 1])
            booster.trees = (0..<rounds).map { (trees[place + 2 * $0], trees[place + 2 * $0 + 1]) }
            place += 2 * rounds
            return booster
        }
    }

    func predictions(of values: [Float], count: Int) throws -> [Prediction] {
        guard count > 0 else { return [] }
        let width = values.count / count
        let block = 256
        return try Parallel.map((count + block - 1) / block, chunk: 1) { number in
            let rows = number * block..<min(count, (number + 1) * block)
            let part = Array(values[rows.lowerBound * width..<rows.upperBound * width])
            let all = boosters.map { $0.guesses(of: part, count: rows.count) }
            return (0..<rows.count).map { row in
                calibration.calibrated(scale.unscaled(Prediction(mixing: all.map { $0[row] })))
            }
        }.flatMap { $0 }
    }

    /// Of the trees for the mean; those of one booster are summed, as later ones have less left to gain.
    func gains(width: Int) -> [Double]? {
        FeatureImportance.mean(
            of: boosters.map { booster in
                booster.trees.reduce(into: [Double](repeating: 0, count: width)) { sums, trees in
                    for (feature, gain) in trees.mean.gains(width: width).enumerated() { sums[feature] += gain }
                }
            })
    }

    var state: PredictorState {
        var state = PredictorState(["scale": scale.numbers, "calibration": calibration.numbers])
        state["starts"] = boosters.flatMap { [$0.mean, $0.logDeviation] }
        state["rounds"] = boosters.map { Double($0.trees.count) }
        RegressionTree.store(boosters.flatMap { $0.trees.flatMap { [$0.mean, $0.deviation] } }, into: &state)
        return state
    }
}

extension Prediction {
    /// The mean and deviation of an equal mixture of distributions.
    init(mixing parts: [Prediction]) {
        let between = Prediction(spreadOf: parts.map(\.mean))
        let within = parts.reduce(0) { $0 + $1.deviation * $1.deviation } / Double(parts.count)
        self.init(mean: between.mean, deviation: (between.deviation * between.deviation + within).squareRoot())
    }
}
