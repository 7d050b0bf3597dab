public import Statistics

/// Five small networks that learn the same values from different beginnings: the predictor of BANANAS.
///
/// C. White, W. Neiswanger and Y. Savani: BANANAS: Bayesian Optimization with Neural Architectures for Neural
/// Architecture Search. AAAI 2021, with the settings of their code: ten hidden layers of 20 units, mean absolute error,
/// Adam with rate 0.01, 150 epochs, batches of 32. The mean and the deviation of a prediction are those over the five.
public struct BananasEnsemble: Sendable {
    private let networks: TinyEnsemble
    private let scale: TargetStandard

    /// Learns from N rows of F features.
    /// - Parameters:
    ///   - rows: `[N, F]` row by row.
    ///   - targets: `[N]`, finite.
    public init(
        _ rows: [Float], width: Int, targets: [Double], members: Int = 5, epochs: Int = 150,
        using generator: inout Random
    ) throws {
        scale = TargetStandard(targets)
        networks = try TinyEnsemble(
            rows, width: width, targets: targets.map { [scale] in Float(scale.scaled($0)) },
            lessons: [[Int]](repeating: Array(targets.indices), count: members),
            TinyEnsemble.Settings(epochs: epochs), using: &generator)
    }

    /// The mean and deviation over the members for each of M rows, `[M, F]`.
    public func predictions(for rows: [Float]) -> [Prediction] {
        let values = networks.outputs(of: rows)
        return (0..<(values.first?.count ?? 0)).map { row in
            let own = values.map { Double($0[row]) }
            let mean = own.reduce(0, +) / Double(own.count)
            let square = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, own.count - 1))
            return Prediction(
                mean: scale.mean + scale.deviation * mean, deviation: scale.deviation * square.squareRoot())
        }
    }
}
