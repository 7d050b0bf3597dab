import Search
import Testing

/// Asks for the next stretch, which there must be.
private func run(_ asha: inout ASHA) throws -> Stretch {
    guard case .run(let stretch) = asha.ask() else {
        Issue.record("expected a stretch")
        throw CancellationError()
    }
    return stretch
}

/// Begins trials with these values at rung 0, told as soon as they are asked for; returns what was asked.
private func feed(_ asha: inout ASHA, _ values: [Double]) throws -> [Stretch] {
    try values.map { value in
        let stretch = try run(&asha)
        asha.tell(stretch, .reached([value]))
        return stretch
    }
}

@Suite struct ASHATests {
    @Test func `Promotion by quantile needs two and prefers the top`() throws {
        var asha = try ASHA(max: 9, trials: 10)
        // One alone is not promoted; of two the better one is at or above the 2/3 quantile.
        #expect(try feed(&asha, [0.5, 0.6]).map(\.trial) == [0, 1])
        let promoted = try run(&asha)
        #expect(promoted == Stretch(trial: 1, rung: 1, from: 1, to: 3))
        // While it is under way: trial 0 is below, so new trials begin.
        #expect(try feed(&asha, [0.55, 0.7]).map(\.trial) == [2, 3])
        let second = try run(&asha)
        #expect(second == Stretch(trial: 3, rung: 1, from: 1, to: 3))
        asha.tell(promoted, .reached([0, 0.65]))
        asha.tell(second, .reached([0, 0.8]))
        // Both rungs have a candidate: the higher rung comes first.
        #expect(try run(&asha) == Stretch(trial: 3, rung: 2, from: 3, to: 9))
    }

    @Test func `The quantile is linear between neighbours`() throws {
        // Values 0, 1, 2, 3, 4 with η = 3: the cut-off is at (4 · 2/3) = 2.67, so 3 passes once 4 is promoted, 2 does not.
        var asha = try ASHA(rungs: [1, 2], trials: 6)
        var asked: [Stretch] = []
        for _ in 0..<5 { asked.append(try run(&asha)) }
        for (stretch, value) in zip(asked, [2.0, 4, 0, 3, 1]) { asha.tell(stretch, .reached([value])) }
        #expect(try run(&asha).trial == 1)
        #expect(try run(&asha).trial == 3)
        #expect(try run(&asha) == Stretch(trial: 5, rung: 0, from: 0, to: 1))
    }

    @Test func `The paper's rule promotes one of each three`() throws {
        var asha = try ASHA(max: 9, trials: 9, rule: .top)
        #expect(try feed(&asha, [0.5, 0.6, 0.4]).map(\.rung) == [0, 0, 0])
        let first = try run(&asha)
        #expect(first == Stretch(trial: 1, rung: 1, from: 1, to: 3))
        // A better one comes: it is the one of five, and trial 1 was promoted already.
        #expect(try feed(&asha, [0.9]).map(\.rung) == [0])
        #expect(try run(&asha) == Stretch(trial: 3, rung: 1, from: 1, to: 3))
        #expect(try feed(&asha, [0.1, 0.2]).map(\.trial) == [4, 5])
        // Two of six are the two that were promoted.
        #expect(try feed(&asha, [0.3]).map(\.trial) == [6])
    }

    @Test func `Stopping decides once, at the moment of arrival`() throws {
        var asha = try ASHA(max: 9, trials: 4, variant: .stopping)
        let first = try run(&asha)
        asha.tell(first, .reached([0.5]))
        // Alone at its rung it goes on, before any new trial.
        #expect(try run(&asha) == Stretch(trial: 0, rung: 1, from: 1, to: 3))
        let second = try run(&asha)
        asha.tell(second, .reached([0.4]))
        // Below the quantile: stopped for good, although later trials are worse.
        #expect(try feed(&asha, [0.1]).map(\.trial) == [2])
        let last = try run(&asha)
        #expect(last.trial == 3)
        asha.tell(last, .reached([0.6]))
        #expect(try run(&asha) == Stretch(trial: 3, rung: 1, from: 1, to: 3))
        #expect(asha.ask() == .wait)
    }

    @Test func `Stopping by the paper's rule keeps the best so far`() throws {
        var asha = try ASHA(rungs: [1, 2], trials: 7, variant: .stopping, rule: .top)
        var went: [Int] = []
        for value in [0.5, 0.4, 0.6, 0.3, 0.2, 0.55, 0.1] {
            var stretch = try run(&asha)
            if stretch.rung == 1 {
                went.append(stretch.trial)
                asha.tell(stretch, .reached([value]))
                stretch = try run(&asha)
            }
            asha.tell(stretch, .reached([value]))
        }
        if case .run(let stretch) = asha.ask() { went.append(stretch.trial) }
        // 0.5 first, 0.6 best of three, 0.55 second of six; none else.
        #expect(went == [0, 2, 5])
    }

    @Test func `Equal values are all promoted`() throws {
        var asha = try ASHA(rungs: [1, 2], trials: 5)
        var ends = [Int: Int]()
        while case .run(let stretch) = asha.ask() {
            ends[stretch.to, default: 0] += 1
            asha.tell(stretch, .reached([0.1]))
        }
        #expect(ends == [1: 5, 2: 5])
    }
}
