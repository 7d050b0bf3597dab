import Spaces
import Statistics
import Tensors

/// Fitted small networks: the mean of what they say, and how far they are apart.
struct NetworkModel<Network: SmallNetwork>: Sendable {
    let ensemble: NetworkEnsemble<Network>
    let columns: Standardisation
    let committee: Committee

    /// Fits as many networks as there are members, each without two parts of the rows, on which it is judged.
    init(
        _ network: Network, members: Int, _ training: NetworkTraining, to inputs: PredictorInputs, targets: [Double],
        _ rows: NetworkRows, columns: Standardisation, using generator: inout Random
    ) throws {
        let scale = TargetScale(targets)
        self.columns = columns
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
        committee = Committee(outputs, folds, targets: targets, scale: scale)
    }

    init(_ network: Network, state: PredictorState) throws {
        let members = try state.integers("members", in: 1..<1_000).first ?? 0
        guard members > 0 else { throw PredictorState.damaged("it has no networks") }
        ensemble = try NetworkEnsemble(network, members: members, state: state)
        columns = try Standardisation(state, width: state.features.count)
        committee = try Committee(state)
    }

    func predictions(_ rows: NetworkRows, count: Int) throws -> [Prediction] {
        committee.predictions(try ensemble.outputs(rows, count: count), count: count)
    }

    var state: PredictorState {
        var state = PredictorState([
            "members": [Double(ensemble.members)], "means": columns.means, "scales": columns.scales,
        ])
        committee.store(into: &state)
        ensemble.store(into: &state)
        return state
    }
}
