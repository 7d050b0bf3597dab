public import Tensors

/// Trains one model with an optimiser, whose learning rate follows a schedule from step to step.
///
///     let trainer = Trainer(
///         model, SGD(model.parameters, learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4, nesterov: true),
///         schedule: CosineSchedule(0.1, steps: 200 * batches))
///     for (input, target) in batches { _ = try trainer.step(input, target: target) }
///
/// It belongs to one thread, as its model does.
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
    /// How many steps have been taken.
    public private(set) var steps = 0

    /// A trainer of `model`; `optimizer` must move its parameters.
    public init(
        _ model: Model, _ optimizer: any Optimizer, schedule: any Schedule, smoothing: Double = 0,
        gradientLimit: Double? = nil
    ) {
        self.model = model
        self.optimizer = optimizer
        self.schedule = schedule
        self.smoothing = smoothing
        self.gradientLimit = gradientLimit
    }

    /// Moves the parameters once along the gradient of the mean cross-entropy of `input` `[N, C, H, W]` against the
    /// classes `target` `[N]`, and returns the loss before the step.
    ///
    /// - Throws: `TensorError` where the shapes do not fit.
    public func step(_ input: Tensor, target: Tensor) throws -> Double {
        try optimizer.clearGradients()
        let loss = try model.forward(input, mode: .training).crossEntropy(target, smoothing: smoothing)
        try loss.backward()
        if let gradientLimit { try clipGradients(of: optimizer.parameters, to: gradientLimit) }
        optimizer.learningRate = schedule.rate(at: steps)
        try optimizer.step()
        steps += 1
        return try loss.item()
    }
}

/// How well a model does on some samples. Those of batches add up.
public struct Evaluation: Hashable, Sendable {
    /// How many samples there were.
    public var count = 0
    /// How many of them got the right class.
    public var correct = 0
    /// The sum of their cross-entropies.
    public var totalLoss = 0.0

    /// The evaluation of no sample.
    public init() {}

    /// The part of samples with the right class, in [0, 1]; NaN without samples.
    public var accuracy: Double { Double(correct) / Double(count) }
    /// The mean cross-entropy; NaN without samples.
    public var loss: Double { totalLoss / Double(count) }

    /// Both together.
    public static func += (evaluation: inout Evaluation, other: Evaluation) {
        evaluation.count += other.count
        evaluation.correct += other.correct
        evaluation.totalLoss += other.totalLoss
    }
}

extension Model {
    /// The evaluation on `input` `[N, C, H, W]` with the classes `target` `[N]`, with running statistics and without
    /// gradients.
    ///
    /// - Throws: `TensorError` where the shapes do not fit.
    public func evaluate(_ input: Tensor, target: Tensor) throws -> Evaluation {
        try noGrad {
            let logits = try forward(input, mode: .evaluation)
            var evaluation = Evaluation()
            evaluation.count = target.count
            evaluation.correct = Int(try (logits.argmax(1) .== target).to(.int64).sum().item())
            evaluation.totalLoss = try logits.crossEntropy(target, reduction: .sum).item()
            return evaluation
        }
    }
}
