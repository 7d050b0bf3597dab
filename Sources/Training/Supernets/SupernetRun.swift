import Glibc
import Networks
public import Spaces
public import Statistics
import Tensors

/// The training of a supernet from its first weights on, epoch by epoch, that can be interrupted at any step and goes
/// on from a checkpoint as if it had not been.
///
///     let method = SupernetMethod.progressive
///     let run = try SupernetRun.open("runs/ofa", space, digits, method, method.recipe(epochs: 12), seed: Seed(0))
///     while !run.isFinished {
///         let metrics = try run.epoch { token.isCancelled }
///         try run.save(to: "runs/ofa")
///     }
///     let judge = try SubnetJudge(run.supernet, digits)
///
/// In main memory, with as many threads, the weights after so many epochs are the same bit by bit however often it was
/// interrupted. A run belongs to one thread. Every stage begins with an optimiser that remembers nothing, as it does in
/// the authors' code, where each is a program run of its own.
public final class SupernetRun {
    /// What the networks are of.
    public let space: any ElasticSpace
    /// What they learn from and are judged by.
    public let dataset: Dataset
    /// How they are trained together.
    public let method: SupernetMethod
    /// How each is trained; its epochs are those of all stages together.
    public let recipe: Recipe
    /// What first weights, the order of the samples and the networks of each step depend on.
    public let seed: Seed
    /// What is trained.
    public let supernet: Supernet
    /// How largest and smallest network are recalibrated after each epoch.
    public let recalibration: Recalibration
    /// The split on which epochs are judged: `valid` where the data set has such samples, else `test`.
    public let heldOut: Dataset.Split
    /// How many steps an epoch has.
    public let stepsPerEpoch: Int
    /// What the finished epochs came to.
    public internal(set) var metrics: [SupernetMetrics] = []
    /// Checkpoints that were found damaged when the run was opened, newest first.
    public internal(set) var rejected: [CheckpointError] = []

    let stages: [SupernetStage]
    private let procedure: any SupernetProcedure
    private let judge: SubnetJudge
    /// The data at each resolution.
    private var fitted: [Shape: Dataset] = [:]
    private(set) var optimizer: any Optimizer
    /// The names of the optimiser's parameters, in its order.
    private(set) var optimized: [String]
    /// The largest network as it was at the end of its own stage.
    var teacher: Supernet?
    /// The unfinished epoch.
    var cut = CutEpoch()
    var failure: TrainingError?

    /// A training that begins.
    ///
    /// - Throws: `TrainingError` where a setting makes no sense, the method cannot train the space, the networks do not
    ///   take the data, or memory is too small; `NetworkError` where the images are too small for the space.
    public init(
        _ space: any ElasticSpace, _ dataset: Dataset, _ method: SupernetMethod, _ recipe: Recipe, seed: Seed,
        recalibration: Recalibration = Recalibration()
    ) throws {
        try recipe.check()
        stages = try method.plan(of: space, epochs: recipe.epochs)
        (self.space, self.dataset, self.method, self.recipe, self.seed) = (space, dataset, method, recipe, seed)
        self.recalibration = recalibration
        heldOut = try dataset.heldOut()
        stepsPerEpoch = try recipe.batches(of: dataset, seed: seed, epoch: 0).count
        let largest = try space.network(of: space.largest, input: dataset.inputShape, classes: dataset.classes)
        try Memory.check(
            Memory.least(for: Blueprint(largest), min(recipe.batchSize, dataset.count(of: .train)), recipe),
            on: recipe.device)
        try Memory.keep()
        let options = Model.Options(device: recipe.device, channelsLast: recipe.usesChannelsLast)
        let supernet = try Memory.guarded {
            try Supernet(
                space, input: dataset.inputShape, classes: dataset.classes, seed: seed.derived("weights"),
                options: options)
        }
        self.supernet = supernet
        judge = try SubnetJudge(
            supernet, dataset, split: heldOut, recalibration: recalibration, precision: recipe.precision)
        procedure = try method.procedure(for: supernet, seed: seed)
        (optimizer, optimized) = recipe.optimizer(of: Array(zip(supernet.names, supernet.tensors)))
    }

    /// Whether all stages are finished.
    public var isFinished: Bool { finished >= recipe.epochs }

    /// How many steps of the next epoch are already taken: not 0 where it was interrupted.
    public var stepsTaken: Int { cut.step }

    /// The name of the stage that the next epoch belongs to, or with none left the last.
    public var stage: String { stages[place.stage].name }

    /// The stage of the next epoch, and how many of its epochs are finished; in the end the last stage.
    private var place: (stage: Int, epoch: Int) {
        var rest = finished
        for (number, stage) in stages.enumerated() {
            if rest < stage.epochs || number == stages.count - 1 { return (number, rest) }
            rest -= stage.epochs
        }
        return (0, 0)
    }

    /// Trains to the end of the next epoch, or of the one that was interrupted, and judges largest and smallest network.
    ///
    /// - Parameter isCancelled: asked before every step and every batch that is judged.
    /// - Throws: `TrainingError`: `cancelled`, after which the run can be saved and goes on where it stopped, here or
    ///   elsewhere; `notFinite` and `outOfMemory`, after which it neither goes on nor is saved; `recipe` where all
    ///   epochs are finished.
    public func epoch(isCancelled: () -> Bool = { false }) throws -> SupernetMetrics {
        guard !isFinished else { throw TrainingError.recipe("all \(recipe.epochs) epochs are finished") }
        return try whileSound { try train(isCancelled) }
    }

