import Language
import Spaces
import Statistics
import Tensors
import Training
import Trials

/// How networks are built and trained: the options that all words share which train.
struct TrainingOptions: ParameterGroup {
    @Option("samples a step") var batch = 64
    @Option("what moves the weights") var optimizer: OptimizerName = .sgd
    @Option("the learning rate at its highest; 0.1 with sgd, 0.001 otherwise, unless given") var learningRate: Double? =
        nil
    @Option("the part of SGD's last step that goes into the next") var momentum = 0.9
    @Option("the part of a weight that is taken from it, times the learning rate") var weightDecay = 5e-4
    @Option("how the learning rate falls") var course: CourseName = .cosine
    @Option("over how many of the first epochs the learning rate rises") var warmUp = Epochs(0)
    @Option("the part of each target that is spread over all classes") var smoothing = Percentage(0)
    @Option("how training images are changed") var augment: AugmentationName = .none
    @Option("the greatest norm of all gradients together") var clip: Double? = nil
    @Option("with how many digits it is computed; mixed takes bfloat16 where it is safe") var precision: PrecisionName =
        .float32
    @Option("how weights begin") var `init`: InitialWeights = .standard
    @Option("channels of the first cells, for a space of cells") var channels: Int? = nil
    @Option("cells in a stage of nb201, in all of darts") var cells: Int? = nil

    /// The recipe for a training of `epochs` epochs on `dataset`.
    ///
    /// - Parameter base: where options come from that are not given; their defaults unless there is one.
    /// - Throws: `CommandError` where a setting makes no sense.
    func recipe(epochs: Int, on dataset: Dataset, after base: Recipe? = nil) throws -> Recipe {
        var recipe = base ?? Recipe()
        func set<Value>(_ path: WritableKeyPath<Recipe, Value>, _ value: Value, where isGiven: Bool) {
            if base == nil || isGiven { recipe[keyPath: path] = value }
        }
        let isMethodGiven = $optimizer.isGiven || $momentum.isGiven
        recipe.epochs = epochs
        set(\.batchSize, batch, where: $batch.isGiven)
        set(\.method, method, where: isMethodGiven)
        set(\.learningRate, learningRate ?? optimizer.learningRate, where: isMethodGiven || $learningRate.isGiven)
        set(\.weightDecay, weightDecay, where: $weightDecay.isGiven)
        set(\.course, course.course(epochs: epochs), where: $course.isGiven)
        set(\.warmUp, Double(warmUp.count), where: $warmUp.isGiven)
        set(\.labelSmoothing, smoothing.fraction, where: $smoothing.isGiven)
        set(\.augmentation, augment.augmentation(of: dataset), where: $augment.isGiven)
        set(\.gradientLimit, clip, where: $clip.isGiven)
        set(\.precision, precision.precision, where: $precision.isGiven)
        do {
            try recipe.check()
        } catch {
            throw CommandError(error.description, code: .outOfRange)
        }
        return recipe
    }

    /// How networks are built and trained on `dataset` for `epochs` epochs, on `threads` threads each.
    ///
    /// - Parameter base: where options come from that are not given.
    func plan(epochs: Int, on dataset: Dataset, threads: Int, after base: TrainingPlan? = nil) throws -> TrainingPlan {
        TrainingPlan(
            data: DataPlan(dataset), recipe: try recipe(epochs: epochs, on: dataset, after: base?.recipe),
            channels: channels ?? base?.channels, cells: cells ?? base?.cells,
            initialization: _init.projectedValue.isGiven ? `init`.kind : base?.initialization ?? `init`.kind,
            threads: threads)
    }

    private var method: Recipe.Method {
        switch optimizer {
        case .sgd: .sgd(momentum: momentum, nesterov: momentum > 0)
        case .adam: .adam()
        case .adamw: .adamw()
        }
    }
}

/// What moves the weights.
enum OptimizerName: String, CaseIterable, Constant {
    case sgd, adam, adamw

    /// The learning rate that is usual with it.
    var learningRate: Double { self == .sgd ? 0.1 : 1e-3 }
}

/// How the learning rate falls over a training.
enum CourseName: String, CaseIterable, Constant {
    case cosine, linear, constant, step

    /// `step` divides by ten after half and after three quarters of the epochs.
    func course(epochs: Int) -> Recipe.Course {
        switch self {
        case .cosine: .cosine()
        case .linear: .linear()
        case .constant: .constant
        case .step: .step(at: [epochs / 2, epochs * 3 / 4])
        }
    }
}

/// How training images are changed.
enum AugmentationName: String, CaseIterable, Constant {
    case none, crop, standard, cutout

    /// `crop` moves by up to an eighth of the height, `standard` mirrors too, `cutout` also cuts out a square of half
    /// the height: for CIFAR 4 and 16 pixels, as is usual.
    func augmentation(of dataset: Dataset) -> Augmentation? {
        let height = dataset.shape[1]
        return switch self {
        case .none: nil
        case .crop: Augmentation(padding: height / 8)
        case .standard: Augmentation(padding: height / 8, flip: true)
        case .cutout: Augmentation(padding: height / 8, flip: true, cutout: height / 2)
        }
    }
}

/// With how many digits a network is computed.
enum PrecisionName: String, CaseIterable, Constant {
    case float32, mixed

    var precision: Recipe.Precision { self == .mixed ? .mixed : .float32 }
}
