internal import CTorch

/// Adam (D. Kingma and J. Ba, *Adam: A Method for Stochastic Optimization*, ICLR 2015, algorithm 1), or
/// AdamW, whose weight decay does not pass through the moments (I. Loshchilov and F. Hutter, *Decoupled
/// Weight Decay Regularization*, ICLR 2019, algorithm 2, in PyTorch's form: scaled by the learning rate).
public final class Adam: Optimizer {
    /// What is moved, in place.
    public let parameters: [Tensor]
    /// The length of a step.
    public var learningRate: Double
    private var options: CTAdam
    private var states: [State?]

    /// The moments of one parameter, of its shape, and how many steps they have seen.
    private struct State {
        let mean, square, steps: Tensor
    }

    /// An optimiser of `parameters`; with `decoupled` it is AdamW.
    public init(
        _ parameters: [Tensor], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
        epsilon: Double = 1e-8, weightDecay: Double = 0, decoupled: Bool = false
    ) {
        self.parameters = parameters
        self.learningRate = learningRate
        options = CTAdam(
            rate: learningRate, beta1: betas.0, beta2: betas.1, epsilon: epsilon, decay: weightDecay,
            decoupled: decoupled)
        states = Array(repeating: nil, count: parameters.count)
    }

    /// AdamW, with PyTorch's defaults.
    public static func decoupled(
        _ parameters: [Tensor], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
        epsilon: Double = 1e-8, weightDecay: Double = 1e-2
    ) -> Adam {
        Adam(
            parameters, learningRate: learningRate, betas: betas, epsilon: epsilon, weightDecay: weightDecay,
            decoupled: true)
    }

    /// Moves every parameter along its `grad`.
    public func step() throws(TensorError) {
        let moving = parameters.indices.filter { parameters[$0].grad != nil }
        guard !moving.isEmpty else { return }
        let moved = moving.map { parameters[$0] }
        let gradients = moved.compactMap(\.grad)
        var used: [State] = []
        for index in moving { used.append(try state(of: index)) }
        options.rate = learningRate
        let done = withExtendedLifetime(gradients) {
            torch.pointee.stepAdam(
                moved.map(\.handle), gradients.map(\.handle), used.map(\.mean.handle), used.map(\.square.handle),
                used.map(\.steps.handle), moving.count, options)
        }
        try check(done, of: moved, "Adam")
    }

    /// The moments of each parameter as `exp_avg` and `exp_avg_sq`, and its number of steps as `step`.
    public var memory: [[String: Tensor]] {
        states.map { $0.map { ["exp_avg": $0.mean, "exp_avg_sq": $0.square, "step": $0.steps] } ?? [:] }
    }

    /// Takes over what another Adam remembered.
    public func restore(_ memory: [[String: Tensor]]) throws(TensorError) {
        for (index, kept) in memory.enumerated() {
            let parameter = parameters[index]
            states[index] =
                try kept.isEmpty
                ? nil
                : State(
                    mean: parameter.remembered("exp_avg", in: kept),
                    square: parameter.remembered("exp_avg_sq", in: kept),
                    steps: Tensor(0, device: parameter.device).remembered("step", in: kept))
        }
    }

    private func state(of index: Int) throws(TensorError) -> State {
        if let state = states[index] { return state }
        let zeros = try parameters[index].detached().zerosLike()
        let state = State(
            mean: zeros, square: try zeros.zerosLike(), steps: try Tensor(0, device: parameters[index].device))
        states[index] = state
        return state
    }
}
