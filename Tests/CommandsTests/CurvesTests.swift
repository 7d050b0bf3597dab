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
        ("t | extrapolate to: 9ep, beats: 0.6", false), ("t | extrapolate to: 9ep, beats: 6ep", false),
    ])
    func `What cannot be is said`(program: String, isRejected: Bool) {
        #expect(bench.error(curves + program)?.isRejected == isRejected)
    }

    @Test func `The probability to beat a value is a column, the same for all epochs of a curve`() throws {
        let table = try bench.table(curves + "t | extrapolate to: 9ep, beats: 60%, seed: 0")
        #expect(table.names.last == "probability" && table["probability"]?.unit == nil)
        let column = try #require(table["probability"]?.numbers)
        #expect(0.3 < column[0] && column[0] < 1 && column[0] == column[8])
        #expect(table["probability"]?.missing[9] == true)  // a diverged curve promises nothing
        let all = try bench.numbers(curves + "t | extrapolate to: 9ep, beats: 0%, seed: 0", "probability")
        #expect(all[0] == 1)
        let over = curves + "t | where .trial == 1 | extrapolate to: 3ep, beats: "
        #expect(try bench.numbers(over + "57%", "probability")[0] == 1)
        #expect(try bench.numbers(over + "58%", "probability")[0] == 0)
    }

    @Test(arguments: [1, 3])
    func `Curves of one and of three epochs get wide bands, not errors`(epochs: Int) throws {
        let table = try bench.table(curves + "t | where .trial == 1 and .epoch <= \(epochs)ep | extrapolate to: 27ep")
        let (low, high) = (try #require(table["low"]?.numbers), try #require(table["high"]?.numbers))
        #expect(table.rowCount == 27 && low.allSatisfy { $0 >= 0 } && high.allSatisfy { $0 <= 100 })
        #expect(high[26] - low[26] > 20)
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
