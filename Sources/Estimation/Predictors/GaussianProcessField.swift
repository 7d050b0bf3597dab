import Glibc
import Statistics

/// The posterior of a Gaussian process at every row of a pool of candidates, which grows an observation at a time.
///
/// With V = L⁻¹·K(X, pool), `[n, N]`, the posterior mean is Vᵀ·L⁻¹y and the variance k(x, x) − Σᵢ V_i² (Rasmussen and
/// Williams 2006, algorithm 2.1). A new observation adds a row to L and to V, in time n·N; new targets alone change
/// nothing but L⁻¹y.
public struct GaussianProcessField: Sendable {
    /// The candidates.
    public let pool: GaussianProcessFeatures
    /// What was observed.
    public private(set) var posterior: GaussianProcessPosterior
    /// The posterior variance of each candidate without noise, `[N]`.
    public private(set) var variances: [Float]
    /// V, `[n, N]`.
    private var rows: [Float] = []

    /// The field of a process over a pool.
    public init(_ posterior: GaussianProcessPosterior, over pool: GaussianProcessFeatures) {
        (self.posterior, self.pool) = (posterior, pool)
        variances = []
        fill()
    }

    /// Takes in the observation of a row of the pool.
    public mutating func observe(_ row: Int) {
        posterior.observe(pool.row(row))
        extend(posterior.points.count - 1)
    }

    /// Learns the hyperparameters, as the posterior does.
    public mutating func learn(_ targets: [Double?], steps: Int, limit: Int = 200) {
        posterior.learn(targets, steps: steps, limit: limit)
        fill()
    }

    private mutating func fill() {
        rows = []
        variances = posterior.similarity.diagonal(of: pool)
        for number in posterior.points.indices { extend(number) }
    }

    /// Adds v_n = (k_n − Σ_{j<n} L_nj·v_j)/L_nn to V and takes its square off the variances.
    private mutating func extend(_ number: Int) {
        let size = pool.count
        let coefficients = posterior.factor.row(number).map { Float($0) }
        rows.append(contentsOf: posterior.similarity.values(of: pool, to: posterior.points[number]))
        rows.withUnsafeMutableBufferPointer { rows in
            variances.withUnsafeMutableBufferPointer { variances in
                let last = rows.baseAddress! + number * size
                for chunk in stride(from: 0, to: size, by: 2048) {  // a chunk of V's last row stays in the cache
                    let range = chunk..<min(size, chunk + 2048)
                    for j in 0..<number {
                        let (coefficient, row) = (coefficients[j], rows.baseAddress! + j * size)
                        for k in range { last[k] -= coefficient * row[k] }
                    }
                    let scale = 1 / coefficients[number]
                    for k in range {
                        last[k] *= scale
                        variances[k] = max(1e-9, variances[k] - last[k] * last[k])
                    }
                }
            }
        }
    }

    /// The posterior mean of each candidate, `[N]`, for the targets of the observations in order, `[n]`.
    public func means(_ targets: [Double]) -> [Float] {
        precondition(targets.count == posterior.points.count, "one target an observation")
        let weights = posterior.factor.forward(targets).map { Float($0) }
        let size = pool.count
        var result = [Float](repeating: 0, count: size)
        rows.withUnsafeBufferPointer { rows in
            result.withUnsafeMutableBufferPointer { result in
                for (j, weight) in weights.enumerated() {
                    let row = rows.baseAddress! + j * size
                    for k in 0..<size { result[k] += weight * row[k] }
                }
            }
        }
        return result
    }

    /// One function drawn from the posterior, at C candidates, `[C]`; in time C²(n + C/3).
    ///
    /// W. R. Thompson: On the Likelihood that One Unknown Probability Exceeds Another. Biometrika 25, 1933, is where
    /// choosing by such a draw comes from.
    /// - Parameter means: the posterior means of the whole pool.
    public func draw(
        at candidates: [Int], means: [Float], using generator: inout some RandomNumberGenerator
    ) -> [Double] {
        var factor = GaussianProcessFactor()
        let points = candidates.map { pool.row($0) }
        for (place, row) in candidates.enumerated() {
            var entries = (0...place).map { other in
                posterior.points.indices.reduce(
                    posterior.similarity.value(points[place], points[other], posterior.blocks)
                ) { sum, number in
                    sum - Double(rows[number * pool.count + candidates[other]])
                        * Double(rows[number * pool.count + row])
                }
            }
            entries[place] = max(entries[place], 1e-9) * 1.0001
            while !factor.append(entries[...]) { entries[place] *= 1.01 }
        }
        let normals = candidates.map { _ in generator.normal() }
        return zip(candidates, factor.multiplied(normals)).map { Double(means[$0]) + $1 }
    }
}
