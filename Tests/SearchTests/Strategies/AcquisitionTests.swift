import Search
import Statistics
import Testing

@Suite struct AcquisitionTests {
    /// E[max(Y − c, 0)] and P(Y > c) by a million draws.
    @Test(arguments: [(0.0, 1.0, 0.5), (2.0, 0.5, 1.0), (-1.0, 2.0, 1.5)])
    func `closed forms agree with draws`(_ mean: Double, _ deviation: Double, _ level: Double) {
        var generator = Random(seed: 3)
        let count = 200_000
        var (gain, above) = (0.0, 0.0)
        for _ in 0..<count {
            let y = generator.normal(mean: mean, deviation: deviation)
            gain += max(0, y - level)
            above += y > level ? 1 : 0
        }
        let tolerance = 5 * deviation / Double(count).squareRoot()
        let expected = Acquisition.expectedGain(mean: mean, deviation: deviation, over: level)
        #expect((expected - gain / Double(count)).magnitude < tolerance)
        let probability = Acquisition.probability(mean: mean, deviation: deviation, over: level)
        #expect((probability - above / Double(count)).magnitude < 5 * 0.5 / Double(count).squareRoot())
    }

    @Test func `without deviation nothing is left to chance`() {
        #expect(Acquisition.expectedGain(mean: 3, deviation: 0, over: 1) == 2)
        #expect(Acquisition.expectedGain(mean: 1, deviation: 0, over: 3) == 0)
        #expect(Acquisition.probability(mean: 3, deviation: 0, over: 1) == 1)
        var generator = Random(seed: 1)
        let bound = Acquisition.upperConfidenceBound(2)
        #expect(bound.promise(mean: 1, deviation: 3, best: 9, using: &generator) == 7)
    }

    @Test func `a constraint multiplies by its probability`() {
        let promise = Acquisition.constrained(
            4, by: [(mean: 1, deviation: 1, limit: 1), (mean: 2, deviation: 0, limit: 1)])
        #expect(promise == 2)
    }

    /// The gain in area of Hypervolume, averaged over draws.
    @Test func `the expected hypervolume improvement agrees with draws`() throws {
        let front = [[1.0, 3.0], [2.0, 2.0], [3.0, 0.5], [0.5, 1.0]]
        let reference = [0.0, 0.0]
        let expected = ExpectedHypervolume(front, reference: reference).gain(
            means: [1.8, 1.9], deviations: [0.7, 0.4])
        func volume(_ points: [[Double]]) throws -> Double {
            try Hypervolume.measure(
                Objectives([points.map { $0[0] }, points.map { $0[1] }], [.maximise, .maximise]), reference: reference)
        }
        let before = try volume(front)
        var generator = Random(seed: 4)
        var (sum, square) = (0.0, 0.0)
        let count = 20_000
        for _ in 0..<count {
            let point = [
                generator.normal(mean: 1.8, deviation: 0.7), generator.normal(mean: 1.9, deviation: 0.4),
            ]
            let gain = try volume(front + [point]) - before
            sum += gain
            square += gain * gain
        }
        let mean = sum / Double(count)
        let error = ((square / Double(count) - mean * mean) / Double(count)).squareRoot()
        #expect((expected - mean).magnitude < 4 * error)
    }

    @Test func `without a front the gain is the product of both gains`() {
        let gain = ExpectedHypervolume([], reference: [0, 0]).gain(means: [1, 2], deviations: [0, 0])
        #expect(gain == 2)
    }

    @Test func `weights of ParEGO are a lattice and its scalars prefer what dominates`() {
        var generator = Random(seed: 6)
        var seen: Set<[Double]> = []
        for _ in 0..<500 {
            let weights = ParEGO(objectives: 2, using: &generator).weights
            #expect((weights.reduce(0, +) - 1).magnitude < 1e-12)
            seen.insert(weights)
        }
        #expect(seen.count == 11)
        let scalars = ParEGO(objectives: 3, using: &generator).scalars([[1, 1, 1], [2, 3, 4], [0, 2, 2]])
        #expect(scalars[1] == scalars.max())
        #expect(scalars[1] == 0)
    }
}
