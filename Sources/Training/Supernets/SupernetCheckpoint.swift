public import Spaces
public import Statistics
import Tensors

// A checkpoint of a supernet is a folder like that of a network: see `Checkpoint`. Its weights are the shared tensors
// under their names, and the teacher's under `teacher:` and their names.

extension SupernetRun: CheckpointedRun {
    /// Writes a checkpoint into the folder at `path`: see ``ResumableRun/save(to:)``.
    public func save(to path: String) throws { try saveCheckpoint(to: path) }

    /// The training whose most advanced whole checkpoint is in the folder at `path`, or one that begins where there is
    /// none. ``rejected`` then tells which checkpoints were damaged.
    ///
    /// - Throws: `CheckpointError` where a checkpoint is of another supernet, method, data set, recipe or seed, or of a
    ///   later version; what ``init(_:_:_:_:seed:recalibration:)`` throws.
    public static func open(
        _ path: String, _ space: any ElasticSpace, _ dataset: Dataset, _ method: SupernetMethod, _ recipe: Recipe,
        seed: Seed, recalibration: Recalibration = Recalibration()
    ) throws -> SupernetRun {
        try opened(path) {
            try SupernetRun(space, dataset, method, recipe, seed: seed, recalibration: recalibration)
        }
    }

    /// The training whose most advanced checkpoint is in the folder at `path`.
    ///
    /// - Throws: `CheckpointError` where there is none, or it is damaged, of another training or of a later version;
    ///   what ``init(_:_:_:_:seed:recalibration:)`` throws.
    public convenience init(
        resuming path: String, _ space: any ElasticSpace, _ dataset: Dataset, _ method: SupernetMethod,
        _ recipe: Recipe, seed: Seed, recalibration: Recalibration = Recalibration()
    ) throws {
        let newest = try Checkpoint.newest(in: path)
        try self.init(space, dataset, method, recipe, seed: seed, recalibration: recalibration)
        try restore(newest, in: path)
    }

    private static let teacher = "teacher:"

    func weights() throws -> ModelState {
        let own = zip(supernet.names, supernet.tensors).map { (name: $0, tensor: $1) }
        let kept = teacher.map { zip($0.names, $0.tensors).map { (name: Self.teacher + $0, tensor: $1) } } ?? []
        return try ModelState(own + kept)
    }

    var identity: [(name: String, value: String)] {
        [
            ("supernet", "\(space.name) \(supernet.fingerprint)"), ("training method", method.rawValue),
            ("seed", "\(seed)"), ("data", "\(dataset.name) \(dataset.fingerprint)"),
            ("opening of the data", dataset.opening),
            ("recalibration", "\(recalibration.samples) \(recalibration.batchSize) \(recalibration.seed)"),
        ] + recipe.settings
    }

    func restore(_ weights: ModelState) throws {
        let teachers = try weights.parts { $0.hasPrefix(Self.teacher) }
        try supernet.load(ModelState(weights.parts { !$0.hasPrefix(Self.teacher) }))
        guard !teachers.isEmpty else { return }
        let teacher = try supernet.copy()
        for tensor in teacher.tensors { try tensor.requireGrad(false) }
        try teacher.load(ModelState(teachers.map { (String($0.name.dropFirst(Self.teacher.count)), $0.tensor) }))
        self.teacher = teacher
    }
}

extension ModelState {
    /// The tensors whose names `isWanted`.
    fileprivate func parts(_ isWanted: (String) -> Bool) throws -> [(name: String, tensor: Tensor)] {
        try entries.filter { isWanted($0.name) }.map { ($0.name, try $0.tensor()) }
    }
}
