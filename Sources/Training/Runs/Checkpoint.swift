public import Statistics
import Tensors

/// One checkpoint: a folder with `weights.safetensors`, `optimizer.safetensors` and `state.json`.
///
/// `state.json` begins with the fingerprint of the rest of it and holds the sizes and fingerprints of the other two, so
/// that no byte can be lost or changed unnoticed. It says what the checkpoint is of, setting by setting.
struct Checkpoint {
    /// What this program writes; it refuses later ones.
    static let format = 1
    static let weights = "weights.safetensors"
    static let optimizer = "optimizer.safetensors"
    static let state = "state.json"

    /// How many epochs are finished.
    let epoch: Int
    /// How many steps of the next one are taken.
    let step: Int

    /// The folder's name: `epoch-3`, or `epoch-3-step-17` in the midst of the fourth.
    var name: String { "epoch-\(epoch)" + (step > 0 ? "-step-\(step)" : "") }

    init(epoch: Int, step: Int) { (self.epoch, self.step) = (epoch, step) }

    /// The checkpoint whose folder has this name.
    init?(named name: String) {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 4, parts[0] == "epoch", let epoch = Int(parts[1]) else { return nil }
        guard let step = parts.count == 4 && parts[2] == "step" ? Int(parts[3]) : 0 else { return nil }
        self.init(epoch: epoch, step: step)
        if self.name != name { return nil }
    }

    /// Those in a folder, the most advanced first.
    static func all(in folder: Folder) -> [Checkpoint] {
        folder.names.compactMap { Checkpoint(named: $0) }.sorted { ($0.epoch, $0.step) > ($1.epoch, $1.step) }
    }

    /// Writes it into the folder at `path`, which is made where there is none; the others there go when it is on the
    /// disk. `state` gets sizes and fingerprints of the files.
    ///
    /// - Throws: `CheckpointError` where the system refuses.
    func save(
        in path: String, weights: ModelState, optimizer: [(name: String, tensor: Tensor)],
        _ state: ([(String, JSON)]) -> JSON
    ) throws {
        let folder = Folder(path: path)
        do {
            try folder.add(name) { new in
                try weights.write(to: "\(new.path)/\(Self.weights)")
                try SafetensorsFile.write(optimizer, to: "\(new.path)/\(Self.optimizer)")
                let files = try [Self.weights, Self.optimizer].map { ($0, try new.seal($0)) }
                try new.write(Seal.sealed(state(files)), to: Self.state)
            }
        } catch let error as SafetensorsError {
            throw CheckpointError(path, .unwritable, error.problem)
        }
        for other in Self.all(in: folder) where other.name != name { Folder(path: "\(path)/\(other.name)").remove() }
    }

    /// The state in a checkpoint's folder, when that is whole and of the training that `identity` says.
    ///
    /// - Throws: `CheckpointError` where it is damaged, of another training or of a later version.
    static func opened(_ folder: Folder, of identity: [(name: String, value: String)]) throws(CheckpointError) -> JSON {
        let state = try Seal.opened(folder)
        try check(identity, against: state, "\(folder.path)/\(Self.state)")
        for file in [weights, optimizer] { try folder.check(file, against: state["files"]) }
        return state
    }

    /// Calls `body`, which takes over what is in the folder at `path`; what does not fit is damage.
    static func restoring(_ path: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as TensorError where error.isOutOfMemory {
            throw TrainingError.outOfMemory(bytes: error.bytesAsked, message: error.description)
        } catch let error as CheckpointError {
            throw error
        } catch {
            throw CheckpointError(path, .damaged, "\(error)")
        }
    }
}

