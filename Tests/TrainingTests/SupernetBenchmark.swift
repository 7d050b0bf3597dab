import Foundation
import Networks
import Spaces
import Statistics
import Tensors
import Testing

@testable import Training

/// How good supernets become on digits, against networks trained alone: minutes of training, only on demand.
///
///     NASH_BENCH_SUPERNET=progressive swift test --disable-xctest --filter SupernetBenchmark
///
/// `NASH_BENCH_EPOCHS`, `NASH_BENCH_SEEDS` and `NASH_BENCH_NETWORKS` say how many epochs, seeds and networks alone;
/// `NASH_BENCH_BATCH` and `NASH_BENCH_RATE` (in thousandths) change the recipe.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["NASH_BENCH_SUPERNET"] != nil))
struct SupernetBenchmark {
    private static func setting(_ name: String, _ usual: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
    }

    private static func recipe(_ method: SupernetMethod, _ epochs: Int) -> Recipe {
        var recipe = method.recipe(epochs: epochs)
        recipe.batchSize = setting("NASH_BENCH_BATCH", recipe.batchSize)
        recipe.learningRate = Double(setting("NASH_BENCH_RATE", Int(recipe.learningRate * 1_000))) / 1_000
        return recipe
    }

    @Test func `inherited against stand-alone accuracy`() throws {
        let words = ProcessInfo.processInfo.environment["NASH_BENCH_SUPERNET"]?.split(separator: ",") ?? []
        let epochs = Self.setting("NASH_BENCH_EPOCHS", 12)
        for word in words {
            let method = try #require(SupernetMethod(rawValue: String(word)))
            for seed in 0..<Self.setting("NASH_BENCH_SEEDS", 1) {
                try compare(method, epochs: epochs, seed: Seed(UInt64(seed)))
            }
        }
    }

    private func compare(_ method: SupernetMethod, epochs: Int, seed: Seed) throws {
        let digits = try Dataset.digits()
        let space = try OFASpace(blocks: 3, depths: [1, 2, 3], widths: [2, 3, 4], kernels: [3, 5, 7])
        let start = ContinuousClock.now
        let run = try SupernetRun(space, digits, method, Self.recipe(method, epochs), seed: seed)
        while !run.isFinished {
            let m = try run.epoch()
            print(
                "\(method) \(seed) epoch \(m.epoch) \(m.stage): train \(m.trainLoss) \(m.trainAccuracy)"
                    + " largest \(m.largestAccuracy) smallest \(m.smallestAccuracy) rate \(m.learningRate)"
                    + " \(m.trainSeconds) s")
        }
        print("\(method) \(seed): \(epochs) epochs in \((ContinuousClock.now - start) / .seconds(1)) s")
        let judge = try SubnetJudge(run.supernet, digits)
        for genes in [space.largest, space.smallest] {
            let inside = try judge.evaluate(genes)
            let alone = try alone(genes, space, digits, Self.recipe(method, epochs), seed)
            print("  inherited \(inside.accuracy) \(inside.loss), alone \(alone.accuracy) \(alone.loss)")
        }
        try rank(space, digits, judge, Self.recipe(method, epochs), seed)
    }

    private func rank(
        _ space: OFASpace, _ digits: Dataset, _ judge: SubnetJudge, _ recipe: Recipe, _ seed: Seed
    ) throws {
        let count = Self.setting("NASH_BENCH_NETWORKS", 0)
        guard count > 1 else { return }
        var random = Random(Seed(99))
        let networks = try space.sample(count: count, using: &random).map(\.genes)
        let inside = try judge.evaluate(networks)
        let alone = try networks.map { try self.alone($0, space, digits, recipe, seed) }
        let tau = try Correlation(.kendall, inside.map(\.accuracy), alone.map(\.accuracy)).coefficient ?? 0
        let losses = try Correlation(.kendall, inside.map(\.loss), alone.map(\.loss)).coefficient ?? 0
        print("  Kendall over \(count): accuracies \(tau), losses \(losses)")
    }

    private func alone(
        _ genes: [UInt8], _ space: OFASpace, _ digits: Dataset, _ recipe: Recipe, _ seed: Seed
    ) throws -> Evaluation {
        let network = try space.network(of: genes, input: digits.inputShape, classes: digits.classes)
        let run = try TrainingRun(Blueprint(network, seed: seed), digits, recipe, seed: seed)
        for _ in 0..<recipe.epochs { _ = try run.epoch() }
        return try run.model.evaluate(digits)
    }
}
