public import Statistics

/// Which features a fitted predictor relies on.
public enum FeatureImportance {
    /// For each feature by how much the mean squared error grows when its values are dealt to the rows at random, as a
    /// share of the variance of the targets; the greatest first.
    ///
    /// L. Breiman: Random Forests. Machine Learning 45, 2001, section 10. Here on the rows fitted on, so that nothing
    /// needs to be held out. A graph network reads its graphs besides the features: these are not shuffled.
    /// - Parameter repeats: over how many deals the growth is averaged.
    /// - Throws: what the predictor throws; `CancellationError` once `cancelled` says true.
    public static func of(
        _ predictor: any FittedPredictor, _ inputs: PredictorInputs, targets: [Double], repeats: Int,
        using generator: inout Random, cancelled: () -> Bool = { false }
    ) throws -> [(feature: String, importance: Double)] {
        let mean = targets.reduce(0, +) / Double(targets.count)
        let variance = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(targets.count)
        func error(_ values: [Float]) throws -> Double {
            let dealt = PredictorInputs(
                names: inputs.names, values: values, architectures: inputs.architectures, space: inputs.space)
            let gaps = zip(try predictor.predictions(for: dealt), targets).map { $1 - $0.mean }
            return gaps.reduce(0) { $0 + $1 * $1 } / Double(targets.count)
        }
        let base = try error(inputs.values)
        let width = inputs.names.count
        var found: [(feature: String, importance: Double)] = []
        for (feature, name) in inputs.names.enumerated() {
            if cancelled() { throw CancellationError() }
            var growth = 0.0
            for _ in 0..<repeats {
                var order = Array(targets.indices)
                generator.shuffle(&order)
                var values = inputs.values
                for (row, other) in order.enumerated() {
                    values[row * width + feature] = inputs.values[other * width + feature]
                }
                growth += try error(values) - base
            }
            found.append((name, variance > 0 ? growth / Double(repeats) / variance : 0))
        }
        return ranked(found)
    }

    private static func ranked(
        _ found: [(feature: String, importance: Double)]
    ) -> [(feature: String, importance: Double)] {
        found.enumerated().sorted {
            ($1.element.importance, $0.offset) < ($0.element.importance, $1.offset)
        }.map(\.element)
    }

    /// For each feature its share in what the splits of the predictor's trees gain; the greatest first, 1 in sum.
    ///
    /// L. Breiman, J. Friedman, R. Olshen and C. Stone: Classification and Regression Trees, 1984, section 5.3, without
    /// surrogate splits: for each tree by how much its splits lower the sum of squares, or for XGBoost its loss, as a
    /// share of all its splits; the mean over the trees of a forest that have a split (scikit-learn's "mean decrease in
    /// impurity"), or over boosters, whose trees are summed.
    /// - Parameter names: the features that it was fitted on, in order.
    /// - Throws: `PredictorError` for a predictor that is not made of trees alone.
    public static func gains(
        of predictor: any FittedPredictor, _ names: [String]
    ) throws -> [(feature: String, importance: Double)] {
        guard let gains = try predictor.gains() else {
            throw PredictorError(
                .setting, "the predictor is not made of trees alone, whose splits have gains",
                try: "shuffle the features instead, or fit a forest, boosted or ngboost")
        }
        return ranked(zip(names, gains).map { (feature: $0, importance: $1) })
    }

    /// The mean of rows of gains, `[T][F]`, each as a share of its sum; rows of zeros are left out.
    static func mean(of rows: [[Double]]) -> [Double] {
        let (width, sums) = (rows.first?.count ?? 0, rows.map { $0.reduce(0, +) })
        let count = Double(max(1, sums.count { $0 > 0 }))
        return zip(rows, sums).reduce(into: [Double](repeating: 0, count: width)) { mean, next in
            guard next.1 > 0 else { return }
            for feature in 0..<width { mean[feature] += next.0[feature] / next.1 / count }
        }
    }
}
