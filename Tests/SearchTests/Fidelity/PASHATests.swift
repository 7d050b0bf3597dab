import Search
import Testing

@Suite struct PASHATests {
    /// Runs one trial at a time on curves, which give a value for each epoch.
    private func run(_ pasha: inout PASHA, _ value: (_ trial: Int, _ epoch: Int) -> Double) -> [Int: Int] {
        var ends: [Int: Int] = [:]
        while case .run(let stretch) = pasha.ask() {
            ends[stretch.trial] = stretch.to
            pasha.tell(stretch, .reached((stretch.from + 1...stretch.to).map { value(stretch.trial, $0) }))
        }
        return ends
    }

    @Test func `A stable ranking is not trained further than the second rung`() throws {
        var pasha = try PASHA(max: 81, trials: 30)
        let ends = run(&pasha) { trial, epoch in Double(trial * 7 % 30) + Double(epoch) / 100 }
        #expect(ends.values.max() == 3)
        #expect(pasha.ceiling == 3)
        #expect(pasha.epsilon == 0)
    }

    @Test func `A ranking that turns at each rung is trained to the end`() throws {
        // The order reverses between any two rungs, and never twice: no noise, but no stability either.
        var pasha = try PASHA(rungs: [1, 2, 4], trials: 40)
        let ends = run(&pasha) { trial, epoch in Double(trial * 7 % 40) * (epoch == 2 ? -1 : 1) }
        #expect(ends.values.max() == 4)
        #expect(pasha.ceiling == 4)
    }

    @Test func `Epsilon is the 90 % quantile of the differences of pairs that criss-cross`() throws {
        // Trials 0 and 1 cross at epochs 1, 2 and 3; at epoch 3, the last, they differ by 0.25. Trial 2 stays behind.
        let curves = [[0.5, 0.0, 0.75], [0.25, 0.3, 0.5], [0.1]]
        var pasha = try PASHA(rungs: [1, 3, 9], trials: 3, eta: 1.4, rule: .top)
        let ends = run(&pasha) { trial, epoch in curves[trial][epoch - 1] }
        #expect(pasha.epsilon == 0.25)
        #expect(pasha.ceiling == 3)
        #expect(ends == [0: 3, 1: 3, 2: 1])
    }

    @Test func `A swap within epsilon is no instability`() throws {
        // At rung 0 trial 0 leads by 0.1; at rung 1 trial 1 leads by 0.2, which crossing twice explains, or does not.
        let within = [[0.5, 0.4, 0.55, 0.5], [0.4, 0.5, 0.45, 0.7], [0.1]]
        let beyond = [[0.5, 0.5, 0.5, 0.5], [0.4, 0.4, 0.4, 0.7], [0.1]]
        for (curves, ceiling) in [(within, 4), (beyond, 9)] {
            var pasha = try PASHA(rungs: [1, 4, 9], trials: 3, eta: 1.4, rule: .top)
            _ = run(&pasha) { trial, epoch in epoch <= 4 ? curves[trial][epoch - 1] : 1 }
            #expect(pasha.ceiling == ceiling)
        }
    }
}
