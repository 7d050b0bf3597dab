public import Tensors

/// How a network is trained: everything that decides what becomes of it beside its first weights, the data and the
/// seed. Equal recipes on equal data with equal seeds give equal networks.
///
///     var recipe = Recipe(epochs: 27)
///     recipe.batchSize = 128
public struct Recipe: Sendable, Hashable, Codable {
    /// What moves the parameters.
    public enum Method: Sendable, Hashable, Codable {
        /// Stochastic gradient descent; momentum in [0, 1).
        case sgd(momentum: Double = 0.9, nesterov: Bool = true)
        /// Adam with L2 regularisation.
        case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
        /// Adam whose weight decay does not pass through the moments.
        case adamw(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
    }

    /// How the learning rate changes from step to step after the warm-up, up to the horizon.
    public enum Course: Sendable, Hashable, Codable {
        /// It stays.
        case constant
        /// Half a cosine down to `minimum`.
        case cosine(minimum: Double = 0)
        /// Evenly down to `minimum`.
        case linear(minimum: Double = 0)
        /// Multiplied by `factor` at the beginning of each of the epochs `at`, counted from 0.
        case step(factor: Double = 0.1, at: [Int])
        /// Multiplied by `factor` in each epoch, a little at each step.
        case exponential(factor: Double)
    }

    /// With how many digits it is computed.
    public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
        /// Everything in 32-bit floats.
        case float32
        /// Convolutions and matrix products in `bfloat16`, weights and sums in 32-bit floats.
        case mixed
    }

    /// The horizon: over how many epochs the learning rate runs its course. A run may stop earlier; beyond it the rate
    /// stays where it ended.
    public var epochs: Int
    /// How many samples a step sees, 1 or more. The last step of an epoch sees what is left, or is left out where that
    /// is a single sample, of which no batch has a variance.
    public var batchSize: Int
    /// What moves the parameters.
    public var method: Method
    /// The highest learning rate.
    public var learningRate: Double
    /// What part of a weight is added to its gradient (with `adamw`: taken from the weight, times the learning rate).
    public var weightDecay: Double
    /// Whether scales and shifts of normalisations, and biases, decay too.
    public var decaysNorms: Bool
    /// How the learning rate changes.
    public var course: Course
    /// In how many epochs, or parts of one, the learning rate rises to its highest; counted among `epochs`.
    public var warmUp: Double
    /// In [0, 1), the part of each target that is spread over all classes.
    public var labelSmoothing: Double
    /// How training images are changed.
    public var augmentation: Augmentation?
    /// The greatest norm of all gradients together; longer ones are scaled down to it.
    public var gradientLimit: Double?
    /// With how many digits it is computed.
    public var precision: Precision
    /// Where it is computed.
    public var device: Device
    /// Whether channels lie next to each other in memory: see `Model.Options`. With `nil` they do in main memory, where
    /// that is faster.
    public var channelsLast: Bool?

    /// A recipe, by default one that trains a network of NAS-Bench-201 well on small images.
    public init(
        epochs: Int = 27, batchSize: Int = 64, method: Method = .sgd(), learningRate: Double = 0.1,
        weightDecay: Double = 5e-4, decaysNorms: Bool = true, course: Course = .cosine(), warmUp: Double = 0,
        labelSmoothing: Double = 0, augmentation: Augmentation? = nil, gradientLimit: Double? = nil,
        precision: Precision = .float32, device: Device = .cpu, channelsLast: Bool? = nil
    ) {
        (self.epochs, self.batchSize, self.method) = (epochs, batchSize, method)
        (self.learningRate, self.weightDecay, self.decaysNorms) = (learningRate, weightDecay, decaysNorms)
        (self.course, self.warmUp, self.labelSmoothing) = (course, warmUp, labelSmoothing)
        (self.augmentation, self.gradientLimit) = (augmentation, gradientLimit)
        (self.precision, self.device, self.channelsLast) = (precision, device, channelsLast)
    }

    /// That of NATS-Bench's networks of 200 epochs.
    ///
    /// X. Dong, L. Liu, K. Musial and B. Gabrys: NATS-Bench: Benchmarking NAS Algorithms for Architecture Topology and
    /// Size. IEEE TPAMI 44(7), 2022, arXiv 2009.00437, section 3.2: Nesterov's momentum of 0.9, a learning rate of 0.1
    /// under a cosine, a weight decay of 5e-4, batches of 256, random flips and crops out of a border of 4 pixels.
    public static let natsBench = Recipe(epochs: 200, batchSize: 256, augmentation: .standard)
}

