// values: [N, F] row by row. codes: [F, N], the number of the bin of each value; a feature has at most 256 bins.

/// The features of the rows to learn from as small whole numbers, so that the best split is found by counting.
///
/// A feature with at most 256 values has a bin for each, and nothing is lost; another has bins of equally many rows.
struct FeatureBins: Sendable {
    let rows: Int
    let width: Int
    /// The bin of each row, feature by feature.
    let codes: [UInt8]
    /// For each feature where its bins start in `lows` and `highs`; one entry more than features.
    let starts: [Int]
    /// The least and the greatest value in each bin.
    let lows: [Float]
    let highs: [Float]
    /// The features with more than one bin.
    let varying: [Int]

    private static let most = 256

    init(_ values: [Float], rows: Int, width: Int, keeping isKept: [Bool]? = nil) {
        (self.rows, self.width) = (rows, width)
        var codes = [UInt8](repeating: 0, count: rows * width)
        var starts = [0]
        var (lows, highs): ([Float], [Float]) = ([], [])
        var varying: [Int] = []
        for feature in 0..<width {
            let column = (0..<rows).map { values[$0 * width + feature] }
            let bins = Self.bins(column)
            if bins.count > 1, isKept?[feature] ?? true {
                varying.append(feature)
                for row in 0..<rows { codes[feature * rows + row] = Self.bin(of: column[row], in: bins) }
            }
            lows += bins.map(\.low)
            highs += bins.map(\.high)
            starts.append(lows.count)
        }
        (self.codes, self.starts, self.lows, self.highs, self.varying) = (codes, starts, lows, highs, varying)
    }

    /// The most bins of a feature.
    var widest: Int { (0..<width).map { starts[$0 + 1] - starts[$0] }.max() ?? 0 }

    private static func bins(_ column: [Float]) -> [(low: Float, high: Float)] {
        if let first = column.first, column.allSatisfy({ $0 == first }) { return [(first, first)] }
        let sorted = column.sorted()
        var distinct: [Float] = []
        for value in sorted where value != distinct.last { distinct.append(value) }
        if distinct.count <= most { return distinct.map { ($0, $0) } }
        var bins: [(low: Float, high: Float)] = []
        for bin in 0..<most {
            let part = sorted[bin * sorted.count / most..<(bin + 1) * sorted.count / most]
            guard let last = part.last, let first = part.first(where: { $0 > bins.last?.high ?? -.infinity }) else {
                continue
            }
            bins.append((first, last))
        }
        return bins
    }

    /// The first bin that reaches up to a value.
    private static func bin(of value: Float, in bins: [(low: Float, high: Float)]) -> UInt8 {
        var (low, high) = (0, bins.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if bins[middle].high < value { low = middle + 1 } else { high = middle }
        }
        return UInt8(low)
    }
}
