import Foundation
import Statistics
import Testing

@testable import Estimation

@Suite struct FinishedCurvesTests {
    /// The 90 % band of the final value on recorded curves, none of whose architecture was learnt from.
    @Test(
        .enabled(if: CurveFiles.exist, "needs the recorded curves beside the repository"), arguments: [0.1, 0.4, 0.8])
    func `Bands hold on recorded accuracies`(seen: Double) throws {
        let score = try Self.score(try CurveFiles.nats(), seen, .maximise, .share(of: 100), .cosine)
        #expect(score.count == 63)
        #expect((0.8...0.985).contains(score.coverage90), "\(score.coverage90)")
        #expect(score.error < (seen < 0.5 ? 6 : 1.2))
    }

    @Test(.enabled(if: CurveFiles.exist, "needs the recorded curves beside the repository"), arguments: [0.2, 0.6])
    func `Bands hold on recorded losses`(seen: Double) throws {
        let score = try Self.score(Array(try CurveFiles.recurrent().prefix(90)), seen, .minimise, .positive, .constant)
        #expect(score.count == 90)
        #expect((0.8...0.985).contains(score.coverage90), "\(score.coverage90)")
    }

    private static func score(
        _ curves: [FinishedCurve], _ seen: Double, _ goal: CurveGoal, _ scale: CurveScale, _ schedule: CurveSchedule
    ) throws -> CurveScore {
        var generator = Random(seed: 0)
        let posterior = ParametricPosterior(points: 4, using: &generator)
        return try CurveJudge.score(
            curves, seen: seen, goal: goal, scale: scale, schedule: schedule, folds: 6
        ) { finished, epochs, setting in
            let lessons = try FinishedCurves(finished, with: posterior)
                .fitted(seen: epochs, targets: [setting.horizon], setting)
            return { try lessons.predictions(of: $0)[0] }
        }
    }

    @Test func `What finished curves share is learnt`() throws {
        // Every curve jumps by 1 at the end, which no family expects.
        var generator = Random(seed: 3)
        let epochs = (1...20).map(Double.init)
        let finished = try (0..<30).map { number in
            let level = generator.normal()
            let values = epochs.map { level - 1 / $0 + ($0 > 15 ? 1 : 0) + generator.normal(deviation: 0.02) }
            return FinishedCurve(try LearningCurve(epochs: epochs, values: values), group: "\(number)")
        }
        let setting = CurveSetting(goal: .maximise, scale: .plain, horizon: 20)
        let seen = try #require(finished[0].curve.upTo(12))
        let prediction = try FinishedCurves(Array(finished.dropFirst()))
            .predictions(of: seen, at: [20], in: setting)[0]
        #expect(abs(prediction.median - finished[0].curve.values[19]) < 0.15)
        let alone = try ParametricPosterior().predictions(of: seen, at: [20], in: setting)[0]
        #expect(prediction.logDensity(finished[0].curve.values[19]) > alone.logDensity(finished[0].curve.values[19]))
    }

    /// Of the recorded trainings said to beat a bar with about a probability p, a share of about p does.
    @Test(.enabled(if: CurveFiles.exist, "needs the recorded curves beside the repository"), arguments: [0.2, 0.4])
    func `Probabilities to beat a value come true as often as they say`(seen: Double) throws {
        var bins = [(said: Double, came: Double, count: Double)](repeating: (0, 0, 0), count: 3)
        var (brier, count) = (0.0, 0.0)
        var generator = Random(seed: 0)
        let posterior = ParametricPosterior(points: 8, using: &generator)
        for finished in try CurveFiles.recurrent().prefix(60) {
            let curve = finished.curve
            guard let part = curve.upTo(50 * seen) else { continue }
            let setting = CurveSetting(goal: .minimise, scale: .positive, schedule: .constant, horizon: 50)
            let prediction = try posterior.predictions(of: part, at: [50], in: setting)[0]
            for bar in stride(from: -0.2, through: 0.2, by: 0.04) {
                let truth = curve.values[curve.values.count - 1]
                // Bars are chosen without a look at the truth.
                let best = part.values[part.values.count - 1] + bar - 0.1
                let (said, came) = (prediction.probability(beats: best), truth < best ? 1.0 : 0)
                brier += (said - came) * (said - came)
                count += 1
                let bin = min(2, Int(said * 3))
                bins[bin] = (bins[bin].said + said, bins[bin].came + came, bins[bin].count + 1)
            }
        }
        #expect(brier / count < 0.15, "\(brier / count)")
        for bin in bins where bin.count > 100 {
            #expect(abs(bin.said - bin.came) / bin.count < 0.15, "\(bin)")
        }
    }

    @Test func `Bands, quantiles and probabilities are recalibrated alike`() {
        let setting = CurveSetting(goal: .maximise, scale: .plain, horizon: 9)
        let part = CurvePrediction.Part(weight: 1, centre: 3, scale: 2)
        var prediction = CurvePrediction(parts: [part], setting: setting)
        prediction.calibration = LevelCalibration(
            cumulative: (0..<200).map { (Double($0) + 0.5) / 200 }.map { $0 * $0 * $0 })
        for p in [0.01, 0.2, 0.5, 0.9, 0.99] {
            #expect(abs(prediction.probability(above: prediction.quantile(p)) - (1 - p)) < 1e-5)
        }
        #expect(prediction.interval(0.8).high == prediction.quantile(0.9))
        #expect((prediction.quantile(0.9) - 3 - 2 * 1.2816).magnitude > 0.05)
    }

    @Test func `Levels are recalibrated towards what held`() {
        #expect(LevelCalibration().nominal(0.9) == 0.9)
        // Truths always near the middle: narrower bands do. Always far out: wider ones are needed.
        #expect(LevelCalibration(cumulative: Array(repeating: 0.55, count: 200)).nominal(0.95) < 0.65)
        #expect(LevelCalibration(cumulative: Array(repeating: 0.99, count: 200)).nominal(0.95) > 0.975)
    }

    @Test func `The sampler finds a normal distribution whatever its scale`() {
        var generator = Random(seed: 7)
        let walkers = (0..<40).map { _ in [generator.normal(), 1e3 * generator.normal()] }
        var sampler = EnsembleSampler(walkers: walkers) { -0.5 * ($0[0] - 3) * ($0[0] - 3) - 0.5e-6 * $0[1] * $0[1] }
        var (sum, square, count) = (0.0, 0.0, 0.0)
        for step in 0..<1500 {
            sampler.step(using: &generator)
            guard step > 300 else { continue }
            for walker in sampler.walkers {
                sum += walker[0]
                square += walker[1] * walker[1]
                count += 1
            }
        }
        #expect(abs(sum / count - 3) < 0.1)
        #expect(abs((square / count).squareRoot() - 1000) < 60)
    }

    @Test func `The simplex finds the bottom of a bent valley`() {
        let bottom = NelderMead.minimum(
            of: { 100 * pow($0[1] - $0[0] * $0[0], 2) + pow(1 - $0[0], 2) }, from: [-1.2, 1], steps: 400)
        #expect(abs(bottom[0] - 1) < 1e-3 && abs(bottom[1] - 1) < 1e-3)
    }
}
