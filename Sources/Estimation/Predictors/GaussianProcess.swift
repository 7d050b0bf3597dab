import Networks
import Spaces
public import Statistics

/// A Gaussian process: a mean and a deviation for every architecture, from how alike it is to those evaluated.
///
/// C. E. Rasmussen and C. K. I. Williams: Gaussian Processes for Machine Learning. MIT Press, 2006. Hyperparameters
/// maximise their posterior, learnt from at most 200 of the rows; all rows go into the prediction. The deviation is that
/// of an observation, noise included.
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

    private let kernel: Kernel
    private let steps: Int

    /// A process.
    /// - Parameter steps: how many steps uphill hyperparameters are learnt by; 0 keeps those that are expected.
    public init(kernel: Kernel = .sum, steps: Int = 40) { (self.kernel, self.steps) = (kernel, steps) }

    /// The process that has seen the rows.
    ///
    /// - Throws: `GaussianProcessError` for fewer than two rows, a target that is not finite, or rows without what the
    ///   kernel compares.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        guard inputs.count == targets.count, inputs.count > 1 else {
            throw GaussianProcessError.tooFew(min(inputs.count, targets.count))
        }
        if let row = targets.firstIndex(where: { !$0.isFinite }) { throw GaussianProcessError.infiniteTarget(row) }
        let reader = try GaussianProcessReader(kernel, fitting: inputs)
        let features = GaussianProcessFeatures(try reader.rows(of: inputs), blocks: reader.blocks)
        let scale = TargetStandard(targets)
        let scaled = targets.map(scale.scaled)
        var posterior = GaussianProcessPosterior(reader.kernel, blocks: reader.blocks)
        let chosen = inputs.count > 200 ? generator.distinct(200, below: inputs.count).sorted() : Array(targets.indices)
        for row in chosen { posterior.observe(features.row(row)) }
        if steps > 0, scale.deviation > 0 { posterior.learn(chosen.map { scaled[$0] }, steps: steps) }
        var whole = GaussianProcessPosterior(reader.kernel, blocks: reader.blocks, parameters: posterior.parameters)
        for row in 0..<inputs.count { whole.observe(features.row(row)) }
        return FittedGaussianProcess(
            reader: reader, features: features, posterior: whole, targets: scaled, scale: scale)
    }
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

    func scaled(_ target: Double) -> Double { deviation > 0 ? (target - mean) / deviation : 0 }
}

/// A Gaussian process that has learnt.
struct FittedGaussianProcess: FittedPredictor {
    let reader: GaussianProcessReader
    let features: GaussianProcessFeatures
    let posterior: GaussianProcessPosterior
    let targets: [Double]
    let scale: TargetStandard

    /// How many rows are predicted at a time: V has as many columns.
    private static let chunk = 2_048

    func predictions(for inputs: PredictorInputs) throws -> [Prediction] {
        let rows = try reader.rows(of: inputs)
        let width = reader.blocks.last?.upperBound ?? 1
        let chunks = (inputs.count + Self.chunk - 1) / Self.chunk
        return try Parallel.map(chunks, chunk: 1) { number in
            let range = number * Self.chunk..<min(inputs.count, (number + 1) * Self.chunk)
            let pool = features.scaled(Array(rows[range.lowerBound * width..<range.upperBound * width]))
            let field = GaussianProcessField(posterior, over: pool)
            return zip(field.means(targets), field.variances).map { mean, variance in
                let square = scale.deviation > 0 ? Double(variance) + posterior.noise : 0
                return Prediction(
                    mean: scale.mean + scale.deviation * Double(mean), deviation: scale.deviation * square.squareRoot())
            }
        }.flatMap(\.self)
    }
}

/// Why a Gaussian process cannot be fitted or asked.
public enum GaussianProcessError: Error, Hashable, Sendable, CustomStringConvertible {
    /// So many rows.
    case tooFew(Int)
    /// The target of this row, from 0, is missing or infinite.
    case infiniteTarget(Int)
    /// There are no features.
    case noFeatures
    /// The graph kernel needs architectures, and was given columns alone.
    case noArchitectures
    /// Fitted on these features, or architectures of this space, and asked about others.
    case differs(fitted: String, asked: String)

    /// What was expected, what came, and what to try.
    public var description: String {
        switch self {
        case .tooFew(let count): "a Gaussian process needs at least 2 rows to learn from, not \(count)"
        case .infiniteTarget(let row): "the target of row \(row + 1) is no finite number; leave such rows out"
        case .noFeatures: "a Gaussian process needs features; name columns, or use the graph kernel"
        case .noArchitectures: "the Weisfeiler–Lehman kernel compares graphs; give it architectures of a space"
        case .differs(let fitted, let asked): "fitted on \(fitted), but asked about \(asked); fit anew for these"
        }
    }
}
