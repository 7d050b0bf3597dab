import Networks
import Spaces
public import Statistics

/// A Gaussian process: a mean and a deviation for every architecture, from how alike it is to those evaluated.
///
/// C. E. Rasmussen and C. K. I. Williams: Gaussian Processes for Machine Learning. MIT Press, 2006. Hyperparameters
/// maximise their posterior, learnt from at most 200 of the rows; all rows go into the prediction. The deviation is that
/// of an observation, noise included, calibrated on the guess of each row from all others (equation 5.12).
public struct GaussianProcess: Predictor {
    /// What architectures are compared by.
    public enum Kernel: Hashable, Sendable {
        /// The features, in groups of one name and different numbers behind it, each with a length of its own:
        /// a squared exponential, Matérn's with ν = 5/2, or a sum of Matérn's and a linear one.
        case rbf, matern, sum
        /// The graphs of their networks: B. Ru, X. Wan, X. Dong and M. A. Osborne: Interpretable Neural Architecture
        /// Search via Bayesian Optimisation with Weisfeiler-Lehman Kernels. ICLR 2021. So many iterations.
        case weisfeilerLehman(Int)
    }

    /// `gp`.
    public static let name = "gp"
    /// One line on it.
    public static let summary = "Gaussian process: ARD over groups of features, or the Weisfeiler–Lehman graph kernel"

    /// What architectures are compared by.
    public var kernel: Kernel
    /// How many steps uphill hyperparameters are learnt by; 0 keeps those that are expected.
    public var steps: Int

    /// A process.
    /// - Parameter steps: how many steps uphill hyperparameters are learnt by; 0 keeps those that are expected.
    public init(kernel: Kernel = .sum, steps: Int = 40) { (self.kernel, self.steps) = (kernel, steps) }

    /// The process that has seen N rows, N at least 2.
    ///
    /// - Throws: `PredictorError` too for rows without what the kernel compares.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        try inputs.check(targets: targets)
        let reader = try GaussianProcessReader(kernel, fitting: inputs)
        let rows = try reader.rows(of: inputs, 0..<inputs.count)
        let features = GaussianProcessFeatures(rows, blocks: reader.blocks)
        let scale = GaussianProcessScale(targets)
        let scaled = targets.map(scale.scaled)
        var posterior = GaussianProcessPosterior(reader.kernel, blocks: reader.blocks)
        let chosen = inputs.count > 200 ? generator.distinct(200, below: inputs.count).sorted() : Array(targets.indices)
        for row in chosen { posterior.observe(features.row(row)) }
        if steps > 0, scale.isVaried { posterior.learn(chosen.map { scaled[$0] }, steps: steps) }
        var model = FittedGaussianProcess(
            reader: reader, rows: rows, targets: scaled, scale: scale, parameters: posterior.parameters)
        model.calibration = Calibration(model.leftOut, targets: targets)
        return model
    }

    /// The process that was stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor { try FittedGaussianProcess(state) }
}

/// Targets less their mean, over their deviation.
struct TargetStandard: Sendable {
    let mean: Double
    let deviation: Double

    init(_ targets: [Double]) {
        let mean = targets.reduce(0, +) / Double(max(1, targets.count))
        self.mean = mean
        deviation = (targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, targets.count))).squareRoot()
    }

    init(mean: Double, deviation: Double) { (self.mean, self.deviation) = (mean, deviation) }

    func scaled(_ target: Double) -> Double { deviation > 0 ? (target - mean) / deviation : 0 }
}

/// Targets as a process sees them: compressed where they lie far out, with mean 0 and deviation 1.
struct GaussianProcessScale: Sendable {
    private let outer: TargetScale
    private let inner: TargetStandard

    init(_ targets: [Double]) {
        let outer = TargetScale(targets)
        (self.outer, inner) = (outer, TargetStandard(targets.map(outer.scaled)))
    }

    /// Whether there is anything to learn.
    var isVaried: Bool { inner.deviation > 0 }

    func scaled(_ target: Double) -> Double { inner.scaled(outer.scaled(target)) }

    /// A guess on the scale, of a mean and a variance, as one of a target.
    func unscaled(_ mean: Double, variance: Double) -> Prediction {
        outer.unscaled(
            Prediction(
                mean: inner.mean + inner.deviation * mean,
                deviation: inner.deviation * max(0, variance).squareRoot()))
    }

    /// The numbers that it is made of.
    var numbers: [Double] { outer.numbers + [inner.mean, inner.deviation] }

    init(numbers: [Double]) throws {
        guard numbers.count == 7, numbers[6] >= 0 else { throw PredictorState.damaged("its scale") }
        outer = try TargetScale(numbers: Array(numbers[..<5]))
        inner = TargetStandard(mean: numbers[5], deviation: numbers[6])
    }
}
