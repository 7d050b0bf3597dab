import Search
import Testing

/// The trials and epochs of each bracket of a plan.
private func table(_ plan: BracketPlan) -> [[[Int]]] {
    plan.rows.reduce(into: []) { table, row in
        if row.rung == 0 { table.append([]) }
        table[row.bracket].append([row.trials, row.epochs])
    }
}

@Suite struct BracketTests {
    @Test func `81 epochs have the published brackets with both roundings`() throws {
        // HpBandSter's form, and that of algorithm 1 of the paper.
        #expect(
            try table(Hyperband(max: 81, rounding: .floor).plan) == [
                [[81, 1], [27, 3], [9, 9], [3, 27], [1, 81]], [[27, 3], [9, 9], [3, 27], [1, 81]],
                [[9, 9], [3, 27], [1, 81]], [[6, 27], [2, 81]], [[5, 81]],
            ])
        #expect(
            try table(Hyperband(max: 81, rounding: .ceil).plan) == [
                [[81, 1], [27, 3], [9, 9], [3, 27], [1, 81]], [[34, 3], [11, 9], [3, 27], [1, 81]],
                [[15, 9], [5, 27], [1, 81]], [[8, 27], [2, 81]], [[5, 81]],
            ])
    }

    @Test func `27 epochs have four brackets`() throws {
        #expect(
            try table(Hyperband(max: 27, rounding: .floor).plan) == [
                [[27, 1], [9, 3], [3, 9], [1, 27]], [[9, 3], [3, 9], [1, 27]], [[6, 9], [2, 27]], [[4, 27]],
            ])
        #expect(
            try table(Hyperband(max: 27, rounding: .ceil).plan) == [
                [[27, 1], [9, 3], [3, 9], [1, 27]], [[12, 3], [4, 9], [1, 27]], [[6, 9], [2, 27]], [[4, 27]],
            ])
    }

    @Test(arguments: [(3, 5, 243), (5, 3, 125), (10, 3, 1000), (2, 29, 1 << 29), (7, 4, 2401)])
    func `An exact power of eta is reached`(_ eta: Int, _ power: Int, _ max: Int) throws {
        let plan = try Hyperband(max: max, eta: Double(eta)).plan
        #expect(table(plan).count == power + 1)
        #expect(plan.rows[0].epochs == 1)
        #expect(try table(Hyperband(max: max - 1, eta: Double(eta)).plan).count == power)
    }

    @Test func `A least number of epochs above one shifts the ladder`() throws {
        #expect(
            try table(Hyperband(min: 4, max: 100, eta: 5).plan) == [
                [[25, 4], [5, 20], [1, 100]], [[5, 20], [1, 100]], [[3, 100]],
            ])
        #expect(try Rungs.ladder(min: 2, max: 60, eta: 3) == [2, 6, 18, 54, 60])
        #expect(try Rungs.ladder(min: 1, max: 5, eta: 1.5) == [1, 2, 3, 5])
        #expect(try Rungs.ladder(min: 7, max: 7, eta: 3) == [7])
    }

    @Test func `A real eta and equal rungs`() throws {
        let plan = try Hyperband(max: 4, eta: 1.2).plan
        for rows in table(plan) { #expect(zip(rows, rows.dropFirst()).allSatisfy { $0[1] < $1[1] }) }
        #expect(plan.rows.allSatisfy { $0.trials >= 1 && $0.epochs >= 1 })
    }

    @Test func `Rounds repeat all brackets with new numbers`() throws {
        let (one, two) = (try Hyperband(max: 9).plan, try Hyperband(max: 9, rounds: 2).plan)
        #expect(table(two) == table(one) + table(one))
        #expect(two.epochs == 2 * one.epochs)
        #expect(try Hyperband(max: 9, rounds: 0).plan.rows.isEmpty)
    }

    @Test func `The epochs of a plan continue from the lower rung`() throws {
        // 81·1 + 27·2 + 9·6 + 3·18 + 1·54
        #expect(try SuccessiveHalving(max: 81).plan.epochs == 297)
        #expect(try SuccessiveHalving(rungs: [12, 200], trials: 81).plan.epochs == 81 * 12 + 27 * 188)
        #expect(try OneEpoch(max: 50, trials: 20, kept: 4).plan.epochs == 20 + 4 * 49)
        #expect(try FullTraining(max: 50, trials: 20).plan.epochs == 1000)
    }

    @Test func `Another bracket works while a rung waits`() throws {
        var hyperband = try Hyperband(max: 3)
        var asked: [Stretch] = []
        while case .run(let stretch) = hyperband.ask() { asked.append(stretch) }
        #expect(hyperband.ask() == .wait)
        #expect(asked.map(\.bracket) == [0, 0, 0, 1, 1])
        for (stretch, value) in zip(asked, [0.3, 0.1, 0.3]) { hyperband.tell(stretch, .reached([value])) }
        // Of equal trials the earlier one.
        #expect(hyperband.ask() == .run(Stretch(trial: 0, bracket: 0, rung: 1, from: 1, to: 3)))
        #expect(hyperband.ask() == .wait)
    }

    @Test func `Failed trials do not go on, and the others fill their places`() throws {
        var halving = try SuccessiveHalving(max: 3, trials: 6)
        var asked: [Stretch] = []
        while case .run(let stretch) = halving.ask() { asked.append(stretch) }
        let outcomes: [StretchOutcome] = [
            .failed, .reached([.nan]), .reached([0.1]), .reached([]), .reached([0.2]), .reached([.infinity]),
        ]
        for (stretch, outcome) in zip(asked, outcomes) { halving.tell(stretch, outcome) }
        #expect(halving.ask() == .run(Stretch(trial: 4, rung: 1, from: 1, to: 3)))
        #expect(halving.ask() == .run(Stretch(trial: 2, rung: 1, from: 1, to: 3)))
        #expect(halving.ask() == .wait)
    }

    @Test func `Where the space has fewer architectures, the same share goes on`() throws {
        var halving = try SuccessiveHalving(max: 9, trials: 81)
        var ends: [Int: Int] = [:]
        while case .run(let stretch) = halving.ask() {
            guard stretch.trial < 18 else {
                halving.tell(stretch, .exhausted)
                continue
            }
            ends[stretch.to, default: 0] += 1
            halving.tell(stretch, .reached([Double(stretch.trial)]))
        }
        #expect(ends == [1: 18, 3: 6, 9: 2])
    }
}
