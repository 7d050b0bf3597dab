import Statistics
import Testing

@testable import Estimation

struct RankingTests {
    private let scores: [[Double]] = [[1, 2, 3, .nan], [5, 4, 6, 7], [1, 2, 0, 3]]

    /// Pair by pair: 1 beats 0 by two to one, 2 beats 0, 2 beats 1, and 3, last by the first score, beats all by two to
    /// one.
    @Test func votesOfHandMadeColumns() throws {
        let third = 1.0 / 3
        #expect(try Ranking.vote.values(of: scores) == [-1, -third, third, 1])
    }

    @Test func bordaOfHandMadeColumns() throws {
        #expect(try Ranking.borda.values(of: scores) == [3, 4, 5, 6])
    }

    @Test func meanRanksOfHandMadeColumns() throws {
        let expected: [Double] = [9, 8, 7, 6].map { $0 / 3 }
        let values = try Ranking.meanRank.values(of: scores)
        for (value, wanted) in zip(values, expected) { #expect(abs(value - wanted) < 1e-12) }
    }

    @Test func tiesAreShared() throws {
        #expect(try Ranking.borda.values(of: [[1, 1, 2]]) == [0.5, 0.5, 2])
        #expect(try Ranking.vote.values(of: [[1, 1, 2]]) == [-0.5, -0.5, 1])
        #expect(try Ranking.vote.values(of: [[1]]) == [0])
        #expect(try Ranking.vote.values(of: []) == [])
    }

    @Test func anAuditOfHandMadeColumns() throws {
        var random = Random(seed: 0)
        let quality = (0..<20).map(Double.init)
        let reversed = Array(quality.reversed())
        let right = try Audit(quality, quality: quality, baseline: reversed, resamples: 200, using: &random)
        #expect(right.spearman.value == 1 && right.kendall.value == 1 && right.pairs == 1)
        #expect(right.top.value == 1 && right.verdict == .earns)
        #expect(abs((right.gain.value ?? 0) - 2) < 1e-12)
        let wrong = try Audit(reversed, quality: quality, baseline: quality, resamples: 200, using: &random)
        #expect(wrong.spearman.value == -1 && wrong.top.value == 0 && wrong.pairs == 0 && wrong.verdict == .worse)
        let same = try Audit(quality, quality: quality, baseline: quality, resamples: 200, using: &random)
        #expect(same.verdict == .baseline)
    }

    /// Missing scores are counted and left out, from the baseline too.
    @Test func missingScoresAreCounted() throws {
        var random = Random(seed: 0)
        let quality: [Double] = [1, 2, 3, 4, .nan, 6]
        let scores: [Double] = [1, .nan, 3, 2, 5, 6]
        let audit = try Audit(scores, quality: quality, baseline: quality, resamples: 10, using: &random)
        #expect(audit.count == 4 && audit.missing == 1 && audit.baseline == 1)
        #expect(abs((audit.spearman.value ?? 0) - 0.8) < 1e-12)
        // One of six pairs is wrong.
        let share = 5.0 / 6
        #expect(abs((audit.pairs ?? 0) - share) < 1e-12)
    }

    /// Equal scores at the border of the best tenth count in part: two of four at the top, one place.
    @Test func tiesAtTheTopAreShared() throws {
        var random = Random(seed: 0)
        let quality = (0..<10).map(Double.init)
        let scores = quality.map { $0 >= 8 ? 1.0 : 0 }
        let audit = try Audit(scores, quality: quality, baseline: quality, resamples: 10, using: &random)
        #expect(audit.top.value == 0.5)
        let share = (16 + 14.5) / 45.0
        #expect(abs((audit.pairs ?? 0) - share) < 1e-12)
    }
}
