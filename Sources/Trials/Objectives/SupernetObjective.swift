public import Spaces
import Statistics
import Tensors
public import Training

/// The training of a supernet as a trial: of its largest network's accuracy an epoch at a time.
///
/// The trial has a folder with its last checkpoint, from which it goes on, in whatever stage it was interrupted.
public struct SupernetObjective: Objective {
    /// What its networks are of.
    public let space: any ElasticSpace
    /// What they learn from and are judged by.
    public let dataset: Dataset
    /// How they are trained together.
    public let method: SupernetMethod
    /// How each is trained; its epochs are those of all stages together.
    public let recipe: Recipe
    /// How many threads of libtorch it has.
    public let threads: Int
    private let folder: @Sendable (Int) throws -> String

    /// Training of a supernet of `space`.
    ///
    /// - Parameter folder: where the checkpoints of a trial lie, by its number.
    /// - Throws: `TrainingError` where a setting makes no sense, or the method cannot train the space.
    public init(
        space: any ElasticSpace, dataset: Dataset, method: SupernetMethod, recipe: Recipe, threads: Int,
        folder: @escaping @Sendable (Int) throws -> String
    ) throws {
        try recipe.check()
        _ = try method.stages(of: space, epochs: recipe.epochs)
        (self.space, self.dataset, self.method, self.recipe) = (space, dataset, method, recipe)
        (self.threads, self.folder) = (threads, folder)
    }

    /// The same for all: a study of a supernet has one trial.
    public func cost(of architecture: Architecture) -> Double { 1 }

    /// The training as its last checkpoint left it, or one that begins.
    ///
    /// - Throws: `CheckpointError` where the checkpoint is of another training or of a later version; what building the
    ///   networks throws.
    public func training(of candidate: Candidate) throws -> SupernetRun {
        try SupernetRun.open(
            folder(candidate.trial), space, dataset, method, recipe, seed: Seed(candidate.seed))
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
        }
    }
}

extension EpochRecord {
    /// What an epoch of a supernet's training came to: that of its largest network.
    fileprivate init(_ metrics: SupernetMetrics) {
        self.init(
            epoch: metrics.epoch, trainLoss: metrics.trainLoss, trainAccuracy: metrics.trainAccuracy,
            loss: metrics.largestLoss, accuracy: metrics.largestAccuracy, seconds: metrics.seconds)
    }
}
