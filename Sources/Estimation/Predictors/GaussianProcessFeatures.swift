/// Features in blocks, scaled so that a block's mean squared distance between two rows is 1 and its mean is 0.
///
/// Stored by features, `[F, N]`, so that what is computed for all rows runs over contiguous numbers.
public struct GaussianProcessFeatures: Sendable {
    /// Where each block begins and ends among the features, `[B]`.
    public let blocks: [Range<Int>]
    /// How many rows there are, N.
    public let count: Int
    /// The scaled features, `[F, N]`.
    let values: [Float]
    private let means: [Float]
    private let scales: [Float]
    /// Of each wide block, whose rows are mostly counts of 0, what is needed to compare two rows by the features in
    /// which one is not 0; nil of others.
    private let sparse: [Sparse?]

    /// With z the row of zeros: (x − z)·(x − z) and x·z of each row x in a block, `[N]` each.
    private struct Sparse {
        var squares: [Float]
        var shifts: [Float]
    }

    /// A block of more features is compared by those that are not 0.
    private static let wide = 64

    /// How many features a row has, F.
    var width: Int { means.count }

    /// Scales `rows`, `[N, F]` row by row. A block in which all rows agree says nothing, and is 0.
    ///
    /// - Precondition: the blocks are consecutive, begin at 0, and end with a row.
    public init(_ rows: [Float], blocks: [Range<Int>]) {
        let width = blocks.last?.upperBound ?? 0
        precondition(width > 0 && rows.count % width == 0, "rows of unequal length")
        let count = max(1, rows.count / width)
        let columns = (0..<width).map { f in stride(from: f, to: rows.count, by: width).map { Double(rows[$0]) } }
        let means = columns.map { $0.reduce(0, +) / Double(count) }
        let variances = zip(columns, means).map { column, mean in
            column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        }
        var scales = [Float](repeating: 0, count: width)
        for block in blocks {
            // The mean squared distance of two rows drawn independently is twice the variance.
            let spread = 2 * variances[block].reduce(0, +)
            for f in block where spread > 1e-12 { scales[f] = Float(1 / spread.squareRoot()) }
        }
        self.init(rows, blocks, means.map { Float($0) }, scales)
    }

    private init(_ rows: [Float], _ blocks: [Range<Int>], _ means: [Float], _ scales: [Float]) {
        let width = means.count
        (self.blocks, self.means, self.scales, count) = (blocks, means, scales, rows.count / width)
        var values = [Float](repeating: 0, count: rows.count)
        for row in 0..<count {
            for f in 0..<width { values[f * count + row] = (rows[row * width + f] - means[f]) * scales[f] }
        }
        self.values = values
        let count = count
        sparse = blocks.map { block in
            guard block.count > Self.wide else { return nil }
            var sums = Sparse(squares: [Float](repeating: 0, count: count), shifts: [Float](repeating: 0, count: count))
            for f in block {
                let zero = (0 - means[f]) * scales[f]
                for row in 0..<count {
                    let value = values[f * count + row]
                    sums.squares[row] += (value - zero) * (value - zero)
                    sums.shifts[row] += value * zero
                }
            }
            return sums
        }
    }

    /// Other rows, `[M, F]` row by row, scaled as these are.
    public func scaled(_ rows: [Float]) -> GaussianProcessFeatures {
        precondition(rows.count % width == 0, "rows of unequal length")
        return GaussianProcessFeatures(rows, blocks, means, scales)
    }

    /// A row, `[F]`.
    public func row(_ number: Int) -> [Float] { (0..<width).map { values[$0 * count + number] } }

    /// Adds to each row's sum `weight` times its squared distance to `point` in a block, or their inner product.
    func accumulate(_ block: Int, of point: [Float], weight: Float, isLinear: Bool, into sums: inout [Float]) {
        if let own = sparse[block] {
            accumulate(own, block, of: point, weight: weight, isLinear: isLinear, into: &sums)
            return
        }
        values.withUnsafeBufferPointer { values in
            sums.withUnsafeMutableBufferPointer { sums in
                for f in blocks[block] {
                    let (own, column) = (point[f], values.baseAddress! + f * count)
                    if isLinear {
                        for k in 0..<count { sums[k] += weight * own * column[k] }
                    } else {
                        for k in 0..<count { sums[k] += weight * (column[k] - own) * (column[k] - own) }
                    }
                }
            }
        }
    }

    /// The same of a block of counts: with d = p − z, |x − p|² = |x − z|² + |d|² − 2(x − z)·d, and x·p = x·d + x·z.
    private func accumulate(
        _ own: Sparse, _ block: Int, of point: [Float], weight: Float, isLinear: Bool, into sums: inout [Float]
    ) {
        var products = isLinear ? own.shifts : own.squares
        var square: Float = 0
        values.withUnsafeBufferPointer { values in
            products.withUnsafeMutableBufferPointer { products in
                for f in blocks[block] {
                    let zero = (0 - means[f]) * scales[f]
                    let gap = point[f] - zero
                    guard gap != 0 else { continue }
                    square += gap * gap
                    let (column, factor) = (values.baseAddress! + f * count, isLinear ? gap : -2 * gap)
                    let shift = isLinear ? 0 : zero
                    for k in 0..<count { products[k] += factor * (column[k] - shift) }
                }
            }
        }
        for k in sums.indices { sums[k] += weight * (isLinear ? products[k] : max(0, products[k] + square)) }
    }
}
