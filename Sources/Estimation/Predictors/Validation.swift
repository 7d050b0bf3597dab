import Glibc
public import Statistics

/// How good a predictor is on rows that it has not seen.
public struct Validation: Sendable {
    /// Rows fitted on each time, on average.
    public let rows: Int
    /// Kendall's τ-b of guesses and truths; nil where one side is constant.
    public let kendall: Double?
    /// Spearman's ρ; nil where one side is constant.
    public let spearman: Double?
    /// The root of the mean squared error, in the unit of the targets.
    public let error: Double
    /// The mean of ln of the density that the guess, a normal distribution, gives to the truth. A deviation counts as
    /// at least a millionth of that of the targets.
    public let logLikelihood: Double
    /// The share of truths inside the interval for nine tenths.
    public let coverage: Double
    /// Seconds that one fit and its guesses take, on average.
    public let seconds: Double

    /// Judges a predictor by `folds` folds of the rows; or, with a size, by as many draws of that many rows to fit on,
    /// each judged on the others, and the means taken.
    ///
    /// The same seed deals the same rows to every predictor.
    /// - Throws: what fitting throws; `CancellationError` once `cancelled` says true.
    public init(
        _ predictor: any Predictor, _ inputs: PredictorInputs, targets: [Double], folds count: Int, size: Int? = nil,
        seed: Seed, cancelled: () -> Bool = { false }
    ) throws {
        var generator = Random(seed.derived("rows"))
        let splits = Self.splits(targets.count, count, size, using: &generator)
        var outcomes: [(guess: Prediction, truth: Double)] = []
        var parts: [Self] = []
        let start = Self.now()
        for (number, split) in splits.enumerated() {
            if cancelled() { throw CancellationError() }
            var random = Random(seed.derived("fit", .number(number)))
            let fitted = try predictor.fitted(
                to: inputs.gather(split.kept), targets: split.kept.map { targets[$0] }, using: &random)
            let guesses = try fitted.predictions(for: inputs.gather(split.held))
            let found = zip(guesses, split.held).map { (guess: $0, truth: targets[$1]) }
            if size == nil { outcomes += found } else { parts.append(try Self(found, rows: split.kept.count)) }
        }
        let seconds = (Self.now() - start) / Double(splits.count)
        if size == nil {
            let rows = splits.reduce(0) { $0 + $1.kept.count } / splits.count
            self.init(meanOf: [try Self(outcomes, rows: rows)], seconds: seconds)
        } else {
            self.init(meanOf: parts, seconds: seconds)
        }
    }

    private static func splits(
        _ rows: Int, _ count: Int, _ size: Int?, using generator: inout Random
    ) -> [(kept: [Int], held: [Int])] {
        guard let size else {
            let folds = Folds(rows, count: count, using: &generator)
            return (0..<folds.count).map { (folds.kept(in: $0), folds.held(in: $0)) }
        }
        return (0..<count).map { _ in
            let kept = generator.distinct(size, below: rows)
            let seen = Set(kept)
            return (kept, (0..<rows).filter { !seen.contains($0) })
        }
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// The judgement of guesses beside as many truths, by a predictor that was fitted to `rows` other rows.
    public init(of guesses: [Prediction], truths: [Double], rows: Int) throws {
        try self.init(zip(guesses, truths).map { (guess: $0, truth: $1) }, rows: rows)
    }

    /// The judgement of guesses beside the truths.
    init(_ outcomes: [(guess: Prediction, truth: Double)], rows: Int) throws {
        let (means, truths) = (outcomes.map(\.guess.mean), outcomes.map(\.truth))
        self.rows = rows
        kendall = try Correlation(.kendall, means, truths).coefficient
        spearman = try Correlation(.spearman, means, truths).coefficient
        let count = Double(max(1, outcomes.count))
        error = (outcomes.reduce(0) { $0 + ($1.guess.mean - $1.truth) * ($1.guess.mean - $1.truth) } / count)
            .squareRoot()
        let least = max(Prediction(spreadOf: truths).deviation * 1e-6, 1e-12)
        logLikelihood =
            outcomes.reduce(0) { sum, outcome in
                let deviation = max(outcome.guess.deviation, least)
                let gap = (outcome.truth - outcome.guess.mean) / deviation
                return sum - log(deviation) - gap * gap / 2 - log(2 * Double.pi) / 2
            } / count
        let inside = outcomes.count { abs($0.truth - $0.guess.mean) <= Calibration.ninety * $0.guess.deviation }
        coverage = Double(inside) / count
        seconds = 0
    }

    private init(meanOf parts: [Self], seconds: Double) {
        func mean(_ value: (Self) -> Double) -> Double { parts.reduce(0) { $0 + value($1) } / Double(parts.count) }
        func known(_ value: (Self) -> Double?) -> Double? {
            let values = parts.compactMap(value)
            return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        rows = parts.reduce(0) { $0 + $1.rows } / max(1, parts.count)
        (kendall, spearman) = (known(\.kendall), known(\.spearman))
        (error, logLikelihood, coverage) = (mean(\.error), mean(\.logLikelihood), mean(\.coverage))
        self.seconds = seconds
    }
}
