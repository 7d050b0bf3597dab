import Glibc
import Statistics
import Tensors

/// The shape of a small network that guesses one number.
protocol SmallNetwork: Sendable {
    /// The extents of each parameter: `[in, out]` of weights, `[1, out]` of biases.
    var extents: [[Int]] { get }

    /// What M networks say of B rows, `[M, B]`, for parameters `[M, in, out]` and `[M, 1, out]`.
    func output(_ parameters: [Tensor], _ batch: NetworkBatch) throws -> Tensor
}

/// How small networks are fitted.
struct NetworkTraining: Sendable {
    var epochs: Int
    /// Rows in a step; as many as there are, if these are fewer.
    var batch: Int
    var rate: Double
    var betas = (0.9, 0.999)
    var decay = 0.0
    /// Whether the error is squared, or its absolute value taken.
    var squares = false
    /// Whether the rate falls to 0 along half a cosine.
    var cosine = false
}

/// M networks of one shape that are fitted at the same time, as one network of tensors with a dimension more, each
/// without the rows that its fold holds out.
struct NetworkEnsemble<Network: SmallNetwork>: Sendable {
    let network: Network
    let members: Int
    /// The numbers of each parameter, all members in a row.
    private(set) var parameters: [[Float]]

    /// Networks with initial weights: uniform as by X. Glorot and Y. Bengio (AISTATS 2010), biases 0.
    init(_ network: Network, members: Int, using generator: inout Random) {
        (self.network, self.members) = (network, members)
        parameters = network.extents.map { extents in
            let limit = (6 / Double(extents[0] + extents[1])).squareRoot()
            return (0..<members * extents[0] * extents[1]).map { _ in
                extents[0] == 1 ? 0 : Float(generator.uniform(in: -limit..<limit))
            }
        }
    }

    /// Networks with given weights.
    /// - Throws: `PredictorError` where their number is another.
    init(_ network: Network, members: Int, state: PredictorState) throws {
        (self.network, self.members) = (network, members)
        parameters = try network.extents.enumerated().map { number, extents in
            try state.row("parameter \(number)", count: members * extents[0] * extents[1]).map { Float($0) }
        }
    }

    func store(into state: inout PredictorState) {
        for (number, values) in parameters.enumerated() { state["parameter \(number)"] = values.map(Double.init) }
    }

    /// Runs `body` with operations on one thread: they are too small for more, and their sums are then the same
    /// whatever the number of processors.
    private static func onOneThread<Result>(_ body: () throws -> Result) throws -> Result {
        let threads = try Torch.threads
        try Torch.setThreads(1)
        defer { try? Torch.setThreads(threads) }
        return try body()
    }

    private func tensors() throws -> [Tensor] {
        try zip(network.extents, parameters).map { try Tensor($1, shape: [members] + $0) }
    }

    /// Fits member m to the targets of the rows that fold m does not hold out.
    mutating func fit(
        _ rows: NetworkRows, targets: [Float], folds: Folds, _ training: NetworkTraining,
        using generator: inout Random
    ) throws {
        try Self.onOneThread { try fitOnThisThread(rows, targets, folds, training, &generator) }
    }

    private mutating func fitOnThisThread(
        _ rows: NetworkRows, _ targets: [Float], _ folds: Folds, _ training: NetworkTraining,
        _ generator: inout Random
    ) throws {
        let tensors = try tensors()
        for tensor in tensors { _ = try tensor.requireGrad() }
        let optimizer = Adam(
            tensors, learningRate: training.rate, betas: training.betas, weightDecay: training.decay)
        var order = Array(targets.indices)
        let whole = training.batch >= order.count ? try rows.batch(order) : nil
        for epoch in 0..<training.epochs {
            if whole == nil { generator.shuffle(&order) }
            if training.cosine {
                optimizer.learningRate =
                    training.rate * (1 + cos(Double.pi * Double(epoch) / Double(training.epochs))) / 2
            }
            for start in stride(from: 0, to: order.count, by: training.batch) {
                let chosen = Array(order[start..<min(order.count, start + training.batch)])
                let loss = try loss(tensors, whole ?? rows.batch(chosen), chosen, targets, folds, training)
                try optimizer.clearGradients()
                try loss.backward()
                try optimizer.step()
            }
        }
        parameters = try tensors.map { try $0.detached().array(of: Float.self) }
    }

    /// The mean error of each member over the rows that it may see, summed over the members.
    private func loss(
        _ tensors: [Tensor], _ batch: NetworkBatch, _ rows: [Int], _ targets: [Float], _ folds: Folds,
        _ training: NetworkTraining
    ) throws -> Tensor {
        var weights: [Float] = []
        for member in 0..<members {
            let kept = rows.map { folds.holds($0, member) ? Float(0) : 1 }
            let sum = max(1, kept.reduce(0, +))
            weights += kept.map { $0 / sum }
        }
        let wanted = try Tensor(rows.map { targets[$0] }, shape: [1, rows.count])
        let gap = try network.output(tensors, batch) - wanted
        let error = training.squares ? try gap.square() : try gap.abs()
        return try (error * Tensor(weights, shape: [members, rows.count])).sum()
    }

    /// What each member says of each row, `[M][N]`.
    func outputs(_ rows: NetworkRows, count: Int) throws -> [[Float]] {
        try Self.onOneThread { try outputsOnThisThread(rows, count) }
    }

    private func outputsOnThisThread(_ rows: NetworkRows, _ count: Int) throws -> [[Float]] {
        let tensors = try tensors()
        var result = [[Float]](repeating: [], count: members)
        for start in stride(from: 0, to: count, by: 1_024) {
            let chosen = Array(start..<min(count, start + 1_024))
            let output = try noGrad { try network.output(tensors, rows.batch(chosen)).array(of: Float.self) }
            for member in 0..<members {
                result[member] += output[member * chosen.count..<(member + 1) * chosen.count]
            }
        }
        return result
    }
}