extension TrainingRun {
    /// Writes a checkpoint into the folder at `path`, which is made where there is none. Older ones go when it is whole
    /// and on the disk: however the writing ends, a whole checkpoint is there.
    ///
    /// - Throws: `CheckpointError` where the system refuses; `TrainingError` where the training has failed.
    public func save(to path: String) throws {
        try checkSound()
        let checkpoint = Checkpoint(epoch: finished, step: cut.step)
        let remembered = trainer.optimizer.remembered(optimized)
        try checkpoint.save(in: path, weights: model.state(), optimizer: remembered) { json($0) }
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
}

extension TrainingRun {
    /// The training whose most advanced whole checkpoint is in the folder at `path`, or one that begins where there is
    /// none. ``rejected`` then tells which checkpoints were damaged.
    ///
    /// - Throws: `CheckpointError` where a checkpoint is of another training or of a later version; what
    ///   ``init(_:_:_:seed:)`` throws.
    public static func open(
        _ path: String, _ blueprint: Blueprint, _ dataset: Dataset, _ recipe: Recipe, seed: Seed
    ) throws -> TrainingRun {
        var rejected: [CheckpointError] = []
        for checkpoint in Checkpoint.all(in: Folder(path: path)) {
            let run = try TrainingRun(blueprint, dataset, recipe, seed: seed)
            do {
                try run.restore(Folder(path: "\(path)/\(checkpoint.name)"))
                run.rejected = rejected
                return run
            } catch let error as CheckpointError where error.kind == .damaged {
                rejected.append(error)
            }
        }
        let run = try TrainingRun(blueprint, dataset, recipe, seed: seed)
        run.rejected = rejected
        return run
    }

    /// The training whose most advanced checkpoint is in the folder at `path`.
    ///
    /// - Throws: `CheckpointError` where there is none, or it is damaged, of another training or of a later version;
    ///   what ``init(_:_:_:seed:)`` throws.
    public convenience init(
        resuming path: String, _ blueprint: Blueprint, _ dataset: Dataset, _ recipe: Recipe, seed: Seed
    ) throws {
        guard let newest = Checkpoint.all(in: Folder(path: path)).first else {
            throw CheckpointError(path, .missing, "there is no checkpoint in it")
        }
        try self.init(blueprint, dataset, recipe, seed: seed)
        try restore(Folder(path: "\(path)/\(newest.name)"))
    }

    private func restore(_ folder: Folder) throws {
        let state = try Checkpoint.opened(folder, of: identity)
        try Checkpoint.restoring(folder.path) {
            try model.restore(ModelState(contentsOf: "\(folder.path)/\(Checkpoint.weights)"))
            try trainer.optimizer.restore("\(folder.path)/\(Checkpoint.optimizer)", optimized)
        }
        let path = "\(folder.path)/\(Checkpoint.state)"
        guard let step = state["step"]?.whole, let seconds = state["seconds"]?.real,
            let seen = state["seen"].flatMap(Evaluation.init), let list = state["metrics"]?.list
        else { throw CheckpointError(path, .damaged, "an entry is missing") }
        metrics = list.compactMap(EpochMetrics.init)
        guard metrics.count == list.count, (0...stepsPerEpoch).contains(step) else {
            throw CheckpointError(path, .damaged, "an epoch's entry is not whole")
        }
        cut = Cut(step: step, seen: seen, seconds: seconds)
        trainer.steps = finished * stepsPerEpoch + step
    }
}

extension Optimizer {
    /// What it remembers, by the `names` of its parameters.
    func remembered(_ names: [String]) -> [(name: String, tensor: Tensor)] {
        zip(names, memory).flatMap { name, memory in
            memory.sorted { $0.key < $1.key }.map { ("\(name).\($0.key)", $0.value) }
        }
    }

    /// Takes over what one like it remembered, from a file.
    ///
    /// - Throws: `CheckpointError`, `SafetensorsError` or `TensorError` where that does not fit.
    func restore(_ path: String, _ names: [String]) throws {
        let tensors = try SafetensorsFile(path).tensors()
        var memory = names.map { _ in [String: Tensor]() }
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        for (name, tensor) in tensors {
            guard let dot = name.lastIndex(of: "."), let place = places[String(name[..<dot])] else {
                throw CheckpointError(path, .damaged, "no parameter belongs to \(name)")
            }
            memory[place][String(name[name.index(after: dot)...])] = tensor
        }
        try restore(memory)
    }
}
