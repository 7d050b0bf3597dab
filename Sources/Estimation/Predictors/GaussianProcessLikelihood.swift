import Glibc

/// The marginal likelihood of a kernel's hyperparameters given n rows and their targets, and its slope.
///
/// Rasmussen and Williams 2006, equations 5.8 and 5.9; normal priors on the logarithms keep hyperparameters sensible
/// where data are few (maximum a posteriori instead of maximum likelihood).
struct GaussianProcessLikelihood {
    private let kernel: GaussianProcessKernel
    private let count: Int
    private let targets: [Double]
    /// For each term and each of its blocks the squared distances, or inner products, of all pairs, the lower half by rows.
    private let pairs: [[[Double]]]
    /// The spread of the normal priors on the logarithms.
    private static let deviations = (variance: 1.0, length: 0.8, noise: 1.0)

    /// The likelihood of a kernel given points, `[n][F]`, in blocks of features.
    init(_ kernel: GaussianProcessKernel, _ points: [[Float]], blocks: [Range<Int>], targets: [Double]) {
        (self.kernel, count, self.targets) = (kernel, points.count, targets)
        pairs = kernel.terms.map { term in
            term.blocks.map { number in
                points.indices.flatMap { first in
                    (0...first).map { term.shape.measure(points[first], points[$0], blocks[number]) }
                }
            }
        }
    }

    /// The logarithm of the posterior of hyperparameters up to a constant, and its slope; nil where K is not definite.
    func evaluate(_ parameters: [Double]) -> (value: Double, slope: [Double])? {
        let size = count
        var (gram, squares) = ([Double](repeating: 0, count: size * (size + 1) / 2), [[Double]]())
        var place = 0
        for (term, blocks) in zip(kernel.terms, pairs) {
            let variance = exp(parameters[place])
            let weights = blocks.indices.map { exp(-2 * parameters[place + 1 + $0]) }
            var square = [Double](repeating: 0, count: gram.count)
            for (block, weight) in zip(blocks, weights) { Self.add(block, times: weight, to: &square) }
            for pair in gram.indices { gram[pair] += variance * term.shape.value(square[pair]) }
            squares.append(square)
            place += 1 + blocks.count
        }
        let noise = exp(parameters[place])
        var factor = GaussianProcessFactor()
        for row in 0..<size {
            gram[row * (row + 3) / 2] += noise
            let start = row * (row + 1) / 2
            guard factor.append(gram[start...start + row]) else { return nil }
        }
        let alpha = factor.backward(factor.forward(targets))
        var value = -0.5 * zip(targets, alpha).reduce(0) { $0 + $1.0 * $1.1 } - 0.5 * factor.logDeterminant
        let weights = pairWeights(alpha, factor.inverse)
        var slope = slopes(parameters, squares, weights)
        let trace = (0..<size).reduce(0) { $0 + weights[$1 * ($1 + 3) / 2] }
        slope.append(noise * trace)
        for (index, (expected, deviation)) in zip(kernel.prior, deviations).enumerated() {
            let off = (parameters[index] - expected) / deviation
            value -= 0.5 * off * off
            slope[index] -= off / deviation
        }
        return value.isFinite ? (value, slope) : nil
    }

    private static func add(_ block: [Double], times weight: Double, to sum: inout [Double]) {
        sum.withUnsafeMutableBufferPointer { sum in
            block.withUnsafeBufferPointer { block in
                for pair in sum.indices { sum[pair] += weight * block[pair] }
            }
        }
    }

    /// ½(ααᵀ − K⁻¹) of each pair of the lower half, doubled off the diagonal.
    private func pairWeights(_ alpha: [Double], _ inverse: [Double]) -> [Double] {
        var weights: [Double] = []
        weights.reserveCapacity(count * (count + 1) / 2)
        for row in 0..<count {
            for column in 0...row {
                let weight = alpha[row] * alpha[column] - inverse[row * count + column]
                weights.append(row == column ? 0.5 * weight : weight)
            }
        }
        return weights
    }

    /// The slope by every ln σ² and ln ℓ_b, in order.
    private func slopes(_ parameters: [Double], _ squares: [[Double]], _ weights: [Double]) -> [Double] {
        var result: [Double] = []
        for (number, term) in kernel.terms.enumerated() {
            let place = result.count
            let variance = exp(parameters[place])
            var bySize = 0.0
            var bySquare = [Double](repeating: 0, count: weights.count)
            for pair in weights.indices {
                bySize += weights[pair] * term.shape.value(squares[number][pair])
                bySquare[pair] = weights[pair] * term.shape.slope(squares[number][pair])
            }
            result.append(variance * bySize)
            for (block, distances) in pairs[number].enumerated() {
                let weight = exp(-2 * parameters[place + 1 + block])
                let sum = zip(bySquare, distances).reduce(0) { $0 + $1.0 * $1.1 }
                result.append(-2 * variance * weight * sum)
            }
        }
        return result
    }

    private var deviations: [Double] {
        kernel.terms.flatMap { [Self.deviations.variance] + $0.blocks.map { _ in Self.deviations.length } }
            + [Self.deviations.noise]
    }

    /// The hyperparameters that climbing from `start` leads to.
    ///
    /// M. Blum and M. Riedmiller: Optimization of Gaussian Process Hyperparameters using Rprop. ESANN 2013: each
    /// coordinate has a step of its own, which grows while its slope keeps its sign and shrinks where it changes.
    func climbed(from start: [Double], steps: Int) -> [Double] {
        var point = start
        guard var here = evaluate(point) else { return start }
        var (best, bestValue) = (point, here.value)
        var sizes = [Double](repeating: 0.1, count: point.count)
        var before = [Double](repeating: 0, count: point.count)
        for _ in 0..<steps {
            for index in point.indices {
                let agreement = here.slope[index] * before[index]
                if agreement > 0 { sizes[index] = min(1, sizes[index] * 1.2) }
                if agreement < 0 { (sizes[index], here.slope[index]) = (max(1e-3, sizes[index] * 0.5), 0) }
                before[index] = here.slope[index]
                if before[index] != 0 { point[index] += before[index] > 0 ? sizes[index] : -sizes[index] }
            }
            guard let next = evaluate(point) else { break }
            here = next
            if here.value > bestValue { (best, bestValue) = (point, here.value) }
        }
        return best
    }
}
