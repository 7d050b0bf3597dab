import Networks
public import Statistics
import Tensors

/// The training of one network from its first weights on, epoch by epoch, that can be interrupted at any step and goes
/// on from a checkpoint as if it had not been.
///
///     let run = try TrainingRun.open("runs/7", blueprint, dataset, Recipe(epochs: 27), seed: Seed(0))
///     while run.finished < 27 {
///         let metrics = try run.epoch { token.isCancelled }
///         try run.save(to: "runs/7")
///     }
///
/// In main memory, with as many threads, the weights after so many epochs are the same bit by bit however often it was
/// interrupted. A run belongs to one thread; many may train on many threads at once, each of which should call
/// `Torch.setThreads` first.
public final class TrainingRun {
    /// The network and its first weights.
    public let blueprint: Blueprint
    /// What it learns from and is judged by.
    public let dataset: Dataset
    /// How it is trained.
    public let recipe: Recipe
    /// What order and augmentation of the samples depend on, with the number of the epoch.
    public let seed: Seed
    /// What is trained.
    public let model: Model
    /// The split on which epochs are judged: `valid` where the data set has such samples, else `test`.
    public let heldOut: Dataset.Split
    /// How many steps an epoch has.
    public let stepsPerEpoch: Int
    /// The bytes that parameters, their gradients, the optimiser and what a step must keep for its way back take at
    /// least.
    public let leastMemory: Int
    /// What the finished epochs came to.
    public internal(set) var metrics: [EpochMetrics] = []
    /// Checkpoints that were found damaged when the run was opened, newest first.
    public internal(set) var rejected: [CheckpointError] = []

    let trainer: Trainer
    /// The names of the optimiser's parameters, in its order.
    let optimized: [String]
    /// The unfinished epoch.
    var cut = CutEpoch()
    var failure: TrainingError?

    /// A training that begins.
    ///
    /// - Throws: `TrainingError` where a setting makes no sense, the network does not take the data, or memory is too
    ///   small for it; `DatasetError` where the data are no images but are to be augmented; `NetworkError` where no path
    ///   leads through the network; `TensorError`.
    public init(_ blueprint: Blueprint, _ dataset: Dataset, _ recipe: Recipe, seed: Seed) throws {
        try recipe.check()
        try blueprint.network.check(takes: dataset)
        (self.blueprint, self.dataset, self.recipe, self.seed) = (blueprint, dataset, recipe, seed)
        heldOut = try dataset.heldOut()
        stepsPerEpoch = try recipe.batches(of: dataset, seed: seed, epoch: 0).count
        leastMemory = try Memory.least(for: blueprint, min(recipe.batchSize, dataset.count(of: .train)), recipe)
        try Memory.check(leastMemory, on: recipe.device)
        try Memory.keep()
        model = try Memory.guarded {
            try blueprint.model(device: recipe.device, channelsLast: recipe.usesChannelsLast)
        }
        (trainer, optimized) = recipe.trainer(of: model, stepsPerEpoch: stepsPerEpoch)
    }

    /// How many steps of the next epoch are already taken: not 0 where it was interrupted.
    public var stepsTaken: Int { cut.step }

    /// Trains to the end of the next epoch, or of the one that was interrupted, and evaluates.
    ///
    /// - Parameter isCancelled: asked before every step and every batch of the evaluation.
    /// - Throws: `TrainingError`: `cancelled`, after which the run can be saved and goes on where it stopped, here or
    ///   elsewhere; `notFinite` and `outOfMemory`, after which it neither goes on nor is saved.
    public func epoch(isCancelled: () -> Bool = { false }) throws -> EpochMetrics {
        try whileSound { try train(isCancelled) }
    }

    private func train(_ isCancelled: () -> Bool) throws -> EpochMetrics {
        let stop = { [self] in
            if isCancelled() { throw TrainingError.cancelled(epoch: finished + 1, step: cut.step) }
        }
        try takeSteps(stop)
        let start = ContinuousClock.now
        let seen = try model.evaluate(
            dataset, split: heldOut, batchSize: recipe.batchSize, precision: recipe.precision, stop: stop)
        guard seen.totalLoss.isFinite else { throw TrainingError.notFinite(epoch: finished + 1, step: nil) }
        let result = EpochMetrics(
            epoch: finished + 1, trainLoss: cut.seen.loss, trainAccuracy: cut.seen.accuracy, loss: seen.loss,
            accuracy: seen.accuracy, learningRate: trainer.schedule.rate(at: trainer.steps - 1),
            trainSeconds: cut.seconds, seconds: cut.seconds + start.secondsUntilNow,
            imagesPerSecond: Double(cut.seen.count) / cut.seconds)
        metrics.append(result)
        cut = CutEpoch()
        return result
    }

