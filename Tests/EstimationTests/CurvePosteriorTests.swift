import Foundation
import Statistics
import Testing

@testable import Estimation

@Suite struct CurvePosteriorTests {
    static let loss = CurveSetting(goal: .minimise, scale: .plain, horizon: 50)

    /// A falling power law with noise, seen up to an epoch.
    static func falling(seen: Int, noise: Double, seed: UInt64) throws -> LearningCurve {
        var generator = Random(seed: seed)
        let epochs = (1...seen).map(Double.init)
        return try LearningCurve(
            epochs: epochs, values: epochs.map { 5 + 2 * pow($0, -0.7) + generator.normal(deviation: noise) })
    }

    /// The evidence of one shape against a sum over a fine grid of the two coefficients.
    @Test func `The closed-form evidence is the integral`() throws {
        let shape = ParametricPosterior.Shape(family: 1, values: [0.5], logPrior: 0)
        let curve = Standardised([0.1, 0.5, 0.6, 0.75])
        let seen = [1.0, 2, 3, 4]
        let shapes = ShapeBasis([shape], seen: seen, targets: [9], horizon: 9)
        let constant = CurveHypothesis.all(under: .constant)[0]
        let fits = MarginalDesign(shapes, seen: seen, targets: [9], constant, horizon: 9).fits(of: curve)
        let (end, range) = (-pow(4, -0.5), 1 - pow(4, -0.5))
        let basis = seen.map { (-pow($0, -0.5) - end) / range }
        let weights = seen.map { pow(10, ($0 - 4) / 4) }
        func brute(_ noise: Double) -> Double {
            var sum = 0.0
            for a in stride(from: -5.0, through: 5, by: 0.02) {
                for b in stride(from: -5.0, through: 5, by: 0.02) {
                    var log = -a * a / 0.5 - (b - 1) * (b - 1) / 2
                    for i in 0..<4 {
                        let error = curve.values[i] - a - b * basis[i]
                        log -= weights[i] * error * error / (2 * noise * noise)
                    }
                    sum += exp(log)
                }
            }
            return Foundation.log(sum) - weights.reduce(0, +) * Foundation.log(noise)
        }
        let few = fits.filter { $0.noise > 0.04 }
        let differences = few.map { $0.logEvidence - brute($0.noise) }
        #expect(few.count == 4)
        for difference in differences { #expect(abs(difference - differences[0]) < 1e-6) }
    }

    @Test func `A curve that is well determined is found`() throws {
        let curve = try Self.falling(seen: 30, noise: 0.01, seed: 1)
        let prediction = try ParametricPosterior().predictions(of: curve, at: [50], in: Self.loss)[0]
        let truth = 5 + 2 * pow(50, -0.7)
        let band = prediction.interval(0.9)
        #expect(band.low < truth && truth < band.high && band.high - band.low < 0.2)
    }

    @Test func `Chain and closed form agree where the data decide`() throws {
        let curve = try Self.falling(seen: 40, noise: 0.01, seed: 2)
        let ours = try ParametricPosterior().predictions(of: curve, at: [50], in: Self.loss)[0]
        let chain = try CurveChain(walkers: 104, steps: 150, burnIn: 50, seed: Seed(1))
            .predictions(of: curve, at: [50], in: Self.loss)[0]
        #expect(abs(ours.median - chain.median) < 0.05)
    }

    @Test func `The bands hold on synthetic curves`() throws {
        var held = 0
        let posterior = ParametricPosterior()
        for seed in 0..<60 {
            let whole = try Self.falling(seen: 50, noise: 0.02, seed: UInt64(seed))
            let seen = try #require(whole.upTo(10))
            let band = try posterior.predictions(of: seen, at: [50], in: Self.loss)[0].interval(0.9)
            if band.low <= whole.values[49], whole.values[49] <= band.high { held += 1 }
        }
        #expect(held >= 48)
    }

    @Test func `The same seed gives the same numbers, and another one others`() throws {
        let curve = try Self.falling(seen: 12, noise: 0.02, seed: 3)
        func median(_ seed: UInt64) throws -> Double {
            var generator = Random(seed: seed)
            return try ParametricPosterior(using: &generator).predictions(of: curve, at: [50], in: Self.loss)[0].median
        }
        #expect(try median(4) == median(4))
        #expect(try median(4) != median(5))
    }

    @Test func `Bands widen ahead, and with fewer points`() throws {
        func width(seen: Int, at epoch: Double) throws -> Double {
            let curve = try Self.falling(seen: seen, noise: 0.02, seed: 5)
            let band = try ParametricPosterior().predictions(of: curve, at: [epoch], in: Self.loss)[0].interval(0.9)
            return band.high - band.low
        }
        #expect(try width(seen: 10, at: 12) < width(seen: 10, at: 50))
        #expect(try width(seen: 40, at: 50) < width(seen: 5, at: 50))
        #expect(try width(seen: 5, at: 50) < width(seen: 1, at: 50))
    }

    @Test(arguments: [[0.5], [0.1, 0.1], [0.4, 0.4, 0.4, 0.4, 0.4], [0, 0, 1, 1, 0.5], [1, 1, 1, 1]])
    func `Odd curves give finite bands inside the range`(values: [Double]) throws {
        let curve = try LearningCurve(epochs: values.indices.map { Double(2 * $0 + 1) }, values: values)
        for schedule in [CurveSchedule.unknown, .constant, .cosine] {
            let setting = CurveSetting(goal: .maximise, scale: .share(of: 1), schedule: schedule, horizon: 27)
            let prediction = try ParametricPosterior().predictions(of: curve, at: [27], in: setting)[0]
            let band = prediction.interval(0.9)
            #expect(0 <= band.low && band.low < band.high && band.high <= 1)
            // Nearer to 1 than a number can tell, the median no longer halves.
            guard prediction.median < 1 - 1e-9 else { continue }
            #expect(abs(prediction.probability(above: prediction.median) - 0.5) < 1e-3)
        }
    }

    @Test func `Turning a curve over turns its forecast over`() throws {
        let curve = try Self.falling(seen: 20, noise: 0.02, seed: 6)
        let turned = try LearningCurve(epochs: curve.epochs, values: curve.values.map { -$0 })
        let rising = CurveSetting(goal: .maximise, scale: .plain, horizon: 50)
        let down = try ParametricPosterior().predictions(of: curve, at: [50], in: Self.loss)[0]
        let up = try ParametricPosterior().predictions(of: turned, at: [50], in: rising)[0]
        #expect(abs(down.median + up.median) < 1e-5)
        #expect(abs(down.probability(above: 5) + up.probability(above: -5) - 1) < 1e-9)
    }

    @Test func `Evidence picks the family that made the curve`() throws {
        let epochs = (1...60).map(Double.init)
        let curve = try LearningCurve(epochs: epochs, values: epochs.map { 0.8 - 0.7 * exp(-pow(0.1 * $0, 1.2)) })
        let setting = CurveSetting(goal: .maximise, scale: .plain, horizon: 90)
        let evidence = try ParametricPosterior().evidence(of: curve, in: setting)
        #expect(abs(evidence.values.reduce(0, +) - 1) < 1e-9)
        let exponential = ["weibull", "janoschek", "exp4"].reduce(0) { $0 + (evidence[$1] ?? 0) }
        #expect(exponential > 0.5)
    }

    @Test func `Bad curves are refused`() throws {
        #expect(throws: CurveError.empty) { try LearningCurve(epochs: [1, 2], values: [.nan, .infinity]) }
        #expect(throws: CurveError.twice(2)) { try LearningCurve(epochs: [2, 2], values: [1, 1]) }
        #expect(throws: CurveError.epoch(0)) { try LearningCurve(epochs: [0, 1], values: [1, 1]) }
        let curve = try LearningCurve(epochs: [1, 2], values: [1, 7])
        #expect(throws: CurveError.horizon(2, 2)) {
            var setting = Self.loss
            setting.horizon = 2
            _ = try ParametricPosterior().predictions(of: curve, at: [2], in: setting)
        }
        #expect(throws: CurveError.range(7, 1)) {
            let setting = CurveSetting(goal: .maximise, scale: .share(of: 1), horizon: 9)
            _ = try ParametricPosterior().predictions(of: curve, at: [9], in: setting)
        }
        #expect(throws: CurveError.fewFinished(0, FinishedCurves.fewest)) {
            _ = try FinishedCurves([]).predictions(of: curve, at: [50], in: Self.loss)
        }
    }

    @Test func `The probability to beat a value is exact on a normal distribution, whichever way is better`() {
        let part = CurvePrediction.Part(weight: 1, centre: 0.7, scale: 0.2)
        let up = CurvePrediction(parts: [part], setting: CurveSetting(goal: .maximise, scale: .plain, horizon: 9))
        #expect(abs(up.probability(beats: 0.7 + 0.2 * 1.644853626951472) - 0.05) < 1e-12)
        let down = CurvePrediction(parts: [part], setting: Self.loss)  // turned: the value is −0.7 ± 0.2
        #expect(abs(down.probability(beats: -0.7 + 0.2 * 1.644853626951472) - 0.95) < 1e-12)
        #expect(down.probability(above: -0.7) == 1 - down.probability(beats: -0.7))
    }

    @Test func `A schedule that is not told holds both what a constant and a falling rate would give`() throws {
        var generator = Random(seed: 8)
        let epochs = (1...40).map(Double.init)
        let values = epochs.map { 70 - 40 / $0 + generator.normal(deviation: 3) }
        let curve = try LearningCurve(epochs: epochs, values: values)
        func band(_ schedule: CurveSchedule) throws -> (low: Double, high: Double) {
            let setting = CurveSetting(goal: .maximise, scale: .share(of: 100), schedule: schedule, horizon: 100)
            return try ParametricPosterior().predictions(of: curve, at: [100], in: setting)[0].interval(0.9)
        }
        let (open, constant, falling) = (try band(.unknown), try band(.constant), try band(.cosine))
        #expect(open.high > constant.high && falling.high > constant.high)
        #expect(open.low < falling.low + 1 && open.high < falling.high + 1)
    }

    @Test(arguments: [1, 2, 3])
    func `A few points promise little, but nothing out of the range`(count: Int) throws {
        let curve = try LearningCurve(
            epochs: (1...count).map(Double.init), values: Array([31.2, 58.4, 71.0].prefix(count)))
        for schedule in [CurveSchedule.unknown, .constant, .cosine] {
            let setting = CurveSetting(goal: .maximise, scale: .share(of: 100), schedule: schedule, horizon: 27)
            let band = try ParametricPosterior().predictions(of: curve, at: [27], in: setting)[0].interval(0.9)
            #expect(0 <= band.low && band.high <= 100)
            #expect(band.high - band.low > 5, "\(schedule): \(band)")
        }
    }

    @Test func `Positive losses stay positive, and huge ones are refused`() throws {
        var setting = Self.loss
        setting.scale = .positive
        let curve = try LearningCurve(epochs: [1, 2, 3, 4], values: [2.3, 1.1, 0.4, 0.1])
        let prediction = try ParametricPosterior().predictions(of: curve, at: [50], in: setting)[0]
        let band = prediction.interval(0.99)
        #expect(0 < band.low && band.low < prediction.median && prediction.median < band.high)
        #expect(prediction.probability(above: 0) == 1)
        let diverged = try LearningCurve(epochs: [1, 2, 3], values: [2.3, 1e30, 1e200])
        #expect(throws: CurveError.huge(1e200)) {
            _ = try ParametricPosterior().predictions(of: diverged, at: [50], in: Self.loss)
        }
        let wild = try LearningCurve(epochs: [7, 8, 30], values: [2.3, 1e30, 1e99])
        let wide = try ParametricPosterior().predictions(of: wild, at: [50], in: Self.loss)[0].interval(0.9)
        #expect(wide.low.isFinite && wide.high.isFinite && wide.low < wide.high)
    }

    /// Against SciPy's stats.t.
    @Test func `Student's distribution has its published values`() {
        let part = CurvePrediction.Part(weight: 1, centre: 0, scale: 1, degrees: 4)
        #expect(abs(part.cumulative(2.131846786326649) - 0.95) < 1e-9)
        #expect(abs(part.logDensity(0) - log(0.375)) < 1e-12)
    }
}
