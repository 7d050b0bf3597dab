import Statistics
import Testing

@Suite struct BootstrapTests {
    /// The mean of n values has the standard error s/√n, which its bootstrap estimates.
    @Test func estimatesTheErrorOfAMean() throws {
        var generator = Random(seed: 12)
        let values = (0..<200).map { _ in generator.normal() }
        let interval = try #require(
            try Bootstrap(count: values.count, resamples: 2_000, using: &generator) { indices in
                indices.reduce(0) { $0 + values[$1] } / Double(indices.count)
            })
        let error = try #require(Summary(values).standardError)
        #expect((interval.standardError / error - 1).magnitude < 0.1)
        #expect(((interval.high - interval.low) / (2 * 1.96 * error) - 1).magnitude < 0.15)
    }

    @Test(arguments: Correlation.Method.allCases)
    func intervalHoldsTheCoefficientAndRepeats(_ method: Correlation.Method) throws {
        var generator = Random(seed: 3)
        let x = (0..<150).map { _ in Double(generator.below(40)) }
        let y = x.map { $0 + 15 * generator.normal() }
        var (first, second) = (Random(seed: 1), Random(seed: 1))
        let interval = try #require(try Correlation.interval(method, x, y, resamples: 300, using: &first))
        let coefficient = try #require(try Correlation(method, x, y).coefficient)
        #expect(interval.low < coefficient && coefficient < interval.high)
        #expect(interval.high - interval.low < 0.4)
        #expect(interval == (try Correlation.interval(method, x, y, resamples: 300, using: &second)))
    }

    @Test func refusesBadLevels() {
        var generator = Random(seed: 0)
        #expect(throws: StatisticsError.level(95)) {
            try Correlation.interval(.pearson, [1, 2], [2, 3], level: 95, using: &generator)
        }
        #expect(throws: StatisticsError.self) {
            try Correlation.interval(.pearson, [1, 2], [2, 3], resamples: 0, using: &generator)
        }
    }

    @Test func hasNoValueWithoutAStatistic() throws {
        var generator = Random(seed: 0)
        #expect(try Correlation.interval(.kendall, [1, 1], [2, 3], using: &generator) == nil)
        #expect(try Correlation.interval(.kendall, [], [], using: &generator) == nil)
    }
}

@Suite struct ParallelTests {
    @Test(arguments: [0, 1, 7, 100, 1_001], [nil, 1, 3, 5_000])
    func keepsTheOrder(_ count: Int, _ chunk: Int?) throws {
        #expect(try Parallel.map(count, chunk: chunk) { $0 * $0 } == (0..<count).map { $0 * $0 })
    }

    @Test func throwsTheFirstError() {
        struct Failure: Error, Equatable { let index: Int }
        #expect(throws: Failure(index: 40)) {
            try Parallel.map(1_000, chunk: 1) { index in
                if index >= 40 { throw Failure(index: index) }
            }
        }
    }

    @Test func stopsWhenCancelled() {
        #expect(throws: CancellationError.self) { try Parallel.map(10, cancelled: { true }) { $0 } }
    }
}
