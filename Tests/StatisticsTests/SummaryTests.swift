import Statistics
import Testing

@Suite struct SummaryTests {
    private let values: [Double] = [3.5, 1.25, 9, 2, 2, 7.75, -4, 0.5]

    /// `numpy.quantile` of NumPy 2.4.
    @Test(arguments: [
        (0, -4), (0.1, -0.85), (0.25, 1.0625), (0.5, 2), (0.75, 4.5625), (0.9, 8.125), (1, 9), (-1, -4), (2, 9),
    ])
    func quantilesAreOfTypeSeven(_ probability: Double, _ expected: Double) throws {
        #expect(agree(try #require(Quantiles(values))[probability], expected))
    }

    @Test func summaryEqualsNumPy() throws {
        let summary = Summary(values + [.nan, .infinity])
        #expect(summary.count == 8)
        #expect(summary.omitted == 2)
        #expect(summary.mean == 2.75)
        #expect(agree(summary.variance, 16.946428571428573))
        #expect(summary.quartiles?.median == 2)
        #expect(summary.quartiles?.minimum == -4)
    }

    @Test func summaryOfLittle() {
        let none = Summary([.nan])
        #expect(none.count == 0 && none.omitted == 1)
        #expect(none.mean == nil && none.variance == nil && none.quartiles == nil)
        let one = Summary([4])
        #expect(one.mean == 4 && one.variance == nil && one.quartiles?.maximum == 4)
    }

    @Test func varianceSurvivesALargeOffset() {
        #expect(agree(Summary([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).variance, 30))
        #expect(Summary([Double](repeating: 0.1, count: 1_001)).variance == 0)
    }

    @Test func meanDoesNotOverflow() {
        #expect(Summary([1.7e308, 1.7e308, 1.7e308]).mean.map { ($0 / 1.7e308 - 1).magnitude < 1e-15 } == true)
    }

    @Test func ranksShareTies() {
        #expect(Ranks([3.5, 1.25, 9, 2, 2, 7.75, -4, 0.5]).average == [6, 3, 8, 4.5, 4.5, 7, 1, 2])
        #expect(Ranks([0, -0.0, .nan, -.infinity, .nan]).classes == [1, 1, 2, 0, 2])
        #expect(Ranks([]).average.isEmpty)
    }

    @Test func ranksOfAResampleAreThoseOfItsValues() {
        var generator = Random(seed: 8)
        let indices = values.indices.map { _ in generator.below(values.count) }
        #expect(Ranks(values).drawn(indices).average == Ranks(indices.map { values[$0] }).average)
    }

    /// Long columns go through the radix sort, short ones through comparisons.
    @Test(arguments: [0, 1, 255, 256, 5_000])
    func orderIsStableAndTotal(_ count: Int) {
        var generator = Random(seed: 1)
        let values = (0..<count).map { place in
            place % 50 == 7 ? Double.infinity : (generator.normal() * 20).rounded() * (place % 3 == 0 ? 1e200 : 1e-3)
        }
        let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        #expect(Order.ascending(values).map(Int.init) == expected)
    }

    @Test func histogramEqualsNumPy() throws {
        let histogram = try #require(try Histogram(values + [.nan], bins: 5))
        #expect(histogram.counts == [1, 1, 4, 0, 2])
        #expect(histogram.omitted == 1)
        #expect(zip(histogram.edges, [-4, -1.4, 1.2, 3.8, 6.4, 9]).allSatisfy { agree($0, $1) })
    }

    @Test func histogramOfOddInput() throws {
        #expect(try Histogram([]) == nil)
        let equal = try #require(try Histogram([2, 2, 2], bins: 2))
        #expect(equal.edges == [1.5, 2, 2.5] && equal.counts == [0, 3])
        let huge = try #require(try Histogram([-1.7e308, 0, 1.7e308], bins: 3))
        #expect(huge.counts == [1, 1, 1])
        #expect(throws: StatisticsError.self) { try Histogram([1], bins: 0) }
    }

    @Test func histogramChoosesItsBins() throws {
        var generator = Random(seed: 3)
        let normal = try #require(try Histogram((0..<10_000).map { _ in generator.normal() }))
        #expect((40...120).contains(normal.counts.count))
        #expect(normal.counts.reduce(0, +) == 10_000)
    }
}
