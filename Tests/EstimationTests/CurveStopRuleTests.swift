import Testing

@testable import Estimation

@Suite struct CurveStopRuleTests {
    private let rule = CurveStopRule(goal: .maximise, scale: .share(of: 100), schedule: .cosine)
    private let values = [31.0, 44, 52, 55, 58, 59, 60.5, 61, 61.2]

    @Test func `It agrees with the posterior, whatever was asked before`() throws {
        let curve = try LearningCurve(epochs: (1...9).map(Double.init), values: values)
        let setting = CurveSetting(goal: .maximise, scale: .share(of: 100), schedule: .cosine, horizon: 27)
        let prediction = try ParametricPosterior().predictions(of: curve, at: [27], in: setting)[0]
        for _ in 0..<2 {
            for best in [40.0, 62, 70, 99] {
                #expect(rule.probability(values, beats: best, horizon: 27) == prediction.probability(beats: best))
            }
            _ = rule.probability([50, 60], beats: 61, horizon: 27)
        }
    }

    @Test func `What is out of reach stops, what is behind goes on`() {
        #expect(rule.stops(values, beats: 99.9, horizon: 27))
        #expect(!rule.stops(values, beats: 50, horizon: 27))
        #expect(!rule.stops([31], beats: 80, horizon: 27))
        let losses = CurveStopRule(goal: .minimise, scale: .positive, schedule: .constant)
        let falling = [2.0, 1.5, 1.3, 1.2, 1.15, 1.12, 1.1, 1.09]
        #expect(losses.stops(falling, beats: 0.2, horizon: 27))
        #expect(!losses.stops(falling, beats: 1.2, horizon: 27))
    }

    @Test func `Ends, gaps and nonsense`() {
        #expect(rule.probability(values, beats: 61, horizon: 9) == 1)
        #expect(rule.probability(values, beats: 61.2, horizon: 9) == 0)
        #expect(rule.probability(values, beats: -.infinity, horizon: 27) == 1)
        #expect(rule.probability(values, beats: .infinity, horizon: 27) == 0)
        #expect(rule.probability([30, .nan, 50], beats: 60, horizon: 27) != nil)
        for bad in [[], [.nan], [50, .nan], [50, .infinity], [50, 130], [-1]] {
            #expect(rule.probability(bad, beats: 60, horizon: 27) == nil)
            #expect(!rule.stops(bad, beats: 60, horizon: 27))
        }
        #expect(rule.probability(values, beats: .nan, horizon: 27) == nil)
    }

    @Test func `Only what costs no more can dominate`() throws {
        let front = [
            (value: 80.0, costs: [5.0, 9.0]), (value: 62.0, costs: [1.0, 1.0]), (value: 70.0, costs: [2.0, 8.0]),
        ]
        #expect(rule.bar(for: [3, 3], front) == 62)
        #expect(rule.bar(for: [2, 8], front) == 70)
        #expect(rule.bar(for: [9, 9], front) == 80)
        #expect(rule.bar(for: [0.5, 99], front) == nil)
        #expect(rule.probability(values, costs: [0.5, 99], front: front, horizon: 27) == 1)
        let some = try #require(rule.probability(values, costs: [3, 3], front: front, horizon: 27))
        #expect(some == rule.probability(values, beats: 62, horizon: 27))
        #expect(rule.probability([.nan], costs: [0.5, 99], front: front, horizon: 27) == nil)
    }

    @Test func `Threads get the same answers`() async {
        let alone = rule.probability(values, beats: 64, horizon: 27)
        let fresh = CurveStopRule(goal: .maximise, scale: .share(of: 100), schedule: .cosine)
        await withTaskGroup(of: Double?.self) { group in
            for _ in 0..<8 {
                group.addTask { [values] in fresh.probability(values, beats: 64, horizon: 27) }
            }
            for await answer in group { #expect(answer == alone) }
        }
    }
}