    private func train(_ isCancelled: () -> Bool) throws -> SupernetMetrics {
        let stop = { [self] in
            if isCancelled() { throw TrainingError.cancelled(epoch: finished + 1, step: cut.step) }
        }
        let (stage, epoch) = (stages[place.stage], place.epoch)
        if cut.step == 0, epoch == 0 { try begin(stage) }
        let schedule = schedule(of: stage)
        try takeSteps(stage, epoch, schedule, stop)
        let start = ContinuousClock.now
        let largest = try judge.evaluate(space.largest, stop: stop)
        let smallest = try judge.evaluate(space.smallest, stop: stop)
        guard largest.totalLoss.isFinite, smallest.totalLoss.isFinite else {
            throw TrainingError.notFinite(epoch: finished + 1, step: nil)
        }
        let result = SupernetMetrics(
            epoch: finished + 1, stage: stage.name, trainLoss: cut.seen.loss, trainAccuracy: cut.seen.accuracy,
            largestLoss: largest.loss, largestAccuracy: largest.accuracy, smallestLoss: smallest.loss,
            smallestAccuracy: smallest.accuracy, learningRate: schedule.rate(at: (epoch + 1) * stepsPerEpoch - 1),
            trainSeconds: cut.seconds, seconds: cut.seconds + start.secondsUntilNow,
            imagesPerSecond: Double(cut.seen.count / stage.networks) / cut.seconds)
        metrics.append(result)
        cut = CutEpoch()
        return result
    }

    /// Makes ready for a stage. Doing so twice is as doing it once.
    private func begin(_ stage: SupernetStage) throws {
        if stage.takesTeacher {
            teacher = try supernet.copy()
            for tensor in teacher!.tensors { try tensor.requireGrad(false) }
        }
        if let widths = stage.sortsAtWidths { try supernet.sortChannels(selectable: widths) }
        (optimizer, optimized) = recipe.optimizer(of: Array(zip(supernet.names, supernet.tensors)))
    }

    private func schedule(of stage: SupernetStage) -> any Schedule {
        var own = recipe
        own.epochs = stage.epochs
        own.learningRate *= stage.rate
        switch stage.course {
        case .recipe(let warmUp):
            own.warmUp = warmUp.map { $0 * Double(stage.epochs) } ?? min(recipe.warmUp, Double(stage.epochs) / 2)
            return own.schedule(stepsPerEpoch: stepsPerEpoch)
        case .decay(let part):
            return FlooredDecay(rate: own.learningRate, steps: part * Double(stage.epochs * stepsPerEpoch))
        }
    }

    /// The steps that are missing of the epoch. However it ends, `cut` says what was done.
    private func takeSteps(
        _ stage: SupernetStage, _ epoch: Int, _ schedule: any Schedule, _ stop: () throws -> Void
    ) throws {
        let (start, before) = (ContinuousClock.now, cut.seconds)
        var batches: [Shape: Batches] = [:]
        defer { cut.seconds = before + start.secondsUntilNow }
        while cut.step < stepsPerEpoch {
            try stop()
            let number = cut.step
            let seed = seed.derived("step", .number(finished), .number(number))
            let step = SupernetStep(supernet, teacher: teacher, stage, recipe, seed: seed) { [self] shape in
                let own = try batches[shape] ?? recipe.batches(of: fitted(to: shape), seed: self.seed, epoch: finished)
                batches[shape] = own
                return try own.batch(number)
            }
            optimizer.learningRate = schedule.rate(at: epoch * stepsPerEpoch + number)
            try add(move(step))
        }
    }

    /// One step; what its networks came to.
    private func move(_ step: SupernetStep) throws -> [Outcome] {
        try optimizer.clearGradients()
        let outcomes = try procedure.accumulate(step)
        if let limit = procedure.valueLimit { try cutGradients(at: limit) }
        if let limit = recipe.gradientLimit { try clipGradients(of: optimizer.parameters, to: limit) }
        try optimizer.step()
        return outcomes
    }

    private func cutGradients(at limit: Double) throws {
        for tensor in supernet.tensors {
            if let gradient = tensor.grad { try tensor.setGrad(gradient.clamped(to: -limit...limit)) }
        }
    }

    private func add(_ outcomes: [Outcome]) throws {
        var tally = Tally(on: recipe.device, from: cut.seen)
        for outcome in outcomes { tally.add(outcome) }
        cut.step += 1
        if try tally.settle() != nil { throw TrainingError.notFinite(epoch: finished + 1, step: cut.step) }
        cut.seen = tally.settled
    }

    private func fitted(to shape: Shape) throws -> Dataset {
        if let data = fitted[shape] { return data }
        let data = try dataset.fitted(to: [shape.channels, shape.height, shape.width])
        fitted[shape] = data
        return data
    }
}

/// Evenly in its logarithm from `rate` down to a twentieth of it after `steps`, and there from then on.
private struct FlooredDecay: Schedule {
    let rate: Double
    let steps: Double

    func rate(at step: Int) -> Double { rate * pow(0.05, min(1, Double(step) / max(1, steps))) }
}
