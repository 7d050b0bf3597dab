internal import CTorch

/// Stochastic gradient descent with momentum and weight decay, in PyTorch's form: with the gradient g of
/// parameter p, momentum μ, dampening τ, decay λ and learning rate γ,
///
///     g ← g + λ p
///     b ← μ b + (1 - τ) g     (b ← g the first time)
///     p ← p - γ (g + μ b) with Nesterov, else p ← p - γ b
///
/// (I. Sutskever, J. Martens, G. Dahl and G. Hinton, *On the importance of initialization and momentum in
/// deep learning*, ICML 2013; there the learning rate stands inside the momentum.)
public final class SGD: Optimizer {
    /// What is moved, in place.
    public let parameters: [Tensor]
    /// The length of a step.
    public var learningRate: Double
    private let momentum, dampening, weightDecay: Double
    private let nesterov: Bool
    private var momenta: [Tensor?]

    /// An optimiser of `parameters`.
    ///
    /// Nesterov's momentum needs a momentum above 0 and no dampening.
    public init(
        _ parameters: [Tensor], learningRate: Double, momentum: Double = 0, dampening: Double = 0,
        weightDecay: Double = 0, nesterov: Bool = false
    ) {
        precondition(!nesterov || (momentum > 0 && dampening == 0), "Nesterov needs a momentum and no dampening")
        self.parameters = parameters
        self.learningRate = learningRate
        self.momentum = momentum
        self.dampening = dampening
        self.weightDecay = weightDecay
        self.nesterov = nesterov
        momenta = Array(repeating: nil, count: parameters.count)
    }

    /// Moves every parameter along its `grad`.
    public func step() throws(TensorError) {
        let moving = parameters.indices.filter { parameters[$0].grad != nil }
        let starting = moving.filter { momenta[$0] == nil }
        try step(moving.filter { momenta[$0] != nil }, first: false)
        try step(starting, first: true)
    }

    /// The momentum of each parameter as `momentum_buffer`.
    public var memory: [[String: Tensor]] { momenta.map { $0.map { ["momentum_buffer": $0] } ?? [:] } }

    /// Takes over what another SGD remembered.
    public func restore(_ memory: [[String: Tensor]]) throws(TensorError) {
        for (index, kept) in memory.enumerated() {
            momenta[index] = try kept.isEmpty ? nil : parameters[index].remembered("momentum_buffer", in: kept)
        }
    }

    private func step(_ indices: [Int], first: Bool) throws(TensorError) {
        guard !indices.isEmpty else { return }
        let moved = indices.map { parameters[$0] }
        let gradients = moved.compactMap(\.grad)
        let buffers = try momentum == 0 ? nil : buffers(of: indices)
        let options = CTSGD(
            rate: learningRate, momentum: momentum, dampening: dampening, decay: weightDecay, nesterov: nesterov,
            first: first)
        let done = withExtendedLifetime(buffers) {
            torch.pointee.stepSGD(
                moved.map(\.handle), gradients.map(\.handle), buffers?.map(\.handle), indices.count, options)
        }
        try check(done, of: moved, "SGD")
    }

    private func buffers(of indices: [Int]) throws(TensorError) -> [Tensor] {
        var buffers: [Tensor] = []
        for index in indices {
            if momenta[index] == nil { momenta[index] = try parameters[index].detached().zerosLike() }
            buffers += [momenta[index]].compactMap(\.self)
        }
        return buffers
    }
}