extension Recipe {
    /// - Throws: `TrainingError` naming the first setting that makes no sense.
    public func check() throws(TrainingError) {
        func require(_ holds: Bool, _ what: String) throws(TrainingError) {
            if !holds { throw .recipe(what) }
        }
        try require(epochs >= 1, "epochs must be 1 or more, not \(epochs)")
        try require(batchSize >= 1, "the batch size must be 1 or more, not \(batchSize)")
        try require(
            learningRate > 0 && learningRate.isFinite, "the learning rate must be positive, not \(learningRate)")
        try require(weightDecay >= 0 && weightDecay.isFinite, "the weight decay must be 0 or more, not \(weightDecay)")
        try require(
            warmUp >= 0 && warmUp < Double(epochs), "the warm-up must end before the \(epochs) epochs, not at \(warmUp)"
        )
        try require(
            (0..<1).contains(labelSmoothing), "the label smoothing must be in 0 ..< 1, not \(labelSmoothing)")
        if let limit = gradientLimit { try require(limit > 0, "the gradient limit must be positive, not \(limit)") }
        switch method {
        case .sgd(let momentum, let nesterov):
            try require((0..<1).contains(momentum), "the momentum must be in 0 ..< 1, not \(momentum)")
            try require(!nesterov || momentum > 0, "Nesterov's momentum needs a momentum above 0")
        case .adam(let one, let two, let epsilon), .adamw(let one, let two, let epsilon):
            try require((0..<1).contains(one), "beta1 must be in 0 ..< 1, not \(one)")
            try require((0..<1).contains(two), "beta2 must be in 0 ..< 1, not \(two)")
            try require(epsilon > 0, "epsilon must be positive, not \(epsilon)")
        }
    }

    /// The learning rate at each step, with so many steps in an epoch.
    public func schedule(stepsPerEpoch: Int) -> any Schedule {
        let warm = Int((warmUp * Double(stepsPerEpoch)).rounded())
        let rest = epochs * stepsPerEpoch - warm
        switch course {
        case .constant: return warmed(ConstantSchedule(learningRate), warm)
        case .cosine(let minimum): return warmed(CosineSchedule(learningRate, minimum: minimum, steps: rest), warm)
        case .linear(let minimum): return warmed(LinearSchedule(learningRate, minimum: minimum, steps: rest), warm)
        case .step(let factor, let epochs):
            let milestones = epochs.map { $0 * stepsPerEpoch - warm }
            return warmed(StepSchedule(learningRate, factor: factor, milestones: milestones), warm)
        case .exponential(let factor):
            return warmed(ExponentialSchedule(learningRate, factor: factor, period: stepsPerEpoch), warm)
        }
    }

    private func warmed(_ course: some Schedule, _ steps: Int) -> any Schedule {
        steps == 0 ? course : WarmUp(steps: steps, start: 1 / Double(steps), then: course)
    }

    /// What moves `parameters`.
    func optimizer(_ parameters: [Tensor], decays: Bool) -> any Optimizer {
        let decay = decays ? weightDecay : 0
        switch method {
        case .sgd(let momentum, let nesterov):
            return SGD(
                parameters, learningRate: learningRate, momentum: momentum, weightDecay: decay, nesterov: nesterov)
        case .adam(let one, let two, let epsilon):
            return Adam(
                parameters, learningRate: learningRate, betas: (one, two), epsilon: epsilon, weightDecay: decay)
        case .adamw(let one, let two, let epsilon):
            return Adam.decoupled(
                parameters, learningRate: learningRate, betas: (one, two), epsilon: epsilon, weightDecay: decay)
        }
    }

    /// Whether the model's channels lie next to each other in memory.
    var usesChannelsLast: Bool { channelsLast ?? (device == .cpu) }

    /// Every setting by its name, as a checkpoint keeps it.
    public var settings: [(name: String, value: String)] {
        [
            ("epochs", "\(epochs)"), ("batch size", "\(batchSize)"), ("method", "\(method)"),
            ("learning rate", "\(learningRate)"), ("weight decay", "\(weightDecay)"),
            ("decay of norms", "\(decaysNorms)"), ("course", "\(course)"), ("warm-up", "\(warmUp)"),
            ("label smoothing", "\(labelSmoothing)"),
            ("augmentation", augmentation.map { "\($0.padding) \($0.flip) \($0.cutout)" } ?? "none"),
            ("gradient limit", gradientLimit.map { "\($0)" } ?? "none"), ("precision", precision.rawValue),
            ("device", "\(device)"), ("channels last", "\(usesChannelsLast)"),
        ]
    }
}