    /// The steps that are missing of the epoch. However it ends, `cut` says what was done.
    private func takeSteps(_ stop: () throws -> Void) throws {
        let batches = try recipe.batches(of: dataset, seed: seed, epoch: finished)
        let (start, before) = (ContinuousClock.now, cut.seconds)
        var tally = Tally(on: recipe.device, from: cut.seen)
        defer { cut.seconds = before + start.secondsUntilNow }
        trainer.steps = finished * stepsPerEpoch + cut.step
        while cut.step < stepsPerEpoch {
            do {
                try stop()
            } catch {
                try settle(&tally)
                throw error
            }
            let batch = try batches.batch(cut.step)
            tally.add(try trainer.move(batch.input, batch.target))
            cut.step += 1
            if tally.isDue { try settle(&tally) }
        }
        try settle(&tally)
    }

    private func settle(_ tally: inout Tally) throws {
        if let ago = try tally.settle() {
            throw TrainingError.notFinite(epoch: finished + 1, step: cut.step - ago)
        }
        cut.seen = tally.settled
    }

    /// The weights and statistics of the whole network as they are now, by PyTorch's names: dead parts, which are not
    /// trained, as they began. `Blueprint.with` takes it.
    public func state() throws -> ModelState {
        let trained = try model.state()
        guard model.options.dead == .drop else { return trained }
        return try blueprint.wholeState().replacing(trained)
    }
}

extension Dataset {
    /// The split on which epochs are judged: `valid` where there are such samples, else `test`.
    ///
    /// - Throws: `TrainingError` where neither has any.
    func heldOut() throws(TrainingError) -> Split {
        let split = count(of: .valid) > 0 ? Split.valid : .test
        guard count(of: split) > 0 else {
            throw .unfit("\(name): no sample is held out; open it with `valid: 20%`")
        }
        return split
    }
}

extension Recipe {
    /// The batches of an epoch of training.
    func batches(of dataset: Dataset, seed: Seed, epoch: Int) throws -> Batches {
        let count = dataset.count(of: .train)
        return try dataset.batches(
            size: batchSize, seed: seed.derived("samples").value, epoch: epoch,
            dropLast: count > batchSize && count % batchSize == 1, augment: augmentation, device: device)
    }

    /// What trains `model`, and the names of the parameters in the optimiser's order.
    fileprivate func trainer(of model: Model, stepsPerEpoch: Int) -> (Trainer, names: [String]) {
        let (optimizer, names) = optimizer(of: Array(zip(model.parameterNames, model.parameters)))
        let trainer = Trainer(
            model, optimizer, schedule: schedule(stepsPerEpoch: stepsPerEpoch), smoothing: labelSmoothing,
            gradientLimit: gradientLimit, precision: precision)
        return (trainer, names)
    }

    /// What moves these parameters, and their names in its order: those that decay first.
    func optimizer(of all: [(String, Tensor)]) -> (any Optimizer, names: [String]) {
        let decaying = all.filter { decaysNorms || $0.1.rank > 1 }
        let others = all.filter { !decaysNorms && $0.1.rank <= 1 }
        let first = optimizer(decaying.map(\.1), decays: true)
        let joint = others.isEmpty ? first : JointOptimizer([first, optimizer(others.map(\.1), decays: false)])
        return (joint, (decaying + others).map(\.0))
    }
}

extension Network {
    /// - Throws: `TrainingError` where images or classes of `dataset` are not those of this network.
    fileprivate func check(takes dataset: Dataset) throws(TrainingError) {
        let shape = dataset.shape
        guard shape == [input.channels, input.height, input.width] else {
            throw .unfit(
                "the samples of \(dataset.name) are \(shape), and the network takes "
                    + "\([input.channels, input.height, input.width]): build it for the data, or fit the data to it")
        }
        let classes = nodes[output].shape.count
        guard classes >= dataset.classes else {
            throw .unfit("\(dataset.name) has \(dataset.classes) classes, and the network tells \(classes) apart")
        }
    }
}

extension ContinuousClock.Instant {
    var secondsUntilNow: Double { (ContinuousClock.now - self) / .seconds(1) }
}
