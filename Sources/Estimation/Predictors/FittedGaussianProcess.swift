import Statistics

/// A Gaussian process that has learnt.
struct FittedGaussianProcess: FittedPredictor {
    private let reader: GaussianProcessReader
    /// What it has seen, `[N, F]`, as the reader gives it.
    private let rows: [Float]
    private let features: GaussianProcessFeatures
    private let posterior: GaussianProcessPosterior
    private let targets: [Double]
    private let scale: GaussianProcessScale
    var calibration = Calibration.none

    /// How many rows are predicted at a time: V has as many columns.
    private static let chunk = 2_048

    /// A process that has seen `rows`, `[N, F]`, and their N targets on the scale.
    /// - Parameter parameters: logarithms of the hyperparameters.
    init(
        reader: GaussianProcessReader, rows: [Float], targets: [Double], scale: GaussianProcessScale,
        parameters: [Double]
    ) {
        (self.reader, self.rows, self.targets, self.scale) = (reader, rows, targets, scale)
        features = GaussianProcessFeatures(rows, blocks: reader.blocks)
        var posterior = GaussianProcessPosterior(reader.kernel, blocks: reader.blocks, parameters: parameters)
        for row in targets.indices { posterior.observe(features.row(row)) }
        self.posterior = posterior
    }

    /// The guess of each row from all others: with A = K + σ²I, μᵢ = yᵢ − (A⁻¹y)ᵢ/(A⁻¹)ᵢᵢ and σᵢ² = 1/(A⁻¹)ᵢᵢ.
    ///
    /// Rasmussen and Williams 2006, equation 5.12.
    var leftOut: [Prediction] {
        let factor = posterior.factor
        let alpha = factor.backward(factor.forward(targets))
        return zip(targets, zip(alpha, factor.inverseDiagonal)).map { target, parts in
            scale.unscaled(target - parts.0 / parts.1, variance: 1 / parts.1)
        }
    }

    func predictions(for inputs: PredictorInputs) throws -> [Prediction] {
        try reader.check(inputs)
        let chunks = (inputs.count + Self.chunk - 1) / Self.chunk
        return try Parallel.map(chunks, chunk: 1) { number in
            let range = number * Self.chunk..<min(inputs.count, (number + 1) * Self.chunk)
            let pool = features.scaled(try reader.rows(of: inputs, range))
            let field = GaussianProcessField(posterior, over: pool)
            return zip(field.means(targets), field.variances).map { mean, variance in
                calibration.calibrated(scale.unscaled(Double(mean), variance: Double(variance) + posterior.noise))
            }
        }.flatMap(\.self)
    }

    var state: PredictorState? {
        var state = PredictorState([
            "rows": rows.map(Double.init), "targets": targets, "parameters": posterior.parameters,
            "scale": scale.numbers, "calibration": calibration.numbers,
        ])
        reader.store(into: &state)
        return state
    }

    init(_ state: PredictorState) throws {
        let reader = try GaussianProcessReader(state)
        let targets = state["targets"]
        let rows = try state.row("rows", count: targets.count * (reader.blocks.last?.upperBound ?? 0))
        guard !targets.isEmpty else { throw PredictorState.damaged("it has no rows") }
        self.init(
            reader: reader, rows: rows.map { Float($0) }, targets: targets,
            scale: try GaussianProcessScale(numbers: state["scale"]),
            parameters: try state.row("parameters", count: reader.kernel.parameterCount))
        calibration = try Calibration(numbers: state["calibration"])
    }
}
