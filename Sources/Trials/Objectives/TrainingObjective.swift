import Networks
public import Spaces
import Statistics
import Tensors
public import Training

/// Real training: each architecture becomes a network, which learns epoch by epoch and is judged on held-out samples.
///
/// Each trial has a folder with its last checkpoint, from which it goes on: in the same run, where a scheduler promotes
/// it, and in a later one.
public struct TrainingObjective: Objective {
    /// The space, with the width and depth that its networks have.
    public let space: any Space
    /// What networks learn from and are judged by.
    public let dataset: Dataset
    /// How they are trained.
    public let recipe: Recipe
    /// How weights begin.
    public let initialization: Initialization
    /// How many threads of libtorch each worker has.
    public let threads: Int
    /// The weights that networks begin with in place of random ones.
    public let start: ModelState?
    private let folder: @Sendable (Int) throws -> String

    /// Training of the networks of `space`.
    ///
    /// - Parameters:
    ///   - start: the weights to begin with, where training goes on from another one.
    ///   - folder: where the checkpoints of a trial lie, by its number.
    /// - Throws: `TrainingError` where a setting of the recipe makes no sense.
    public init(
        space: any Space, dataset: Dataset, recipe: Recipe, initialization: Initialization = .standard, threads: Int,
        start: ModelState? = nil, folder: @escaping @Sendable (Int) throws -> String
    ) throws {
        try recipe.check()
        (self.space, self.dataset, self.recipe) = (space, dataset, recipe)
        (self.initialization, self.threads, self.start, self.folder) = (initialization, threads, start, folder)
    }

    /// The network of a candidate with its first weights, which depend on the candidate's seed unless they are given.
    ///
    /// - Throws: `NetworkError` where the samples are too small for it; `StateError` where given weights are not its.
    public func blueprint(of candidate: Candidate) throws -> Blueprint {
        let network = try space.network(
            for: candidate.architecture, input: dataset.inputShape, classes: dataset.classes)
        let blueprint = Blueprint(
            network, initialization: initialization, seed: Seed(candidate.seed).derived("weights"))
        return try start.map { try blueprint.with($0) } ?? blueprint
    }

    /// The samples as a network takes them: at the resolution that its architecture chooses, where that is a choice.
    private func samples(for blueprint: Blueprint) throws -> Dataset {
        let input = blueprint.network.input
        return try dataset.fitted(to: [input.channels, input.height, input.width])
    }

    /// The training of a candidate as its last checkpoint left it, or one that begins.
    ///
    /// - Throws: `CheckpointError` where the checkpoint is of another training or of a later version; what building the
    ///   network throws.
    public func training(of candidate: Candidate) throws -> TrainingRun {
        let blueprint = try blueprint(of: candidate)
        return try TrainingRun.open(
            folder(candidate.trial), blueprint, samples(for: blueprint), recipe,
            seed: Seed(candidate.seed).derived("samples"))
    }

    /// The training of a candidate from its first weights on, without a checkpoint.
    ///
    /// - Throws: what building the network throws.
    public func beginning(of candidate: Candidate) throws -> TrainingRun {
        let blueprint = try blueprint(of: candidate)
        return try TrainingRun(
            blueprint, samples(for: blueprint), recipe, seed: Seed(candidate.seed).derived("samples"))
    }

    /// Trains from the last checkpoint up to epoch `to`, and writes a checkpoint after each epoch, and where it is
    /// cancelled.
    ///
    /// - Throws: as ``Objective`` says; `CheckpointError` where a checkpoint cannot be written, or is of another training.
    public func evaluate(
        _ candidate: Candidate, from: Int, to: Int, isCancelled: @escaping @Sendable () -> Bool,
        report: (EpochRecord) throws -> Void
    ) throws {
        try Torch.setThreads(threads)
        do {
            let run = try training(of: candidate)
            try run.train(to: to, savingTo: folder(candidate.trial), isCancelled: isCancelled) {
                if $0.epoch > from { try report(EpochRecord($0)) }
            }
        } catch let error as TrainingError {
            throw error.failure
        } catch let error as NetworkError {
            throw TrialFailure("\(error)")
        }
    }
}

extension TrainingObjective {
    /// About how long an epoch takes, in seconds on a processor of 2024: what each layer costs at each step, and what
    /// each multiply-add costs for each sample, three times because gradients take two further passes.
    public func cost(of architecture: Architecture) -> Double {
        guard
            let network = try? space.network(for: architecture, input: dataset.inputShape, classes: dataset.classes)
                .live()
        else {
            return Self.secondsALayer
        }
        let samples = Double(dataset.count(of: .train))
        let steps = (samples / Double(recipe.batchSize)).rounded(.up)
        return steps * Double(network.nodes.count) * Self.secondsALayer
            + samples * Double(network.cost.macs) * 3 * Self.secondsAMultiplyAdd
    }

    private static let secondsALayer = 1e-4
    private static let secondsAMultiplyAdd = 3e-11
}

extension TrainingError {
    /// What it means to a study: that it is to end, that the trial has failed, or that no trial can work.
    var failure: any Error {
        switch self {
        case .cancelled: CancellationError()
        case .notFinite, .outOfMemory: TrialFailure(description)
        case .recipe, .unfit: self
        }
    }
}

extension EpochRecord {
    /// What an epoch of training came to.
    init(_ metrics: EpochMetrics) {
        self.init(
            epoch: metrics.epoch, trainLoss: metrics.trainLoss, trainAccuracy: metrics.trainAccuracy,
            loss: metrics.loss, accuracy: metrics.accuracy, seconds: metrics.seconds)
    }
}
