public import Networks
import Tensors

extension ModelState {
    /// Throws ``StateError`` unless these are the weights and statistics of `network`, dead parts included.
    ///
    /// `num_batches_tracked`, which old checkpoints lack and inference does not need, may be missing.
    public func check(against network: Network) throws(StateError) {
        let expected = network.stateShapes
        let names = Set(expected.map(\.name))
        let missing = expected.map(\.name).filter { self[$0] == nil && !$0.hasSuffix(".num_batches_tracked") }
        let superfluous = entries.sorted { $0.isWhole != $1.isWhole && $1.isWhole }.map(\.name)
            .filter { !names.contains($0) }
        let misshapen = expected.compactMap { name, shape in
            self[name].flatMap { $0.shape == shape ? nil : "\(name): \($0.shape), not \(shape)" }
        }
        guard missing.isEmpty, superfluous.isEmpty, misshapen.isEmpty else {
            throw StateError(missing: missing, superfluous: superfluous, misshapen: misshapen)
        }
    }
}

extension Network {
    /// The names and shapes of all that a PyTorch state dictionary of it holds.
    fileprivate var stateShapes: [(name: String, shape: [Int])] {
        nodes.flatMap { node in
            var shapes = node.parameters.map { (name: $0.name, shape: $0.extents) }
            if case .batchNorm(let channels, _) = node.layer {
                shapes += [
                    ("\(node.name).running_mean", [channels]), ("\(node.name).running_var", [channels]),
                    ("\(node.name).num_batches_tracked", []),
                ]
            }
            return shapes
        }
    }
}

extension Model {
    /// The model of `network` with the weights and statistics of `state`.
    ///
    /// - Throws: ``StateError`` where they are not those of `network`; `NetworkError` where dead parts are dropped and
    ///   nothing is left.
    public convenience init(_ network: Network, state: ModelState, options: Options = Options()) throws {
        try state.check(against: network)
        try self.init(network, options: options) { parameter, _ in try state[parameter.name]!.tensor() }
        try loadStatistics(state)
    }

    /// Takes the weights and statistics of `state` over, in place.
    ///
    /// - Throws: ``StateError`` where they are not those of the whole network, dead parts included.
    public func load(_ state: ModelState) throws {
        try state.check(against: original)
        try takeOver(state)
    }

    /// Takes over what is computed, which `state` must hold: the weights and statistics that `state()` gives.
    func restore(_ state: ModelState) throws {
        try state.check(against: network)
        try takeOver(state)
    }

    private func takeOver(_ state: ModelState) throws {
        try noGrad {
            for (parameter, name) in zip(parameters, parameterNames) { try parameter.assign(state[name]!.tensor()) }
        }
        try loadStatistics(state)
    }

    private func loadStatistics(_ state: ModelState) throws {
        for (place, norm) in plan.norms.enumerated() {
            try statistics[place].mean.assign(state["\(norm.name).running_mean"]!.tensor())
            try statistics[place].variance.assign(state["\(norm.name).running_var"]!.tensor())
            let batches = try state["\(norm.name).num_batches_tracked"]?.tensor().item()
            statistics[place].batches = Int(batches ?? 0)
        }
    }

    /// The weights and statistics of what is computed, by PyTorch's names. It is the whole network's where dead parts
    /// are kept.
    public func state() throws -> ModelState {
        let weights = zip(parameterNames, parameters).map { (name: $0, tensor: $1) }
        let kept = try zip(plan.norms, statistics).flatMap { norm, seen in
            [
                (name: "\(norm.name).running_mean", tensor: seen.mean),
                (name: "\(norm.name).running_var", tensor: seen.variance),
                (name: "\(norm.name).num_batches_tracked", tensor: try Tensor(seen.batches, dtype: .int64)),
            ]
        }
        return try ModelState(weights + kept)
    }
}
