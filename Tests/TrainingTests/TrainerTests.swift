import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

@Suite struct TrainerTests {
    let model: Model
    let input: Tensor
    let target: Tensor

    init() throws {
        try Torch.setThreads(1)
        let space = NATSTopology(channels: 4, cells: 1)
        let architecture = Architecture(space: space.name, genes: [3, 1, 2, 1, 4, 3])
        let network = try space.network(for: architecture, input: Shape(3, 8, 8), classes: 3)
        model = try Model(network, seed: Seed(1), options: .init(dtype: .float64))
        input = try Tensor.randn([12, 3, 8, 8], using: Generator(seed: 3)).to(.float64)
        target = try Tensor((0..<12).map { $0 % 3 })
    }

    @Test func aStepOfPlainDescentGoesAlongTheGradient() throws {
        let before = try noGrad { try model.weights[0].clone() }
        let loss = try model.forward(input, mode: .batch).crossEntropy(target, smoothing: 0.1)
        let gradient = try grad([loss], [model.weights[0]])[0]
        let trainer = Trainer(
            model, SGD(model.parameters, learningRate: 1), schedule: ConstantSchedule(0.25), smoothing: 0.1)
        #expect(try trainer.step(input, target: target) == loss.item())
        let expected: [Double] = try (before - gradient * 0.25).array()
        try expect(model.weights[0], isCloseTo: expected)
    }

    @Test func theRateFollowsTheScheduleAndGradientsAreLimited() throws {
        let schedule = CosineSchedule(0.1, steps: 4)
        let trainer = Trainer(
            model, SGD(model.parameters, learningRate: 0), schedule: schedule, gradientLimit: 1e-3)
        for step in 0..<4 {
            _ = try trainer.step(input, target: target)
            #expect(trainer.optimizer.learningRate == schedule.rate(at: step))
            let squares = try model.parameters.compactMap(\.grad).reduce(0) { try $0 + $1.square().sum().item() }
            #expect(squares.squareRoot() <= 1.001e-3)
        }
        #expect(trainer.steps == 4)
    }

    @Test(arguments: [false, true])
    func aFewImagesAreLearntByHeart(_ adam: Bool) throws {
        let optimizer: any Optimizer =
            adam ? Adam(model.parameters) : SGD(model.parameters, learningRate: 0, momentum: 0.9, nesterov: true)
        let trainer = Trainer(model, optimizer, schedule: CosineSchedule(adam ? 0.01 : 0.1, steps: 60))
        let first = try trainer.step(input, target: target)
        var last = first
        for _ in 1..<60 { last = try trainer.step(input, target: target) }
        #expect(last < first / 5)
        let evaluation = try model.evaluate(input, target: target)
        #expect(evaluation.count == 12 && evaluation.accuracy == 1)
        var twice = evaluation
        twice += evaluation
        #expect(twice.count == 24 && twice.loss == evaluation.loss && twice.accuracy == 1)
    }
}
