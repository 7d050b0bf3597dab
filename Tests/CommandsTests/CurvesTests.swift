import Language
import Testing

@Suite struct CurvesTests {
    private let bench = Bench()
    private let curves = """
        t = [{trial: 1, epoch: 1ep, accuracy: 30%}, {trial: 1, epoch: 2ep, accuracy: 50%}, \
        {trial: 1, epoch: 3ep, accuracy: 58%}, {trial: 2, epoch: 1ep, accuracy: 20%}, \
        {trial: 2, epoch: 2ep, accuracy: none}] | as_table

        """

    @Test func `Each curve has a row an epoch, and keeps its units`() throws {
        let table = try bench.table(curves + "t | extrapolate to: 9ep, level: 80%, seed: 0")
        #expect(table.names == ["trial", "epoch", "observed", "median", "low", "high"])
        #expect(table.rowCount == 18)
        #expect(table["median"]?.unit == .percent && table["epoch"]?.unit == .epochs)
        let (low, high) = (try #require(table["low"]?.numbers), try #require(table["high"]?.numbers))
        #expect((3..<9).allSatisfy { 0 < low[$0] && low[$0] < high[$0] && high[$0] < 100 })
        #expect(high[8] - low[8] > high[3] - low[3])
    }

    @Test func `A curve that ends in none is not extrapolated`() throws {
        let table = try bench.table(curves + "t | extrapolate to: 9ep")
        #expect((10..<18).allSatisfy { table["median"]?.missing[$0] == true })
    }

    @Test func `The seed decides`() throws {
        let program = curves + "t | where .trial == 1 | extrapolate to: 9ep, seed: "
        #expect(try bench.numbers(program + "1", "median") == bench.numbers(program + "1", "median"))
        #expect(try bench.numbers(program + "1", "median") != bench.numbers(program + "2", "median"))
    }

    @Test(arguments: [
        ("t | extrapolate to: 9ep, method: ridge", true), ("t | extrapolate .acuracy, to: 9ep", false),
        ("t | extrapolate to: 9ep, from: t", false), ("t | extrapolate to: 9ep, level: 100%", false),
    ])
    func `What cannot be is said`(program: String, isRejected: Bool) {
        #expect(bench.error(curves + program)?.isRejected == isRejected)
    }

    @Test func `Losses fall`() throws {
        let table = try bench.table(
            """
            [{epoch: 1, val_loss: 7}, {epoch: 2, val_loss: 6}, {epoch: 3, val_loss: 5.6}, {epoch: 5, val_loss: 5.2}] \
            | as_table | extrapolate .val_loss, to: 20, goal: min, seed: 0
            """)
        let median = try #require(table["median"]?.numbers)
        #expect(table["observed"]?.missing[3] == true)
        #expect(median[19] < 5.2 && median[19] > 2)
    }
}
