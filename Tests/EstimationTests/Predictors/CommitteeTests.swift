import Statistics
import Testing

@testable import Estimation

/// Folds of members, and what their guesses of rows held out say of new ones.
@Suite struct CommitteeTests {
    @Test(arguments: [4, 5, 7])
    func `pairs of parts hold out each row as often`(_ count: Int) {
        var random = Random(seed: 2)
        let folds = Folds(23, pairsOf: count, using: &random)
        #expect(folds.count == count * (count - 1) / 2)
        for row in 0..<23 { #expect(folds.strangers(to: row).count == count - 1) }
        for fold in 0..<folds.count {
            #expect((folds.kept(in: fold) + folds.held(in: fold)).sorted() == Array(0..<23))
            #expect(Set(folds.held(in: fold).map { folds.parts[$0] }).count == 2)
        }
    }

    @Test func `few rows have folds that keep one`() {
        var random = Random(seed: 2)
        for rows in 2...4 {
            let folds = Folds(rows, pairsOf: 5, using: &random)
            for fold in 0..<folds.count { #expect(!folds.kept(in: fold).isEmpty) }
            for row in 0..<rows { #expect(!folds.strangers(to: row).isEmpty) }
        }
    }

    /// Half of the rows have a variance of 1, half of 9: mean 5, and (16/25) is its squared coefficient of variation.
    @Test func `the variances behind few members are found`() {
        var random = Random(seed: 3)
        let uneven = (0..<40_000).map { row in
            (0..<3).map { _ in random.normal(deviation: row % 2 == 0 ? 1 : 3) }
        }
        let spread = CommitteeSpread(uneven)
        #expect(abs(spread.variance - 5) < 0.2)
        #expect(abs(spread.unevenness - 0.64) < 0.08)
        let even = CommitteeSpread((0..<40_000).map { _ in (0..<3).map { _ in random.normal(deviation: 2) } })
        #expect(abs(even.variance - 4) < 0.15 && even.unevenness < 0.05)
    }

    @Test func `a variance of few members is drawn towards that of all rows`() throws {
        // Two members, ν = 1, that are 8 apart: v = 32. Where all rows are alike it is no news.
        let even = try CommitteeSpread(numbers: [4, 0]).guess([1, 9])
        #expect(even == Prediction(mean: 5, deviation: 2))
        // z = 0.5/(0.5 + 1.5·2) = 1/7.
        let uneven = try CommitteeSpread(numbers: [4, 0.5]).guess([1, 9])
        #expect(abs(uneven.deviation - (4 + 28.0 / 7).squareRoot()) < 1e-12)
        #expect(throws: PredictorError.self) { try CommitteeSpread(numbers: [4, -1]) }
    }

    /// Members that err in common by 1 and apart by 0.5 to 2; each row is held out by 2 of 10, or 4 of 10.
    @Test(arguments: [false, true])
    func `intervals of all members hold nine tenths of new rows`(_ isPaired: Bool) throws {
        var random = Random(seed: 8)
        let rows = 3_000
        func outputs(_ truths: [Double]) -> [[Float]] {
            let common = truths.map { _ in random.normal() }
            let apart = truths.map { _ in random.uniform(in: 0.5..<2) }
            return (0..<10).map { _ in
                truths.indices.map { Float(truths[$0] + common[$0] + random.normal(deviation: apart[$0])) }
            }
        }
        let truths = (0..<rows).map { _ in random.normal(deviation: 3) }
        let folds =
            isPaired
            ? Folds(rows, pairsOf: 5, using: &random) : Folds(rows, count: 10, heldAtOnce: 2, using: &random)
        #expect(folds.count == 10)
        let scale = TargetScale(truths)
        func scaled(_ outputs: [[Float]]) -> [[Float]] { outputs.map { $0.map { Float(scale.scaled(Double($0))) } } }
        let committee = Committee(scaled(outputs(truths)), folds, targets: truths, scale: scale)
        let new = (0..<rows).map { _ in random.normal(deviation: 3) }
        let guesses = committee.predictions(scaled(outputs(new)), count: rows)
        let inside = zip(guesses, new).count { abs($0.mean - $1) <= Calibration.ninety * $0.deviation }
        #expect((2_610...2_790).contains(inside), "\(inside) of \(rows)")
    }
}
