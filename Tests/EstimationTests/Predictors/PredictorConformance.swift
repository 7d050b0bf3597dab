import Foundation
import Spaces
import Statistics
import Testing

@testable import Estimation

/// What every predictor of the list promises.
@Suite struct PredictorConformance {
    static let names = Predictors.all.map { type(of: $0).name }
    static let space = NATSTopology()

    /// A function of cells that has no noise: what each edge adds.
    static func worth(_ genes: [UInt8]) -> Double {
        genes.enumerated().reduce(70) { $0 + [0, 1, 2, 4, 1.5][Int($1.element)] * Double($1.offset + 2) / 4 }
    }

    /// Distinct cells with their graphs, and their worth.
    static func lesson(_ count: Int, seed: UInt64 = 1) throws -> (inputs: PredictorInputs, targets: [Double]) {
        var random = Random(seed: seed)
        let cells = random.distinct(count, below: 15_625).map { space.architecture(at: $0) }
        let matrix = GeneMatrix(space: space.name, length: 6, cells)
        return (try FeatureExtractor(space).inputs(of: matrix), cells.map { worth($0.genes) })
    }

    static func fitted(
        _ name: String, _ inputs: PredictorInputs, _ targets: [Double], seed: UInt64 = 7
    ) throws -> any FittedPredictor {
        var random = Random(seed: seed)
        return try #require(Predictors.named(name)).fitted(to: inputs, targets: targets, using: &random)
    }

    /// A model that has hardly learnt, for what does not depend on it: networks that have gone over the rows four times.
    static func hasty(
        _ name: String, _ inputs: PredictorInputs, _ targets: [Double]
    ) throws -> any FittedPredictor {
        var predictor = try #require(Predictors.named(name))
        if var networks = predictor as? MLP {
            networks.epochs = 4
            predictor = networks
        } else if var networks = predictor as? GCN {
            networks.epochs = 4
            predictor = networks
        }
        var random = Random(seed: 7)
        return try predictor.fitted(to: inputs, targets: targets, using: &random)
    }

