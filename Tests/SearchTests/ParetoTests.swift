import Search
import Statistics
import Testing

/// Whether point a dominates point b, by the definition.
private func dominates(_ a: Int, _ b: Int, _ objectives: Objectives) -> Bool {
    let better = zip(objectives.columns, objectives.directions).map { column, direction in
        direction == .minimise ? column[b] - column[a] : column[a] - column[b]
    }
    return better.allSatisfy { $0 >= 0 } && better.contains { $0 > 0 }
}

/// Random points on a grid so coarse that ties and copies abound.
private func grid(_ count: Int, _ objectives: Int, _ choices: Int, seed: UInt64) throws -> Objectives {
    var generator = Random(seed: seed)
    let columns = (0..<objectives).map { _ in (0..<count).map { _ in Double(generator.below(choices)) / 4 } }
    return try Objectives(columns, (0..<objectives).map { $0 % 2 == 0 ? .maximise : .minimise })
}

@Suite struct ParetoTests {
    @Test(arguments: 1...5, [(0, 3), (1, 3), (40, 3), (60, 12), (300, 50)])
    func frontIsWhatNothingDominates(_ objectives: Int, _ size: (count: Int, choices: Int)) throws {
        let points = try grid(size.count, objectives, size.choices, seed: 3)
        let expected = points.points.filter { b in !points.points.contains { dominates($0, b, points) } }
        #expect(Pareto.front(points) == expected)
    }

    @Test(arguments: 1...4, [(0, 3), (40, 3), (60, 12), (200, 40)])
    func ranksPeelFrontsOff(_ objectives: Int, _ size: (count: Int, choices: Int)) throws {
        let points = try grid(size.count, objectives, size.choices, seed: 8)
        var expected = [Int?](repeating: nil, count: size.count)
        var rest = points.points
        var depth = 0
        while !rest.isEmpty {
            let front = rest.filter { b in !rest.contains { dominates($0, b, points) } }
            for point in front { expected[point] = depth }
            rest.removeAll(where: front.contains)
            depth += 1
        }
        #expect(Pareto.ranks(points) == expected)
    }

    @Test func copiesOfABestPointStay() throws {
        let points = try Objectives([[1, 2, 2, 1, 3], [5, 5, 5, 6, 1]], [.maximise, .maximise])
        #expect(Pareto.front(points) == [1, 2, 3, 4])
    }

    @Test func directionsMatter() throws {
        let columns: [[Double]] = [[90, 92, 94, 91], [3, 5, 9, 7]]
        #expect(try Pareto.front(Objectives(columns, [.maximise, .minimise])) == [0, 1, 2])
        #expect(try Pareto.front(Objectives(columns, [.minimise, .maximise])) == [0, 2, 3])
    }

    @Test func notFinitePointsAreLeftOut() throws {
        let points = try Objectives([[1, .nan, 3, .infinity], [1, 9, 0, 9]], [.maximise, .maximise])
        #expect(points.omitted == [1, 3])
        #expect(Pareto.front(points) == [0, 2])
        #expect(Pareto.ranks(points) == [0, nil, 0, nil])
        #expect(Pareto.crowding(points, ranks: Pareto.ranks(points)) == [.infinity, nil, .infinity, nil])
    }

    @Test func negativeZeroIsZero() throws {
        let points = try Objectives([[0, -0.0], [0, 0], [1, 1]], [.minimise, .maximise, .minimise])
        #expect(Pareto.front(points) == [0, 1])
    }

    /// By hand: the front (0, 4), (1, 2), (3, 1), (4, 0), whose ranges are 4 and 4.
    @Test func crowdingByHand() throws {
        let points = try Objectives([[3, 0, 4, 1], [1, 4, 0, 2]], [.minimise, .minimise])
        let crowding = Pareto.crowding(points, ranks: Pareto.ranks(points))
        // Neighbours lie (3, 2) apart around (1, 2) and (3, 2) apart around (3, 1).
        let expected: [Double?] = [5.0 / 4, .infinity, .infinity, 6.0 / 4]
        #expect(crowding == expected)
    }

    @Test func crowdingOfEqualValues() throws {
        let same = try Objectives([[2, 2, 2, 2], [1, 1, 1, 1]], [.minimise, .minimise])
        #expect(Pareto.crowding(same, ranks: Pareto.ranks(same)) == [0, 0, 0, 0])
    }

    @Test func refusesWhatDoesNotFit() {
        #expect(throws: ObjectivesError.none) { try Objectives([], []) }
        #expect(throws: ObjectivesError.directions(2, 1)) { try Objectives([[1], [2]], [.minimise]) }
        #expect(throws: ObjectivesError.unequalLengths([1, 2])) {
            try Objectives([[1], [2, 3]], [.minimise, .minimise])
        }
    }
}
