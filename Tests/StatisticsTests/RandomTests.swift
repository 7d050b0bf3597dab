import Testing

@testable import Statistics

@Suite struct RandomTests {
    /// The output of the authors' C program from the state 1, 2, 3, 4.
    @Test func followsTheReference() {
        var generator = Random(state: (1, 2, 3, 4))
        let expected: [UInt64] = [
            41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386, 9_228_616_714_210_784_205,
            9_973_669_472_204_895_162, 14_011_001_112_246_962_877, 12_406_186_145_184_390_807,
            15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    /// The published first numbers of SplitMix64 from 1234567.
    @Test func seedsBySplitMix() {
        var mixer = SplitMix64(state: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in mixer.next() } == expected)
    }

    @Test func isTheSameForever() {
        var generator = Random(Seed(0).derived("cell", 3, "sample"))
        let drawn = (0..<4).map { _ in generator.below(1_000) }
        #expect(drawn == [111, 282, 258, 495])
        #expect(generator.uniform() == 0.05867545380525907)
        #expect(generator.normal() == -0.7980973944880162)
    }

    @Test func labelsNameDifferentStreams() {
        let root = Seed(7)
        let seeds: [Seed] = [
            root, root.derived(), root.derived("ab", "c"), root.derived("a", "bc"), root.derived("abc"),
            root.derived(1), root.derived("1"), root.derived(1, 2), root.derived(2, 1), root.derived(-1),
            root.derived("a long label of more than eight bytes"), root.derived(""), Seed(8).derived(1),
        ]
        #expect(Set(seeds).count == seeds.count - 1)  // no label at all leaves the seed as it is
        #expect(root.derived("cell", 3) == root.derived([.text("cell"), .number(3)]))
    }

    @Test func splitStreamsDiffer() {
        var parent = Random(seed: 1)
        var (first, second) = (parent.split(), parent.split())
        #expect((0..<8).map { _ in first.next() } != (0..<8).map { _ in second.next() })
    }

    /// Pearson's χ² of the counts has the mean k − 1 and the variance 2(k − 1): five deviations are allowed.
    @Test(arguments: [2, 3, 7, 10, 64])
    func belowIsUniform(_ bound: Int) {
        var generator = Random(seed: UInt64(bound))
        var counts = [Int](repeating: 0, count: bound)
        for _ in 0..<20_000 { counts[generator.below(bound)] += 1 }
        let expected = 20_000 / Double(bound)
        let chi = counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        let freedom = Double(bound - 1)
        #expect(chi < freedom + 5 * (2 * freedom).squareRoot())
    }

    @Test func belowReachesTheLargestBound() {
        var generator = Random(seed: 3)
        let drawn = (0..<100).map { _ in generator.below(.max) }
        #expect(drawn.allSatisfy { $0 >= 0 })
        #expect(drawn.contains { $0 > .max / 2 })
    }

    @Test func uniformAndNormalHaveTheirMoments() throws {
        var generator = Random(seed: 9)
        let uniform = (0..<50_000).map { _ in generator.uniform() }
        #expect(uniform.allSatisfy { (0..<1).contains($0) })
        #expect((try #require(Summary(uniform).mean) - 0.5).magnitude < 0.007)
        let normal = Summary((0..<50_000).map { _ in generator.normal(mean: 3, deviation: 2) })
        #expect((try #require(normal.mean) - 3).magnitude < 0.045)
        #expect((try #require(normal.deviation) - 2).magnitude < 0.032)
        let quartiles = try #require(normal.quartiles)
        #expect((quartiles.upper - 3 - 2 * 0.674_489_75).magnitude < 0.06)
    }

    @Test func aRangeIsHalfOpen() {
        var generator = Random(seed: 2)
        let range = 1.0..<1.0.nextUp
        #expect((0..<100).allSatisfy { _ in range.contains(generator.uniform(in: range)) })
    }

    @Test func shufflesReachAllOrders() {
        var generator = Random(seed: 4)
        var seen: [[Int]: Int] = [:]
        for _ in 0..<6_000 {
            var order = [0, 1, 2]
            generator.shuffle(&order)
            seen[order, default: 0] += 1
        }
        #expect(seen.count == 6)
        #expect(seen.values.allSatisfy { (850...1_150).contains($0) })
    }

    @Test func distinctDrawsAreDistinctAndUniform() {
        var generator = Random(seed: 6)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<5_000 {
            let drawn = generator.distinct(3, below: 10)
            #expect(Set(drawn).count == 3)
            for number in drawn { counts[number] += 1 }
        }
        #expect(counts.allSatisfy { (1_350...1_650).contains($0) })
        #expect(generator.distinct(99, below: 10).sorted() == Array(0..<10))
        #expect(generator.distinct(-1, below: 10).isEmpty)
        #expect(generator.distinct(2, below: .max).count == 2)
    }
}
