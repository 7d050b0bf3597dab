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
        return found.enumerated().sorted {
            ($1.element.importance, $0.offset) < ($0.element.importance, $1.offset)
        }.map(\.element)
    }
}