    @Test func `every predictor has a name of its own and a summary`() {
        #expect(Set(Self.names).count == Self.names.count)
        for predictor in Predictors.all { #expect(!type(of: predictor).summary.isEmpty) }
    }

    @Test(arguments: names)
    func `guesses are finite, have a deviation and are the same again`(_ name: String) throws {
        let (inputs, targets) = try Self.lesson(60)
        let questions = try Self.lesson(40, seed: 2).inputs
        let guesses = try Self.hasty(name, inputs, targets).predictions(for: questions)
        #expect(guesses.count == 40)
        #expect(guesses.allSatisfy { $0.mean.isFinite && $0.deviation.isFinite && $0.deviation >= 0 })
        #expect(guesses.contains { $0.deviation > 0 })
        #expect(try Self.hasty(name, inputs, targets).predictions(for: questions) == guesses)
    }

    @Test(arguments: names)
    func `a guess does not depend on the rows beside it`(_ name: String) throws {
        let (inputs, targets) = try Self.lesson(40)
        let model = try Self.hasty(name, inputs, targets)
        let questions = try Self.lesson(21, seed: 3).inputs
        let together = try model.predictions(for: questions)
        for row in [0, 7, 20] {
            let alone = try model.predictions(for: questions.gather([row]))[0]
            #expect(abs(alone.mean - together[row].mean) <= 1e-5 * abs(together[row].mean))
            #expect(abs(alone.deviation - together[row].deviation) <= 1e-4 * (together[row].deviation + 1e-6))
        }
        #expect(try model.predictions(for: questions.gather([])).isEmpty)
    }

    @Test(arguments: names)
    func `what edges add is learnt`(_ name: String) throws {
        let (inputs, targets) = try Self.lesson(150)
        let (questions, truths) = try Self.lesson(150, seed: 5)
        let guesses = try Self.fitted(name, inputs, targets).predictions(for: questions)
        let correlation = try Correlation(.kendall, guesses.map(\.mean), truths).coefficient
        #expect(try #require(correlation) > 0.55)
    }

    /// Test accuracies on CIFAR-10 of the cells that `lesson` draws.
    static func measured(_ count: Int, seed: UInt64) throws -> (inputs: PredictorInputs, targets: [Double]) {
        let inputs = try lesson(count, seed: seed).inputs
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let tables = Tables(folder: root.appending(path: "Sources/Spaces/Tables/Data").path)
        let accuracy = try tables.accuracy(space: "nb201", data: "cifar10")
        let matrix = try #require(inputs.architectures)
        let targets = try matrix.indices.map { row in
            accuracy.values[try #require(accuracy.index.row(of: matrix.genes(of: row)))]
        }
        return (inputs, targets)
    }

    @Test(arguments: names)
    func `nine tenths of the accuracies of NAS-Bench-201 lie inside the interval for nine tenths`(
        _ name: String
    ) throws {
        let (inputs, targets) = try Self.measured(120, seed: 3)
        let (questions, truths) = try Self.measured(1_000, seed: 6)
        let guesses = try Self.fitted(name, inputs, targets).predictions(for: questions)
        let inside = zip(guesses, truths).count { guess, truth in
            abs(guess.mean - truth) <= Calibration.ninety * guess.deviation
        }
        #expect((800...970).contains(inside), "\(inside) of 1,000")
        let correlation = try Correlation(.kendall, guesses.map(\.mean), truths).coefficient
        #expect(try #require(correlation) > 0.6)
    }

    @Test(arguments: names)
    func `a constant target is guessed`(_ name: String) throws {
        let inputs = try Self.lesson(30).inputs
        let model = try Self.fitted(name, inputs, [Double](repeating: 42, count: 30))
        for guess in try model.predictions(for: Self.lesson(10, seed: 4).inputs) {
            #expect(abs(guess.mean - 42) < 0.5)
            #expect(guess.deviation < 1)
        }
    }

    @Test(arguments: names)
    func `a scale and an offset of the target change nothing else`(_ name: String) throws {
        let (inputs, targets) = try Self.lesson(50)
        let questions = try Self.lesson(20, seed: 8).inputs
        let guesses = try Self.fitted(name, inputs, targets).predictions(for: questions)
        // A power of two, so that nothing is rounded away.
        let others = try Self.fitted(name, inputs, targets.map { ($0 - 64) * 1024 }).predictions(for: questions)
        #expect(others.count == guesses.count)
        for (guess, other) in zip(guesses, others) {
            #expect(abs((guess.mean - 64) * 1024 - other.mean) < 0.02 * 1024)
            #expect(abs(guess.deviation * 1024 - other.deviation) < 0.02 * 1024)
        }
    }

    @Test(arguments: names)
    func `it is stored and restored bit by bit`(_ name: String) throws {
        let (inputs, targets) = try Self.lesson(40)
        let questions = try Self.lesson(30, seed: 9).inputs
        let model = try Self.hasty(name, inputs, targets)
        let state = try #require(model.state)
        let restored = try #require(Predictors.named(name)).restored(from: state)
        #expect(try restored.predictions(for: questions) == model.predictions(for: questions))
        #expect(restored.state == state)
    }

    @Test(arguments: names)
    func `a damaged state is refused`(_ name: String) throws {
        let (inputs, targets) = try Self.lesson(20)
        let state = try #require(Self.hasty(name, inputs, targets).state)
        let predictor = try #require(Predictors.named(name))
        #expect(throws: PredictorError.self) { try predictor.restored(from: PredictorState()) }
        for row in state.rows.keys.sorted() {
            var damaged = state
            damaged[row] = []
            #expect(throws: PredictorError.self, "without \(row)") { try predictor.restored(from: damaged) }
        }
    }

    @Test(arguments: names)
    func `too little to learn from is refused`(_ name: String) throws {
        let (inputs, targets) = try Self.lesson(20)
        func refusal(_ inputs: PredictorInputs, _ targets: [Double]) -> PredictorError.Part? {
            do {
                _ = try Self.hasty(name, inputs, targets)
                return nil
            } catch { return (error as? PredictorError)?.part }
        }
        #expect(refusal(inputs.gather([]), []) == .rows)
        #expect(refusal(inputs.gather([0]), [targets[0]]) == .rows)
        #expect(refusal(inputs.gather([3, 3, 3, 3]), [1, 2, 3, 4]) == .rows)
        #expect(refusal(inputs, Array(targets.dropLast())) == .targets)
        #expect(refusal(inputs, targets.dropLast() + [.nan]) == .targets)
        #expect(refusal(inputs, targets.dropLast() + [.infinity]) == .targets)
    }

    @Test(arguments: names)
    func `two rows are enough`(_ name: String) throws {
        let (inputs, targets) = try Self.lesson(2)
        let guesses = try Self.hasty(name, inputs, targets).predictions(for: inputs)
        #expect(guesses.allSatisfy { $0.mean.isFinite && $0.deviation.isFinite })
    }

    @Test(arguments: names)
    func `other features and another space are refused`(_ name: String) throws {
        let (inputs, targets) = try Self.lesson(20)
        let model = try Self.hasty(name, inputs, targets)
        let fewer = PredictorInputs(
            names: ["params"], values: [1, 2], architectures: inputs.architectures?.gather([0, 1]), space: Self.space)
        #expect(throws: PredictorError.self) { try model.predictions(for: fewer) }
        let macro = NASBenchMacro()
        let cells = GeneMatrix(space: macro.name, length: 8, [macro.architecture(at: 5)])
        let foreign = try FeatureExtractor(macro).inputs(of: cells)
        #expect(throws: PredictorError.self) { try model.predictions(for: foreign) }
    }
}
