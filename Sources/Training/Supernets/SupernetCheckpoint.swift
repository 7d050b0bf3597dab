public import Spaces
public import Statistics
import Tensors

// A checkpoint of a supernet is a folder like that of a network: see `Checkpoint`. Its weights are the shared tensors
// under their names, and the teacher's under `teacher:` and their names.

extension SupernetRun {
    /// Writes a checkpoint into the folder at `path`, which is made where there is none. Older ones go when it is whole
    /// and on the disk: however the writing ends, a whole checkpoint is there.
    ///
    /// - Throws: `CheckpointError` where the system refuses; `TrainingError` where the training has failed.
    public func save(to path: String) throws {
        try checkSound()
        let checkpoint = Checkpoint(epoch: finished, step: cut.step)
        try checkpoint.save(in: path, weights: weights(), optimizer: optimizer.remembered(optimized)) { json($0) }
    }

    /// The training whose most advanced whole checkpoint is in the folder at `path`, or one that begins where there is
    /// none. ``rejected`` then tells which checkpoints were damaged.
    ///
    /// - Throws: `CheckpointError` where a checkpoint is of another supernet, method, data set, recipe or seed, or of a
    ///   later version; what ``init(_:_:_:_:seed:recalibration:)`` throws.
    public static func open(
        _ path: String, _ space: any ElasticSpace, _ dataset: Dataset, _ method: SupernetMethod, _ recipe: Recipe,
        seed: Seed, recalibration: Recalibration = Recalibration()
    ) throws -> SupernetRun {
        func begin() throws -> SupernetRun {
            try SupernetRun(space, dataset, method, recipe, seed: seed, recalibration: recalibration)
        }
        var rejected: [CheckpointError] = []
        for checkpoint in Checkpoint.all(in: Folder(path: path)) {
            let run = try begin()
            do {
                try run.restore(Folder(path: "\(path)/\(checkpoint.name)"))
                run.rejected = rejected
                return run
            } catch let error as CheckpointError where error.kind == .damaged {
                rejected.append(error)
            }
        }
        let run = try begin()
        run.rejected = rejected
        return run
    }

    /// The training whose most advanced checkpoint is in the folder at `path`.
    ///
    /// - Throws: `CheckpointError` where there is none, or it is damaged, of another training or of a later version;
    ///   what ``init(_:_:_:_:seed:recalibration:)`` throws.
    public convenience init(
        resuming path: String, _ space: any ElasticSpace, _ dataset: Dataset, _ method: SupernetMethod,
        _ recipe: Recipe, seed: Seed, recalibration: Recalibration = Recalibration()
    ) throws {
        guard let newest = Checkpoint.all(in: Folder(path: path)).first else {
            throw CheckpointError(path, .missing, "there is no checkpoint in it")
        }
        try self.init(space, dataset, method, recipe, seed: seed, recalibration: recalibration)
        try restore(Folder(path: "\(path)/\(newest.name)"))
    }

    private static let teacher = "teacher:"

    private func weights() throws -> ModelState {
        let own = zip(supernet.names, supernet.tensors).map { (name: $0, tensor: $1) }
        let kept = teacher.map { zip($0.names, $0.tensors).map { (name: Self.teacher + $0, tensor: $1) } } ?? []
        return try ModelState(own + kept)
    }

    private var identity: [(name: String, value: String)] {
        [
            ("supernet", "\(space.name) \(supernet.fingerprint)"), ("training method", method.rawValue),
            ("seed", "\(seed)"), ("data", "\(dataset.name) \(dataset.fingerprint)"),
            ("opening of the data", dataset.opening),
            ("recalibration", "\(recalibration.samples) \(recalibration.batchSize) \(recalibration.seed)"),
        ] + recipe.settings
    }

    private func json(_ files: [(String, JSON)]) -> JSON {
        .record([
            ("format", .number(Checkpoint.format)),
            ("of", .record(identity.map { ($0.name, .text($0.value)) })),
            ("files", .record(files.map { (name: $0, value: $1) })),
            ("epoch", .number(finished)), ("step", .number(cut.step)),
            ("seen", cut.seen.json), ("seconds", .number(cut.seconds)),
            ("metrics", .list(metrics.map(\.json))),
        ])
    }

    private func restore(_ folder: Folder) throws {
        let state = try Checkpoint.opened(folder, of: identity)
        try Checkpoint.restoring(folder.path) {
            try restoreWeights(ModelState(contentsOf: "\(folder.path)/\(Checkpoint.weights)"))
            try optimizer.restore("\(folder.path)/\(Checkpoint.optimizer)", optimized)
        }
        let path = "\(folder.path)/\(Checkpoint.state)"
        guard let step = state["step"]?.whole, let seconds = state["seconds"]?.real,
            let seen = state["seen"].flatMap(Evaluation.init), let list = state["metrics"]?.list
        else { throw CheckpointError(path, .damaged, "an entry is missing") }
        metrics = list.compactMap(SupernetMetrics.init)
        guard metrics.count == list.count, (0...stepsPerEpoch).contains(step) else {
            throw CheckpointError(path, .damaged, "an epoch's entry is not whole")
        }
        cut = TrainingRun.Cut(step: step, seen: seen, seconds: seconds)
    }

    private func restoreWeights(_ state: ModelState) throws {
        let teachers = try state.parts { $0.hasPrefix(Self.teacher) }
        try supernet.load(ModelState(state.parts { !$0.hasPrefix(Self.teacher) }))
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
