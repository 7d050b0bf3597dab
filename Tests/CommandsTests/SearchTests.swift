import Commands
import Language
import Testing

/// The words of search, as users type them.
@Suite struct SearchWordsTests {
    @Test func `a search has a row a query, and the best so far`() throws {
        let bench = Bench()
        _ = try bench.lines("s = macro | search evolution, maximize: accuracy, queries: 40, seed: 0")
        let (values, best) = (try bench.numbers("s", "accuracy"), try bench.numbers("s", "best"))
        #expect(try bench.numbers("s", "query") == (1...40).map(Double.init))
        #expect(best == values.indices.map { values[...$0].max() ?? 0 })
        #expect(try bench.lines("s | distinct by: .arch | count") == ["40"])
        #expect(try bench.table("s")["best"]?.unit == .percent)
        #expect(
            try bench.numbers("macro | search evolution, maximize: accuracy, queries: 40, seed: 0", "accuracy")
                == values)
    }

    @Test func `what is minimised falls`() throws {
        let best = try Bench().numbers("macro | search local_search, minimize: macs, queries: 30, seed: 1", "best")
        #expect(zip(best, best.dropFirst()).allSatisfy { $0 >= $1 } && best[29] < best[0])
    }

    @Test func `several objectives under a constraint, and their front`() throws {
        let bench = Bench()
        _ = try bench.lines(
            """
            p = nb201 | search nsga2, maximize: accuracy, minimize: latency, device: raspi4, data: cifar10, \
            where: .params < 1M, queries: 120, seed: 0
            """)
        #expect(try bench.lines("p | cost | where .params >= 1M | count") == ["0"])
        let volume = try bench.numbers("p", "hypervolume")
        #expect(zip(volume, volume.dropFirst()).allSatisfy { $0 <= $1 } && volume[119] > 0)
        #expect(try bench.table("p | pareto max: .accuracy, min: .latency").rowCount > 1)
        #expect(try bench.table("p")["latency"]?.unit == .milliseconds)
    }

    @Test func `an objective that fails or gives none is stored, and the search goes on`() throws {
        let bench = Bench()
        _ = try bench.lines(
            """
            s = macro | search random, maximize: {a -> [none, 1, 2][a.genes[0]]}, queries: 30, seed: 0
            """)
        let table = try bench.table("s")
        #expect(table.rowCount == 30)
        let missing = try #require(table["objective"]).missing.count
        #expect(missing > 0 && missing < 30)
        let failed = try bench.table(
            "macro | search random, maximize: {a -> fail \"no memory\"}, queries: 3, seed: 0")
        #expect(failed["objective"]?.missing.reasons[2]?.contains("no memory") == true)
    }

    @Test func `a search by training is stored, on two workers, and goes further by the same line`() throws {
        func line(_ queries: Int, _ name: String, workers: Int = 2) -> String {
            """
            nb201 | search auto, maximize: {a -> train_accuracy a, data: digits, epochs: 1ep, channels: 2, cells: 1, \
            batch: 256, seed: 0}, queries: \(queries), workers: \(workers), seed: 3, name: "\(name)"
            """
        }
        let bench = Bench()
        let (short, grown) = (try bench.table(line(4, "grown")), try bench.table(line(9, "grown")))
        #expect((short.rowCount, grown.rowCount) == (4, 9))
        #expect(grown["objective"]?.unit == .percent)
        #expect(try bench.numbers(line(9, "whole"), "objective") == bench.numbers(line(9, "grown"), "objective"))
        #expect(try bench.lines("trials \"grown\" | count") == ["9"])
        #expect(bench.error("resume \"grown\"")?.diagnostic.help?.contains("line again") == true)
    }

    @Test func `a schedule asks a strategy for its architectures`() throws {
        let program = """
            (nb201 | asha table: cifar10, rungs: [12ep, 200ep], trials: 30, strategy: auto, seed: 2).trials
            """
        let (first, second) = (try Bench().table(program), try Bench().table(program))
        #expect(first.rowCount == 30)
        #expect(first["arch"]?.values.map(ValuePrinter.line) == second["arch"]?.values.map(ValuePrinter.line))
        let random = try Bench().table(program.replacing("strategy: auto, ", with: ""))
        #expect(first["arch"]?.values.map(ValuePrinter.line) != random["arch"]?.values.map(ValuePrinter.line))
    }

    @Test func `a comparison depends on the seed alone`() throws {
        let program = "macro | compare random, evolution, local_search, queries: 30, runs: 6, seed: 1"
        let bench = Bench()
        _ = try bench.lines("c = \(program)")
        let regret = try bench.numbers("c", "regret")
        let (low, high) = (try bench.numbers("c", "low"), try bench.numbers("c", "high"))
        #expect(regret.count == 90)
        #expect(regret.indices.allSatisfy { low[$0] <= regret[$0] && regret[$0] <= high[$0] })
        #expect(try bench.numbers(program, "regret") == regret)
        // Run r of a strategy does not depend on the strategies beside it.
        let alone = try bench.numbers("macro | compare evolution, queries: 30, runs: 6, seed: 1", "regret")
        #expect(alone == Array(regret[30..<60]))
    }

    @Test func `a comparison says what it searched by`() throws {
        let table = try Bench().table(
            """
            nb201 | compare random, data: cifar10, queries: 20, runs: 3, split: val, epochs: 12ep, show: summary, seed: 0
            """)
        #expect(table.rowCount == 1)
        #expect(try #require(table["regret"]?.numbers?.first) > 0)
    }

    @Test(arguments: [
        ("nb201 | search auto, maximize: accuracy, data: cifar10, queries: 0", true),
        ("nb201 | search auto, queries: 5", true),
        ("nb201 | search evolution, maximize: accuracy, minimize: params, data: cifar10, queries: 5", true),
        ("nb201 | search auto, maximize: speed, queries: 5", true),
        ("nb201 | search auto, maximize: accuracy, queries: 5", false),
        ("nb201 | search auto, minimize: latency, queries: 5", false),
        ("macro | search auto, maximize: accuracy, where: .params < 1, queries: 5", false),
        ("fbnet | compare random, queries: 5, runs: 2", false),
        ("macro | search evolution, maximize: accuracy", true),
        ("macro | search evolution, maximize: accuracy, queries: 5, generations: 5", true),
        ("macro | search auto, maximize: accuracy, generations: 5", true),
        ("macro | search evolution, maximize: {a -> 1}, generations: 5", false),
        ("macro | search evolution, maximize: accuracy, generations: 5, population: 1", true),
        ("nb201 | compare random, random, data: cifar10", true),
        ("nb201 | compare random, data: cifar10, runs: 0", true),
    ])
    func `bad input is refused`(_ program: String, _ isRejected: Bool) throws {
        let error = try #require(Bench().error(program))
        #expect(error.isRejected == isRejected)
        #expect(!error.diagnostic.message.isEmpty)
    }

    @Test func `more queries than there are architectures end early`() throws {
        let table = try Bench().table(
            "macro | search random, maximize: accuracy, where: .params < 400k, queries: 10000, seed: 0")
        #expect(table.rowCount > 1 && table.rowCount < 3_969)
    }

    @Test func `predictors are objectives, and a condition holds for what they say`() throws {
        let bench = Bench()
        _ = try bench.lines(
            """
            known = macro | sample 60, seed: 0 | query accuracy | cost
            acc = known | fit forest, target: .accuracy, seed: 0
            macs = known | fit bayes_linear, target: .macs, seed: 0
            """)
        let front = try bench.table(
            """
            macro | search evolution, maximize: acc, minimize: macs, where: .macs < 70M, generations: 4, seed: 0
            """)
        #expect(front.columns.map(\.name) == ["generation", "arch", "accuracy", "macs"])
        let (accuracies, macs) = (
            try #require(front["accuracy"]?.numbers), try #require(front["macs"]?.numbers)
        )
        #expect(macs.allSatisfy { $0 < 70e6 })
        for (a, b) in zip(accuracies, macs) {
            #expect(!zip(accuracies, macs).contains { $0 >= a && $1 <= b && ($0 > a || $1 < b) })
        }
        let single = try bench.table("macro | search random, maximize: acc, where: .macs < 70M, queries: 5, seed: 0")
        #expect(single.rowCount == 5)
    }

    @Test func `a condition on predictions that nothing meets says how near it came`() throws {
        let bench = Bench()
        _ = try bench.lines("m = macro | sample 60, seed: 0 | cost | fit forest, target: .macs, seed: 0")
        let error = try #require(
            bench.error("macro | search evolution, minimize: m, where: .macs < 1, generations: 4, seed: 0"))
        #expect(error.diagnostic.help?.contains("the least `macs` among them is") == true)
        let other = try #require(bench.error("nb201 | search evolution, minimize: m, generations: 4, seed: 0"))
        #expect(other.diagnostic.message == "forest was fitted on `macro`, not on `nb201`")
    }
}
