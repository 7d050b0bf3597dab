public import Tensors

/// Trains one model with an optimiser, whose learning rate follows a schedule from step to step.
///
///     let trainer = Trainer(
///         model, SGD(model.parameters, learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4, nesterov: true),
///         schedule: CosineSchedule(0.1, steps: 200 * batches))
///     for (input, target) in batches { _ = try trainer.step(input, target: target) }
///
/// It belongs to one thread, as its model does. ``TrainingRun`` makes its steps with one.
public final class Trainer {
    /// What is trained.
    public let model: Model
    /// What moves the model's parameters.
    public let optimizer: any Optimizer
    /// The learning rate at each step.
    public let schedule: any Schedule
    /// In [0, 1], the part of each target that is spread over all classes.
    public let smoothing: Double
    /// The greatest norm of all gradients together; longer ones are scaled down to it.
    public let gradientLimit: Double?
    /// With how many digits the model computes.
    public let precision: Recipe.Precision
    /// How many steps have been taken.
    public internal(set) var steps = 0

    /// A trainer of `model`; `optimizer` must move its parameters.
    public init(
        _ model: Model, _ optimizer: any Optimizer, schedule: any Schedule, smoothing: Double = 0,
        gradientLimit: Double? = nil, precision: Recipe.Precision = .float32
    ) {
        self.model = model
        self.optimizer = optimizer
        self.schedule = schedule
        self.smoothing = smoothing
        self.gradientLimit = gradientLimit
        self.precision = precision
    }

    /// Moves the parameters once along the gradient of the mean cross-entropy of `input` `[N, C, H, W]` against the
    /// classes `target` `[N]`, and returns the loss before the step.
    ///
    /// - Throws: `TensorError` where the shapes do not fit.
    public func step(_ input: Tensor, target: Tensor) throws -> Double { try move(input, target).loss.item() }

    /// Such a step, that waits for no device.
    func move(_ input: Tensor, _ target: Tensor) throws -> Outcome {
        try optimizer.clearGradients()
        let logits = try model.logits(input, mode: .training, precision)
        let loss = try logits.crossEntropy(target, smoothing: smoothing)
        try loss.backward()
        if let gradientLimit { try clipGradients(of: optimizer.parameters, to: gradientLimit) }
        optimizer.learningRate = schedule.rate(at: steps)
        try optimizer.step()
        steps += 1
        return try Outcome(logits, loss: loss, target)
    }
}
