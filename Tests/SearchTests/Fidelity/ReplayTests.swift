import Search
import Testing

@Suite struct ReplayTests {
    /// Nine curves of nine epochs; trial t ends at t/10, but trial 8 begins badly.
    private let curves: [[Double]] = (0..<9).map { trial in
        (1...9).map { epoch in
            let level = trial == 8 && epoch < 5 ? 0 : Double(trial) / 10
            return level + Double(epoch) / 1000
        }
    }

    @Test func `Halving spends less and misses the late one`() throws {
        let result = try Replay.run(SuccessiveHalving(max: 9), on: curves)
        #expect(result.trials == 9)
        #expect(result.epochs == 9 + 3 * 2 + 6)
        #expect(result.recordedEpochs == 81)
        #expect(result.saved == 1 - 21.0 / 81)
        #expect(result.winner == 7)
        #expect(result.found == curves[7][8])
        #expect(result.best == curves[8][8])
        #expect(result.regret == curves[8][8] - curves[7][8])
        #expect(result.beyond == 0)
    }

    @Test func `Full training saves nothing and regrets nothing`() throws {
        for slots in [1, 4] {
            let result = try Replay.run(FullTraining(max: 9, trials: 100), on: curves, slots: slots)
            #expect(result.epochs == 81)
            #expect(result.saved == 0)
            #expect(result.regret == 0)
            #expect(result.winner == 8)
        }
    }

    @Test func `Beyond a record its last value is repeated and counted`() throws {
        let result = try Replay.run(
            SuccessiveHalving(rungs: [2, 4], trials: 3), on: [[0.1], [0.2, 0.9, 0.3], [0.5, 0.4]])
        // At two epochs 0.1 (repeated), 0.9, 0.4; the second goes on to four, of which three are recorded.
        #expect(result.beyond == 2)
        #expect(result.winner == 1)
        #expect(result.found == 0.3)
        #expect(result.final == 0.3)
        #expect(result.best == 0.4)
        #expect(result.epochs == 8)
    }

    @Test func `A gap is a failure there`() throws {
        let result = try Replay.run(
            FullTraining(max: 4, trials: 3), on: [[0.5, .nan, 0.9, 0.9], [0.1, 0.1, 0.1, 0.2], []])
        #expect(result.epochs == 2 + 4)
        #expect(result.trials == 3)
        #expect(result.winner == 1)
        #expect(result.best == 0.2)
        let failed = try Replay.run(SuccessiveHalving(rungs: [1, 4], trials: 2), on: [[0.5, .nan, 0.9], [.nan]])
        #expect(failed.winner == nil)
        #expect(failed.regret == nil)
    }

    @Test func `No curve at all`() throws {
        let result = try Replay.run(Hyperband(max: 9), on: [])
        #expect([result.trials, result.epochs, result.recordedEpochs, result.beyond] == [0, 0, 0, 0])
        #expect(result.winner == nil)
        #expect(result.saved == 0)
    }
}
