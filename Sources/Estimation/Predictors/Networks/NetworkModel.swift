import Spaces
import Statistics
import Tensors

/// Fitted small networks: the mean of what they say, and how far they are apart.
struct NetworkModel<Network: SmallNetwork>: Sendable {
    let ensemble: NetworkEnsemble<Network>
    let columns: Standardisation
    let scale: TargetScale
    var calibration = Calibration.none

    /// Fits as many networks as there are members, each without two parts of the rows, on which it is judged.
    init(
        _ network: Network, members: Int, _ training: NetworkTraining, to inputs: PredictorInputs, targets: [Double],
        _ rows: NetworkRows, columns: Standardisation, using generator: inout Random
    ) throws {
        let scale = TargetScale(targets)
        (self.columns, self.scale) = (columns, scale)
        let scaled = targets.map { Float(scale.scaled($0)) }
        let folds = Folds(inputs.count, count: members, heldAtOnce: 2, using: &generator)
        var ensemble = NetworkEnsemble(network, members: folds.count, using: &generator)
        do {
            try ensemble.fit(rows, targets: scaled, folds: folds, training, using: &generator)
        } catch let error as TensorError {
            throw PredictorError(.setting, "libtorch refused: \(error)", try: "use a predictor without networks")
        }
        self.ensemble = ensemble
        let outputs = try ensemble.outputs(rows, count: inputs.count)
        let heldOut = Committee.heldOut(outputs, folds, targets: targets.map(scale.scaled))
        calibration = Calibration(heldOut.map(scale.unscaled), targets: targets)
    }

    init(_ network: Network, state: PredictorState) throws {
        let members = try state.integers("members", in: 1..<1_000).first ?? 0
        guard members > 0 else { throw PredictorState.damaged("it has no networks") }
        ensemble = try NetworkEnsemble(network, members: members, state: state)
        columns = try Standardisation(state, width: state.features.count)
        scale = try TargetScale(numbers: state["scale"])
        calibration = try Calibration(numbers: state["calibration"])
    }

    func predictions(_ rows: NetworkRows, count: Int) throws -> [Prediction] {
        let outputs = try ensemble.outputs(rows, count: count)
        return (0..<count).map { row in
            calibration.calibrated(scale.unscaled(Committee.guess(outputs.map { Double($0[row]) })))
        }
    }

    var state: PredictorState {
        var state = PredictorState([
            "members": [Double(ensemble.members)], "means": columns.means, "scales": columns.scales,
            "scale": scale.numbers, "calibration": calibration.numbers,
        ])
        ensemble.store(into: &state)
        return state
    }
}
