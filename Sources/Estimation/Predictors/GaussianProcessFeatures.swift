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
}
