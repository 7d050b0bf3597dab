import Statistics

/// The mean and standard deviation of each feature of the rows learnt from.
struct Standardisation: Hashable, Sendable {
    let means: [Double]
    /// 1 over the standard deviation; 0 for a feature that does not vary.
    let scales: [Double]

    /// Of `rows` rows of `values`, `[rows, F]`.
    init(_ values: [Float], rows: Int) {
        let width = rows == 0 ? 0 : values.count / rows
        var means = [Double](repeating: 0, count: width)
        var squares = means
        for (place, value) in values.enumerated() { means[place % width] += Double(value) / Double(rows) }
        for (place, value) in values.enumerated() {
            let gap = Double(value) - means[place % width]
            squares[place % width] += gap * gap / Double(rows)
        }
        self.means = means
        scales = squares.indices.map { column in
            let isVaried = squares[column] > 1e-12 * (means[column] * means[column] + 1e-30)
            return isVaried ? 1 / squares[column].squareRoot() : 0
        }
    }

    private init(means: [Double], scales: [Double]) { (self.means, self.scales) = (means, scales) }

    /// As this, but features for which `isKept` is false count as if they did not vary; as this where none is left.
    func keeping(_ isKept: [Bool]) -> Standardisation {
        let kept = zip(scales, isKept).map { $1 ? $0 : 0 }
        return kept.contains { $0 > 0 } ? Standardisation(means: means, scales: kept) : self
    }

    init(_ state: PredictorState, width: Int) throws {
        means = try state.row("means", count: width)
        scales = try state.row("scales", count: width)
    }

    /// Rows with mean 0 and deviation 1 in each feature that varies, and 0 in others.
    func standardised(_ values: [Float], rows: Int) -> [Double] {
        let width = means.count
        return [Double](unsafeUninitializedCapacity: rows * width) { buffer, count in
            for row in 0..<rows {
                for column in 0..<width {
                    let value = (Double(values[row * width + column]) - means[column]) * scales[column]
                    buffer.initializeElement(at: row * width + column, to: value)
                }
            }
            count = rows * width
        }
    }

    /// Standardised rows for networks: a value far from those learnt from counts as 8 deviations.
    func bounded(_ values: [Float], rows: Int) -> [Float] {
        standardised(values, rows: rows).map { Float(min(max($0, -8), 8)) }
    }
}
