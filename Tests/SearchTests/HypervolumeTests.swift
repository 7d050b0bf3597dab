import Statistics
import Testing

@testable import Search

@Suite struct HypervolumeTests {
    private func measure(_ points: [[Double]], reference: [Double]) throws -> Double {
        let columns = reference.indices.map { objective in points.map { $0[objective] } }
        return try Hypervolume.measure(
            Objectives(columns, reference.map { _ in .minimise }), reference: reference)
    }

    private func random(_ count: Int, _ dimensions: Int, seed: UInt64, choices: Int? = nil) -> [[Double]] {
        var generator = Random(seed: seed)
        return (0..<count).map { _ in
            (0..<dimensions).map { _ in choices.map { Double(generator.below($0)) } ?? generator.uniform() }
        }
    }

    @Test func byHand() throws {
        #expect(try measure([[1, 3], [2, 2], [3, 1]], reference: [4, 4]) == 6)
        #expect(try measure([[0, 0, 0]], reference: [2, 3, 4]) == 24)
        #expect(try measure([[1, 0, 0], [0, 1, 0], [0, 0, 1]], reference: [2, 2, 2]) == 7)
        #expect(try measure([[3], [1], [2]], reference: [5]) == 4)
        #expect(try measure([[0, 0, 0, 0], [1, 1, 1, 1]], reference: [2, 2, 2, 2]) == 16)
    }

    @Test func directionsAndUnits() throws {
        let columns: [[Double]] = [[90, 94, 93], [3, 9, 5]]
        let volume = try Hypervolume.measure(
            Objectives(columns, [.maximise, .minimise]), reference: [80, 10])
        #expect(volume == 70 + 15 + 1)
    }

    @Test func whatDoesNotBeatTheReferenceAddsNothing() throws {
        #expect(
            try measure([[1, 1], [4, 0], [0, 4], [5, 5], [.nan, 0], [-.infinity, 0]], reference: [4, 4]) == 9)
        #expect(try measure([[4, 4]], reference: [4, 4]) == 0)
        #expect(try measure([], reference: [4, 4, 4]) == 0)
    }

    /// Whole coordinates: the volume is the number of unit cells that some point dominates.
    @Test(arguments: 1...5, [1, 3, 10, 40])
    func countsCells(_ dimensions: Int, _ count: Int) throws {
        let side = dimensions < 4 ? 9 : 5
        let points = random(count, dimensions, seed: UInt64(count), choices: side + 1)
        var cells = 0
        for number in 0..<Int((0..<dimensions).reduce(1) { size, _ in size * side }) {
            var rest = number
            let cell = (0..<dimensions).map { _ in
                defer { rest /= side }
                return Double(rest % side)
            }
            if points.contains(where: { zip($0, cell).allSatisfy { $0 <= $1 } }) { cells += 1 }
        }
        let reference = [Double](repeating: Double(side), count: dimensions)
        #expect(try measure(points, reference: reference) == Double(cells))
    }

    /// The volume of a union is the alternating sum of the volumes of all intersections.
    @Test(arguments: 2...6)
    func equalsInclusionAndExclusion(_ dimensions: Int) throws {
        let points = random(9, dimensions, seed: 21)
        var expected = 0.0
        for subset in 1..<(1 << points.count) {
            let chosen = points.indices.filter { subset >> $0 & 1 == 1 }
            let corner = (0..<dimensions).map { axis in chosen.map { points[$0][axis] }.max()! }
            expected += (chosen.count % 2 == 1 ? 1 : -1) * corner.reduce(1) { $0 * (1 - $1) }
        }
        let found = try measure(points, reference: [Double](repeating: 1, count: dimensions))
        #expect((found - expected).magnitude < 1e-12)
    }

    /// The general recursion and the sweeps agree where both apply: a last objective in which all are equal adds a
    /// factor.
    @Test(arguments: [2, 3])
    func aFlatObjectiveIsAFactor(_ dimensions: Int) throws {
        let points = random(200, dimensions, seed: 2)
        let reference = [Double](repeating: 1, count: dimensions)
        let plain = try measure(points, reference: reference)
        let raised = try measure(points.map { $0 + [0.5] }, reference: reference + [1])
        #expect((raised - plain / 2).magnitude < 1e-12)
    }

    @Test(arguments: 2...5)
    func orderOfPointsAndObjectivesDoesNotMatter(_ dimensions: Int) throws {
        let points = random(60, dimensions, seed: 14)
        let reference = [Double](repeating: 1, count: dimensions)
        let volume = try measure(points, reference: reference)
        var generator = Random(seed: 1)
        var (shuffled, axes) = (points, Array(0..<dimensions))
        generator.shuffle(&shuffled)
        generator.shuffle(&axes)
        let permuted = shuffled.map { point in axes.map { point[$0] } }
        #expect((try measure(permuted, reference: reference) - volume).magnitude < 1e-12)
    }

    /// Points on a sphere, none of which dominates another: the share of random darts that hit.
    @Test(arguments: [3, 4])
    func agreesWithDarts(_ dimensions: Int) throws {
        var generator = Random(seed: 30)
        let points = (0..<80).map { _ in
            let direction = (0..<dimensions).map { _ in generator.normal().magnitude }
            let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return direction.map { 1 - $0 / length }
        }
        let hits = (0..<20_000).filter { _ in
            let dart = (0..<dimensions).map { _ in generator.uniform() }
            return points.contains { zip($0, dart).allSatisfy { $0 <= $1 } }
        }.count
        let volume = try measure(points, reference: [Double](repeating: 1, count: dimensions))
        let deviation = (volume * (1 - volume) / 20_000).squareRoot()
        #expect((Double(hits) / 20_000 - volume).magnitude < 4 * deviation)
    }

    @Test func refusesABadReference() throws {
        let points = try Objectives([[1], [1]], [.minimise, .minimise])
        #expect(throws: ObjectivesError.reference(2, 1)) { try Hypervolume.measure(points, reference: [1]) }
        #expect(throws: ObjectivesError.infiniteReference(1)) {
            try Hypervolume.measure(points, reference: [1, .infinity])
        }
    }

    @Test(arguments: [1, 63, 64, 65, 4_096, 5_000])
    func rankSetFindsNeighbours(_ count: Int) {
        var generator = Random(seed: 5)
        var set = RankSet(count: count)
        var expected = Set<Int>()
        for _ in 0..<300 {
            let number = generator.below(count)
            if generator.below(3) > 0 {
                set.insert(number)
                expected.insert(number)
            } else {
                set.remove(number)
                expected.remove(number)
            }
            let place = generator.below(count + 1)
            #expect(set.first(from: place) == expected.filter { $0 >= place }.min())
            #expect(set.last(before: place) == expected.filter { $0 < place }.max())
        }
    }
}
