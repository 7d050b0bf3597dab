import Search
import Testing

@Suite struct StopRuleTests {
    @Test func `The median rule compares the best value with the median of running means`() {
        // Running means of the others at epoch 2: 0.2, 0.4, 0.6; the median is 0.4. Its own best counts, not its last.
        let others = [[0.1, 0.3, 0.9], [0.3, 0.5], [0.5, 0.7], [0.9]]
        let rule = MedianRule(population: 3)
        #expect(!rule.stops(4, among: others + [[0.4, 0.1]], horizon: 9))
        #expect(rule.stops(4, among: others + [[0.39, 0.1]], horizon: 9))
        #expect(!MedianRule(population: 4).stops(4, among: others + [[0.0, 0.1]], horizon: 9))
        // An epoch that was not measured is left out of the mean.
        #expect(
            !rule.stops(
                4, among: [[.nan, 0.3], [.nan, 0.35], [0.1, 0.2], [0.3, 0.3, 0.1], [0.31, 0.0]], horizon: 9))
    }

    @Test func `The percentile rule keeps the best share`() throws {
        let others = (1...5).map { [0.9, Double($0) / 10] }
        let rule = try PercentileRule(kept: 0.25)
        // The 75 % quantile of 0.1 … 0.5 is 0.4.
        #expect(rule.stops(5, among: others + [[0.1, 0.39]], horizon: 9))
        #expect(!rule.stops(5, among: others + [[0.41, 0.1]], horizon: 9))
        #expect(!rule.stops(4, among: Array(others.dropFirst()) + [[0, 0]], horizon: 9))
    }

    @Test func `The patience rule waits for an improvement`() throws {
        let rule = try PatienceRule(patience: 2, improvement: 0.1)
        #expect(!rule.stops(0, among: [[0.5, 0.5]], horizon: 9))
        #expect(rule.stops(0, among: [[0.5, 0.5, 0.55]], horizon: 9))
        #expect(!rule.stops(0, among: [[0.5, 0.5, 0.65]], horizon: 9))
        #expect(rule.stops(0, among: [[0.5, .nan, .nan]], horizon: 9))
        #expect(throws: FidelityError.self) { try PatienceRule(patience: 2, improvement: -1) }
    }

    @Test func `The rule of predictions asks whether a trial beats the best finished one`() throws {
        // A forecast that believes the last value: certain to win or to lose.
        let forecast: Forecast = { curve, best, _ in (curve.last ?? 0) > best ? 0.9 : 0.04 }
        let curves = [[0.1, 0.7, 0.6], [0.2, 0.9], [0.5]]
        let rule = try PredictedRule(forecast: forecast)
        #expect(rule.stops(2, among: curves, horizon: 3))
        #expect(!rule.stops(1, among: curves, horizon: 3))
        #expect(!rule.stops(2, among: curves, horizon: 4))
        #expect(try !PredictedRule(threshold: 0.04, forecast: forecast).stops(2, among: curves, horizon: 3))
        #expect(try !PredictedRule { _, _, _ in nil }.stops(2, among: curves, horizon: 3))
    }

    @Test func `With costs a trial competes with those of no greater cost`() throws {
        let forecast: Forecast = { curve, best, _ in (curve.last ?? 0) > best ? 0.9 : 0.0 }
        let curves = [[0.3, 0.4], [0.8, 0.9], [0.5]]
        func stops(_ costs: [Double?]) throws -> Bool {
            try PredictedRule(cost: { costs[$0] }, forecast: forecast).stops(2, among: curves, horizon: 2)
        }
        #expect(try stops([1, 2, 2]))
        #expect(try !stops([1, 2, 1.5]))
        #expect(try !stops([3, 3, 2]))
        #expect(try !stops([1, 2, nil]))
        #expect(try !stops([1, nil, 2]))
    }

    @Test func `A stopped trial makes room, and checks come after grace and each step`() throws {
        var scheduler = try EarlyStopping(PatienceRule(patience: 1), max: 8, trials: 2, step: 2, grace: 3)
        var asked: [[Int]] = []
        while case .run(let stretch) = scheduler.ask() {
            asked.append([stretch.trial, stretch.from, stretch.to])
            let isFlat = stretch.trial == 0 && stretch.from > 0
            scheduler.tell(stretch, .reached((stretch.from..<stretch.to).map { isFlat ? 0 : Double($0) }))
        }
        #expect(asked == [[0, 0, 3], [0, 3, 5], [1, 0, 3], [1, 3, 5], [1, 5, 7], [1, 7, 8]])
    }
}
