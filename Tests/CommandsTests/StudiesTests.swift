import Commands
import Foundation
import Language
import Testing

/// The words of studies on published tables and on trainings small enough for a test.
@Suite struct StudiesTests {
    private static let small = "channels: 2, cells: 1, batch: 256"

    @Test func `a study passes through its fields`() throws {
        let bench = Bench()
        let lines = try bench.lines(
            """
            s = nb201 | asha table: cifar10, rungs: [12ep, 200ep], trials: 12, seed: 1, name: "fields";
            s.name
            s.status
            (s.trials | count) == 12
            (trials s | top 1, by: .accuracy | .accuracy) == [s.accuracy]
            s.curves | where .epoch == 200ep | count
            s.best == (s.trials | top 1, by: .accuracy | .arch)[0]
            (study "fields") == s
            """)
        #expect(lines == ["fields", "finished", "true", "true", lines[4], "true", "true"])
        #expect(Int(lines[4]) ?? 0 > 2)
    }

    @Test func `training is stored and gives the same study again`() throws {
        let bench = Bench()
        let program =
            "(nb201 | sample 3, seed: 0 | stop_early rule: full, max: 2ep, seed: 5, \(Self.small)).curves | drop .seconds"
        let (first, second) = (try bench.table(program), try bench.table(program))
        #expect(first.rowCount == 6)
        #expect(first.columns.map(\.values.description) == second.columns.map(\.values.description))
    }

    @Test func `trials that failed are told of, and the newest study comes first`() throws {
        let bench = Bench()
        let dead = "|none~0|+|none~0|nor_conv_3x3~1|+|none~0|nor_conv_3x3~1|nor_conv_1x1~2|"
        let notes = try bench.notes(
            "arch nb201, \"\(dead)\" | stop_early rule: full, max: 1ep, seed: 5, name: \"dead\", \(Self.small)")
        #expect(notes.contains("1 of 1 trials failed; the column `reason` of `trials` says why"))
        let ids = try bench.numbers("studies", "id")
        #expect(ids == ids.sorted(by: >) && !ids.isEmpty)
    }

    @Test func `a winner is retrained, saved and judged`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let lines = try Bench().lines(
            """
            run = nb201 | sample 2, seed: 1 | stop_early rule: full, max: 1ep, seed: 0, \(Self.small)
            best = trials run | top 1, by: .accuracy
            net = best | retrain epochs: 2ep, seed: 0 | save "\(path)"
            net.accuracy == (net | evaluate data: digits).accuracy
            net.curves | count
            (best.arch[0] | network input: [1, 8, 8], channels: 2, cells: 1 | load_weights "\(path)" | evaluate).accuracy == net.accuracy
            """)
        #expect(lines.suffix(3) == ["true", "2", "true"])
    }

    @Test func `recorded curves stand in for training`() throws {
        let curves = """
            curves = [{trial: 0, epoch: 1, accuracy: 10%}, {trial: 0, epoch: 2, accuracy: 20%}, \
            {trial: 1, epoch: 1, accuracy: 15%}, {trial: 1, epoch: 2, accuracy: 18%}, \
            {trial: 2, epoch: 1, accuracy: 1%}, {trial: 2, epoch: 2, accuracy: 2%}] | as_table;
            curves | what_if halving, full, eta: 2
            """
        #expect(try Bench().numbers(curves, "epochs") == [4, 6])
        #expect(try Bench().numbers(curves, "regret") == [2, 0])
    }

    @Test(arguments: [
        ("nb201 | hyperband eta: 1", "eta"), ("nb201 | hyperband max: 2ep, min: 3ep", "max"),
        ("nb201 | asha trials: -1", "trials"), ("nb201 | asha rungs: [3ep, 1ep]", "rungs"),
        ("nb201 | asha workers: 0", "workers"), ("nb201 | asha data: digits, table: cifar10", "table"),
        ("nb201 | halving learning_rate: -1.0", "learning rate"), ("nb201 | halving batch: 0", "batch size"),
        ("macro | halving channels: 3", "no cells"), ("resume \"nosuch\"", "no study"),
        ("remove 4711", "no study"), ("nb201 | sample 3 | train", "one architecture"),
        ("nb201 | halving name: \"7\"", "cannot be called"),
        ("nb201 | halving table: cifar10, max: 5ep", "number of epochs"),
        ("nb201 | sample 1 | retrain", "needs `data:`"), ("nb201 | sample 2 | retrain", "one architecture"),
    ])
    func `what is wrong is said`(_ program: String, _ words: String) throws {
        let error = try #require(Bench().error(program), "\(program) should fail")
        let text = "\(error.diagnostic.message) \(error.diagnostic.help ?? "")"
        #expect(text.contains(words), "\(text)")
    }

    @Test(arguments: [
        "asha trials: 0, rungs: [12ep, 200ep]", "halving trials: 1, rungs: [12ep, 200ep]",
        "hyperband min: 200ep, max: 200ep", "one_epoch trials: 1, first: 12ep, max: 200ep",
    ])
    func `no candidate, or one, is no error`(_ schedule: String) throws {
        let lines = try Bench().lines("(nb201 | \(schedule), table: cifar10, seed: 0).status")
        #expect(lines.last == "finished")
    }
}
