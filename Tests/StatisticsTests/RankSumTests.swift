import Statistics
import Testing

@Suite struct RankSumTests {
    /// By hand: of the 3 · 2 pairs the first sample is larger in 5 and equal in 1 half pair.
    @Test func `the statistic counts pairs`() {
        #expect(RankSum([3, 5, 2], [1, 2]).statistic == 5.5)
        #expect(RankSum([1, 2], [3, 5, 2]).statistic == 0.5)
    }

    /// n = m = 8 without ties: mean 32, variance 8·8·17/12, so U = 64 lies (32 − ½)/√90.67 = 3.308 deviations off.
    @Test func `the p-value is that of the normal approximation`() {
        let test = RankSum((8..<16).map(Double.init), (0..<8).map(Double.init))
        #expect(test.statistic == 64)
        #expect((test.pValue - 0.000_939).magnitude < 2e-6)
        #expect(RankSum([1, 2, 3, 4], [1, 2, 3, 4]).pValue == 1)
    }

    @Test func `samples without difference, or without values, say nothing`() {
        #expect(RankSum([2, 2], [2, 2, 2]).pValue == 1)
        #expect(RankSum([], [1]).pValue == 1)
    }
}
