public import Spaces
public import Statistics

// z(a): components of the tables' devices, [≤ 8]; c(a): counts and costs, standardised and divided by √(how many).
// t = latency, or its logarithm, less its mean and over its deviation. t ~ N([1, z, c]·w, 1/β), one precision for the
// weights of z, one for those of c.

/// Latency on a device from a few measurements.
///
/// A network's latency is nearly linear in how often each operation occurs. Whether operations that lie on no path cost
/// time depends on the runtime, so both are counted, all and live ones (and parameters, multiply-adds, depth). Where
/// the space has tables of devices, what those have in common comes first (`DevicePatterns`): a new device is a mixture
/// of a few patterns, and ten measurements find it. The device whose measurements are learnt from is never among
/// them: a table that agrees with all targets, and all tables of that device, are left out.
///
/// Weights are those of Bayesian linear regression (D. MacKay: Bayesian Interpolation, Neural Computation 4(3), 1992),
/// with weak beliefs about its precisions, as ten rows say little about them. Where latencies span more than a factor
/// of two, their logarithm is learnt instead if that guesses left-out rows clearly better. The deviation is that of the
/// posterior, calibrated on rows left out.
public struct Latency: Predictor {
    /// `latency`.
    public static let name = "latency"
    /// One line on it.
    public static let summary = "latency from few measurements: counts of operations, and what other devices teach"

    /// Whether devices of the tables teach what latency can be.
    public var transfer = true
    /// The tables.
    public var tables = Tables.known
    /// Which tables must not be seen besides those of the measured device, by their names.
    public var isHidden: @Sendable (String) -> Bool = { _ in false }

    /// The usual settings.
    public init() {}

    /// By which factor the logarithm must lessen the squared error of left-out rows to be preferred.
    private static let clearly = 0.7

    /// The regression on N rows, N at least 2.
    public func fitted(
        to inputs: PredictorInputs, targets: [Double], using generator: inout Random
    ) throws -> any FittedPredictor {
        try inputs.check(targets: targets)
        let patterns = transfer ? try patterns(inputs, targets) : nil
        let plain = try LatencyModel(inputs, targets, patterns, isLogarithm: false)
        guard let least = targets.min(), let most = targets.max(), least > 0, most > 2 * least else {
            return FittedLatency(plain, fittedTo: inputs)
        }
        let logarithm = try LatencyModel(inputs, targets, patterns, isLogarithm: true)
        let isBetter = logarithm.leftOutError < Self.clearly * plain.leftOutError
        return FittedLatency(isBetter ? logarithm : plain, fittedTo: inputs)
    }

    /// What other devices teach, nil where there are none.
    private func patterns(_ inputs: PredictorInputs, _ targets: [Double]) throws -> DevicePatterns? {
        guard let matrix = inputs.architectures, let space = inputs.space else { return nil }
        do {
            let same = try tables.devicesThatMeasured(targets, of: matrix, in: space)
            let measured = Set(same.map(DevicePatterns.device))
            return try DevicePatterns.of(space, in: tables) { column in
                measured.contains(DevicePatterns.device(of: column.name)) || isHidden(column.name)
            }
        } catch let error as MeasurementError {
            throw PredictorError(.setting, "\(error)", try: "mend the table, or fit without `transfer`")
        }
    }

    /// The regression that was stored.
    public func restored(from state: PredictorState) throws -> any FittedPredictor { try FittedLatency(state) }
}

extension Tables {
    /// The devices whose latencies, of each row of `matrix`, are `values` exactly; none where the space has no tables.
    ///
    /// - Throws: `MeasurementError` where a table is broken.
    public func devicesThatMeasured(
        _ values: [Double], of matrix: GeneMatrix, in space: any Space
    ) throws -> [String] {
        guard Self.benchmarks.contains(where: { $0.space == space.name }), !values.isEmpty else { return [] }
        return try devices(space: space.name).filter { name in
            let column = try latency(space: space.name, device: name)
            return values.indices.allSatisfy { column.value(for: matrix.genes(of: $0)) == values[$0] }
        }
    }
}

/// A fitted latency predictor.
struct FittedLatency: FittedPredictor {
    let model: LatencyModel
    let names: [String]
    let space: String?
    let genes: Int

    init(_ model: LatencyModel, fittedTo inputs: PredictorInputs) {
        (self.model, names, space) = (model, inputs.names, inputs.space?.name)
        genes = inputs.architectures?.length ?? 0
    }

    init(_ state: PredictorState) throws {
        guard let genes = try state.integers("genes", in: 0..<1 << 20).first else {
            throw PredictorState.damaged("its number of genes")
        }
        (model, names, space) = (try LatencyModel(state), state.features, state.space)
        self.genes = genes
    }

    func predictions(for inputs: PredictorInputs) throws -> [Prediction] {
        try inputs.check(features: names, space: space)
        guard inputs.architectures?.length ?? 0 == genes || model.patterns == nil else {
            throw PredictorError(
                .space,
                "the architectures have \(inputs.architectures?.length ?? 0) genes, those fitted on had \(genes)",
                try: "take them from the space that it was fitted on")
        }
        return try model.predictions(for: inputs)
    }

    var state: PredictorState? {
        var state = model.state
        state["genes"] = [Double(genes)]
        (state.features, state.space) = (names, space)
        return state
    }
}
