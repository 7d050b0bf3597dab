import Foundation
import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

/// Small trainings.
enum Runs {
    static let seed = Seed(3)

    /// A network of NAS-Bench-201 with 4 channels and 1 cell a stage.
    static func blueprint(_ genes: [UInt8] = [3, 1, 2, 1, 4, 3], for dataset: Dataset, channels: Int = 4) throws
        -> Blueprint
    {
        let space = NATSTopology(channels: channels, cells: 1)
        let shape = dataset.shape
        let network = try space.network(
            for: Architecture(space: space.name, genes: genes), input: Shape(shape[0], shape[1], shape[2]),
            classes: dataset.classes)
        return Blueprint(network, seed: Seed(1))
    }

    /// 45 images, which make steps of 16, 16 and 13.
    static func few() throws -> Dataset {
        try Dataset(DataFixtures.images(60, size: 8), .init(test: 0.25))
    }

    static func make(_ recipe: Recipe, _ dataset: Dataset) throws -> TrainingRun {
        try TrainingRun(blueprint(for: dataset), dataset, recipe, seed: seed)
    }

    static func open(_ folder: String, _ recipe: Recipe, _ dataset: Dataset) throws -> TrainingRun {
        try TrainingRun.open(folder, blueprint(for: dataset), dataset, recipe, seed: seed)
    }

    /// The bytes of weights, statistics and what the optimiser remembers.
    static func bits(_ run: TrainingRun) throws -> [[UInt32]] {
        let weights = try run.model.state().entries.map { try $0.tensor().to(.float32).array(of: Float.self) }
        let memory = try run.trainer.optimizer.memory.flatMap { memory in
            try memory.sorted { $0.key < $1.key }.map { try $0.value.to(.float32).array(of: Float.self) }
        }
        return (weights + memory).map { $0.map(\.bitPattern) }
    }

    static let recipes: [Recipe] = [
        Recipe(epochs: 3, batchSize: 16, warmUp: 1, labelSmoothing: 0.1, augmentation: .standard),
        Recipe(
            epochs: 3, batchSize: 16, method: .adam(), learningRate: 1e-3,
            augmentation: Augmentation(padding: 1, cutout: 3)),
        Recipe(
            epochs: 3, batchSize: 16, method: .adamw(), learningRate: 1e-3, decaysNorms: false,
            augmentation: .standard, gradientLimit: 1, channelsLast: false),
        Recipe(epochs: 3, batchSize: 16, method: .sgd(momentum: 0, nesterov: false), augmentation: .standard),
    ]
}

@Suite struct TrainingRunTests {
    init() throws { try Torch.setThreads(1) }

    @Test func `a small network learns the digits in a few epochs`() throws {
        let digits = try Dataset.digits()
        let run = try TrainingRun(
            Runs.blueprint([3, 3, 3, 3, 3, 3], for: digits), digits, Recipe(epochs: 3), seed: Seed(0))
        #expect(run.heldOut == .test && run.stepsPerEpoch == 23)
        for epoch in 1...3 {
            let metrics = try run.epoch()
            #expect(metrics.epoch == epoch && run.finished == epoch && run.metrics.last == metrics)
            #expect(metrics.seconds >= metrics.trainSeconds && metrics.imagesPerSecond > 0)
        }
        let (first, last) = (run.metrics[0], run.metrics[2])
        #expect(last.accuracy > 0.9 && last.trainLoss < first.trainLoss / 2 && last.loss < 0.4)
        #expect(last.trainAccuracy > first.trainAccuracy && last.learningRate < 0.001)
    }

    @Test func `metrics are those of plain sums over the same batches`() throws {
        let dataset = try Dataset(DataFixtures.images(60, size: 8), .init(valid: 0.2, test: 0.25))
        let run = try Runs.make(Runs.recipes[0], dataset)
        #expect(run.heldOut == .valid)
        let twin = try run.blueprint.model(channelsLast: run.recipe.usesChannelsLast)
        let batches = try run.recipe.batches(of: dataset, seed: run.seed, epoch: 0)
        let trainer = Trainer(
            twin, SGD(twin.parameters, learningRate: 0, momentum: 0.9, weightDecay: 5e-4, nesterov: true),
            schedule: run.recipe.schedule(stepsPerEpoch: batches.count), smoothing: 0.1)
        var (loss, count) = (0.0, 0)
        for place in 0..<batches.count {
            let batch = try batches.batch(place)
            loss += try trainer.step(batch.input, target: batch.target) * Double(batch.target.count)
            count += batch.target.count
        }
        let metrics = try run.epoch()
        #expect(metrics.trainLoss == loss / Double(count) && count == dataset.count(of: .train))
        let held = try dataset.batches(size: count, split: .valid).batch(0)
        let evaluation = try twin.evaluate(held.input, target: held.target)
        #expect(abs(metrics.loss - evaluation.loss) < 1e-5 && metrics.accuracy == evaluation.accuracy)
        #expect(metrics.learningRate == trainer.schedule.rate(at: batches.count - 1))
    }

    @Test func `a last step of one sample is left out`() throws {
        let dataset = try Runs.few()
        #expect(dataset.count(of: .train) == 45)
        #expect(try Runs.make(Recipe(batchSize: 44), dataset).stepsPerEpoch == 1)
        #expect(try Runs.make(Recipe(batchSize: 43), dataset).stepsPerEpoch == 2)
        #expect(try Runs.make(Recipe(batchSize: 1000), dataset).stepsPerEpoch == 1)
    }

