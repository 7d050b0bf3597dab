public import Statistics
import Tensors

extension TrainingRun: CheckpointedRun {
    var optimizer: any Optimizer { trainer.optimizer }

    /// Writes a checkpoint into the folder at `path`: see ``ResumableRun/save(to:)``.
    public func save(to path: String) throws { try saveCheckpoint(to: path) }

    /// The training whose most advanced whole checkpoint is in the folder at `path`, or one that begins where there is
    /// none. ``rejected`` then tells which checkpoints were damaged.
    ///
    /// - Throws: `CheckpointError` where a checkpoint is of another training or of a later version; what
    ///   ``init(_:_:_:seed:)`` throws.
    public static func open(
        _ path: String, _ blueprint: Blueprint, _ dataset: Dataset, _ recipe: Recipe, seed: Seed
    ) throws -> TrainingRun {
        try opened(path) { try TrainingRun(blueprint, dataset, recipe, seed: seed) }
    }

    /// The training whose most advanced checkpoint is in the folder at `path`.
    ///
    /// - Throws: `CheckpointError` where there is none, or it is damaged, of another training or of a later version;
    ///   what ``init(_:_:_:seed:)`` throws.
    public convenience init(
        resuming path: String, _ blueprint: Blueprint, _ dataset: Dataset, _ recipe: Recipe, seed: Seed
    ) throws {
        let newest = try Checkpoint.newest(in: path)
        try self.init(blueprint, dataset, recipe, seed: seed)
        try restore(newest, in: path)
    }

    func weights() throws -> ModelState { try model.state() }

    func restore(_ weights: ModelState) throws { try model.restore(weights) }
}
