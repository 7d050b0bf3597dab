import Tensors

/// A run whose checkpoints are as ``Checkpoint`` says: what they hold of it.
protocol CheckpointedRun: ResumableRun where Metrics: JSONRecord {
    /// What a checkpoint must agree in to be one of this training, each with a name.
    var identity: [(name: String, value: String)] { get }
    /// How many steps an epoch has.
    var stepsPerEpoch: Int { get }
    var metrics: [Metrics] { get set }
    /// The unfinished epoch.
    var cut: CutEpoch { get set }
    /// What has ended the run, if something has.
    var failure: TrainingError? { get set }
    /// Checkpoints that were found damaged when the run was opened, newest first.
    var rejected: [CheckpointError] { get set }
    var optimizer: any Optimizer { get }
    /// The names of the optimiser's parameters, in its order.
    var optimized: [String] { get }

    /// All that it trains.
    func weights() throws -> ModelState
    /// Takes over what ``weights()`` gave.
    func restore(_ weights: ModelState) throws
}

/// What has been done of an epoch that is not finished.
struct CutEpoch {
    /// How many steps were taken.
    var step = 0
    /// What they came to.
    var seen = Evaluation()
    /// How long they took.
    var seconds = 0.0
}

extension CheckpointedRun {
    /// What `train` returns, unless the run has failed. A failure in it, which cancelling is not, is the run's.
    func whileSound<Result>(_ train: () throws -> Result) throws -> Result {
        if let failure { throw failure }
        do {
            return try Memory.guarded(train)
        } catch let error as TrainingError {
            if case .cancelled = error { throw error }
            failure = error
            throw error
        }
    }

    /// ``ResumableRun/save(to:)`` of both kinds of runs.
    func saveCheckpoint(to path: String) throws {
        if let failure { throw failure }
        let checkpoint = Checkpoint(epoch: finished, step: cut.step)
        try checkpoint.save(in: path, weights: weights(), optimizer: optimizer.remembered(optimized)) { json($0) }
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

    /// The run that `begin` makes with what the most advanced whole checkpoint in the folder at `path` holds, if there
    /// is one.
    static func opened(_ path: String, _ begin: () throws -> Self) throws -> Self {
        var rejected: [CheckpointError] = []
        for checkpoint in Checkpoint.all(in: Folder(path: path)) {
            let run = try begin()
            do {
                try run.restore(checkpoint, in: path)
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

    /// Takes over what a checkpoint in the folder at `path` holds.
    func restore(_ checkpoint: Checkpoint, in path: String) throws {
        let folder = Folder(path: "\(path)/\(checkpoint.name)")
        let state = try Checkpoint.opened(folder, of: identity)
        try Checkpoint.restoring(folder.path) {
            try restore(ModelState(contentsOf: "\(folder.path)/\(Checkpoint.weights)"))
            try optimizer.restore("\(folder.path)/\(Checkpoint.optimizer)", optimized)
        }
        let file = "\(folder.path)/\(Checkpoint.state)"
        guard let step = state["step"]?.whole, let seconds = state["seconds"]?.real,
            let seen = state["seen"].flatMap(Evaluation.init), let list = state["metrics"]?.list
        else { throw CheckpointError(file, .damaged, "an entry is missing") }
        metrics = list.compactMap(Metrics.init)
        guard metrics.count == list.count, (0...stepsPerEpoch).contains(step) else {
            throw CheckpointError(file, .damaged, "an epoch's entry is not whole")
        }
        cut = CutEpoch(step: step, seen: seen, seconds: seconds)
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