    @Test func `the winner's state makes the same network again, dead parts included`() throws {
        let dataset = try Runs.few()
        let blueprint = try Runs.blueprint([3, 0, 0, 1, 0, 0], for: dataset)
        let run = try TrainingRun(blueprint, dataset, Recipe(epochs: 1, batchSize: 16), seed: Seed(0))
        let metrics = try run.epoch()
        let model = try blueprint.with(run.state()).model()
        #expect(try model.evaluate(dataset, batchSize: 16).loss == metrics.loss)
    }

    @Test func `no decay on norms leaves their scales alone`() throws {
        let dataset = try Runs.few()
        var recipe = Recipe(epochs: 1, batchSize: 16, learningRate: 1e-9, weightDecay: 1e6)
        var scales: [Bool: Float] = [:]
        for decays in [true, false] {
            recipe.decaysNorms = decays
            let run = try Runs.make(recipe, dataset)
            _ = try run.epoch()
            let name = try #require(run.model.parameterNames.first { $0 == "stem.1.weight" })
            let place = try #require(run.model.parameterNames.firstIndex(of: name))
            scales[decays] = try run.model.parameters[place].detached().array(of: Float.self)[0]
        }
        #expect(abs(scales[false]! - 1) < 1e-5 && scales[true]! < 0.999)
    }

    @Test func `mixed precision computes in bfloat16 and learns too`() throws {
        let digits = try Dataset.digits()
        var recipe = Recipe(epochs: 2)
        recipe.precision = .mixed
        let run = try TrainingRun(Runs.blueprint(for: digits), digits, recipe, seed: Seed(0))
        let input = try digits.batch(size: 4).input
        let types = try autocast(on: .cpu) { try run.model.weights[0].conv2d(run.model.weights[0]).dtype }
        #expect(types == .bfloat16)
        let exact = try noGrad { try run.model.logits(input, mode: .batch, .float32).array(of: Float.self) }
        let mixed = try noGrad { try run.model.logits(input, mode: .batch, .mixed).array(of: Float.self) }
        #expect(exact != mixed && zip(exact, mixed).allSatisfy { abs($0 - $1) < 0.1 })
        _ = try run.epoch()
        #expect(try run.epoch().accuracy > 0.5)
    }

    @Test func `schedules are those of the recipe, with PyTorch's values at the epochs`() {
        // LinearLR(start_factor=1, end_factor=0), ExponentialLR(0.5), MultiStepLR([1, 3]), CosineAnnealingLR(4).
        func rates(_ course: Recipe.Course, warmUp: Double = 0) -> [Double] {
            let schedule = Recipe(epochs: 4, course: course, warmUp: warmUp).schedule(stepsPerEpoch: 10)
            return (0...4).map { schedule.rate(at: 10 * $0) }
        }
        func expect(_ found: [Double], _ expected: [Double]) {
            for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-15) }
        }
        expect(rates(.constant), [0.1, 0.1, 0.1, 0.1, 0.1])
        expect(rates(.linear()), [0.1, 0.075, 0.05, 0.025, 0])
        expect(rates(.exponential(factor: 0.5)), [0.1, 0.05, 0.025, 0.0125, 0.00625])
        expect(rates(.step(at: [1, 3])), [0.1, 0.01, 0.01, 0.001, 0.001])
        expect(rates(.cosine()), [0.1, 0.08535533905932738, 0.05, 0.014644660940672627, 0])
        expect(rates(.cosine(minimum: 0.02), warmUp: 2), [0.005, 0.0525, 0.1, 0.06, 0.02])
        expect(rates(.step(at: [3]), warmUp: 1), [0.01, 0.1, 0.1, 0.01, 0.01])
    }

    @Test func `the recipe of NATS-Bench is its authors'`() {
        let recipe = Recipe.natsBench
        #expect(recipe.epochs == 200 && recipe.batchSize == 256 && recipe.weightDecay == 5e-4)
        #expect(recipe.method == .sgd(momentum: 0.9, nesterov: true) && recipe.learningRate == 0.1)
        #expect(recipe.course == .cosine() && recipe.augmentation == .standard)
    }

    @Test func `a recipe comes back from its encoding`() throws {
        for recipe in Runs.recipes + [.natsBench] {
            let data = try JSONEncoder().encode(recipe)
            #expect(try JSONDecoder().decode(Recipe.self, from: data) == recipe)
        }
    }

    @Test func `settings without sense are refused by name`() throws {
        let dataset = try Runs.few()
        let wrong: [(Recipe, String)] = [
            (Recipe(epochs: 0), "epochs"), (Recipe(batchSize: 0), "batch size"),
            (Recipe(learningRate: .nan), "learning rate"), (Recipe(weightDecay: -1), "weight decay"),
            (Recipe(epochs: 3, warmUp: 3), "warm-up"), (Recipe(labelSmoothing: 1), "label smoothing"),
            (Recipe(gradientLimit: 0), "gradient limit"), (Recipe(method: .sgd(momentum: 0)), "Nesterov"),
            (Recipe(method: .adam(beta1: 1)), "beta1"), (Recipe(method: .adamw(epsilon: 0)), "epsilon"),
        ]
        for (recipe, word) in wrong {
            let error = #expect(throws: TrainingError.self) { try Runs.make(recipe, dataset) }
            #expect(error?.description.contains(word) == true, "\(word)")
        }
        let other = try Dataset(DataFixtures.images(60, size: 8, channels: 3), .init(test: 0.25))
        let error = #expect(throws: TrainingError.self) {
            try TrainingRun(Runs.blueprint(for: dataset), other, Recipe(), seed: Seed(0))
        }
        #expect(error?.description.contains("[3, 8, 8]") == true)
    }
}
