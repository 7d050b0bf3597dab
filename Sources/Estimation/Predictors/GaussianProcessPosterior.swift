import Glibc
import Statistics

/// A Gaussian process that has seen n points: the kernel with its hyperparameters, and the Cholesky factor of K + σₙ²I.
///
/// Rasmussen and Williams 2006, algorithm 2.1. Targets are given where they are needed, so that a point may be entered
/// before its target is known.
public struct GaussianProcessPosterior: Sendable {
    /// Where each block of features begins and ends.
    let blocks: [Range<Int>]
    private(set) var similarity: GaussianProcessSimilarity
    private(set) var factor = GaussianProcessFactor()
    /// The points, scaled as the features of the pool are, `[n][F]`.
    public private(set) var points: [[Float]] = []

    /// A process that has seen nothing.
    /// - Parameter parameters: logarithms of hyperparameters, from another process of the same kernel; by default those
    ///   that are expected before anything is learnt.
    public init(_ kernel: GaussianProcessKernel, blocks: [Range<Int>], parameters: [Double]? = nil) {
        similarity = GaussianProcessSimilarity(kernel: kernel, parameters: parameters ?? kernel.prior)
        self.blocks = blocks
    }

    /// The variance of the noise of an observation.
    public var noise: Double { similarity.noise }
    /// The logarithms of the hyperparameters.
    public var parameters: [Double] { similarity.parameters }

    /// Takes in a point, `[F]`.
    public mutating func observe(_ point: [Float]) {
        points.append(point)
        var entries = points.map { similarity.value(point, $0, blocks) }
        entries[points.count - 1] += noise
        while !factor.append(entries[...]) { entries[entries.count - 1] *= 1.01 }  // equal points almost without noise
    }

    /// Learns the hyperparameters from the points that have a target, and factors anew.
    /// - Parameters:
    ///   - steps: how many steps uphill.
    ///   - limit: learns from at most so many points, the last: the slope takes time n³.
    public mutating func learn(_ targets: [Double?], steps: Int, limit: Int = 200) {
        let known = points.indices.filter { targets[$0] != nil }.suffix(limit)
        let likelihood = GaussianProcessLikelihood(
            similarity.kernel, known.map { points[$0] }, blocks: blocks, targets: known.map { targets[$0]! })
        similarity = GaussianProcessSimilarity(
            kernel: similarity.kernel, parameters: likelihood.climbed(from: parameters, steps: steps))
        let old = points
        (points, factor) = ([], GaussianProcessFactor())
        for point in old { observe(point) }
    }

    /// The logarithm of the marginal likelihood of the targets of the points, up to a constant (equation 2.30).
    public func likelihood(of targets: [Double]) -> Double {
        let residuals = factor.forward(targets)
        return -0.5 * residuals.reduce(0) { $0 + $1 * $1 } - 0.5 * factor.logDeterminant
    }
}
