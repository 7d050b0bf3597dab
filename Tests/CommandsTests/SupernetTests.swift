import Foundation
import Language
import Testing

@testable import Commands

/// The words of supernets, on a tiny one that is trained once.
@Suite(.serialized) struct SupernetWordsTests {
    private static let line = """
        net = ofa blocks: 1, depth: [1, 2], width: [2, 3], kernel: [3, 5] \
        | train data: digits, method: sandwich, epochs: 2ep, seed: 0
        """

    private func bench() throws -> Bench {
        let bench = Bench()
        _ = try bench.lines(Self.line)
        return bench
    }

    @Test func `a supernet tells its curves and lends its networks their weights`() throws {
        let bench = try bench()
        let curves = try bench.table("net.curves")
        #expect(curves.rowCount == 2)
        #expect(curves.columns.map(\.name).prefix(3) == ["epoch", "stage", "accuracy"])
        let judged = try bench.table("net | sample 4, seed: 1 | evaluate data: digits | cost")
        #expect(try #require(judged["accuracy"]?.numbers).allSatisfy { $0 > 10 })
        // The costs are those for the images that it was trained on.
        #expect(try bench.numbers("net | sample 1, seed: 1 | cost", "macs")[0] < 2_000_000)
    }

    @Test func `a network that is taken out does as well as in the supernet`() throws {
        let bench = try bench()
        _ = try bench.lines("one = net | sample 1, seed: 3; best = one | extract net")
        let inside = try bench.numbers("one | evaluate data: digits", "accuracy")[0]
        let outside = try bench.lines("(best | evaluate data: digits).accuracy")
        #expect(outside == ["\(ValuePrinter.line(.quantity(Quantity(inside, .percent))))"])
        let other = try bench.numbers("one | evaluate data: digits, recalibrate: false", "loss")[0]
        #expect(other.isFinite)
    }

    @Test func `a network that is taken out is trained further from its weights`() throws {
        let bench = try bench()
        _ = try bench.lines("best = net | sample 1, seed: 3 | extract net")
        let line = "tuned = best | train data: digits, epochs: 1ep, learning_rate: 0.01, seed: 0"
        let inherited = try bench.lines("(best | evaluate data: digits).loss").compactMap(Double.init)
        _ = try bench.lines(line)
        let tuned = try bench.lines("(tuned | evaluate data: digits).loss").compactMap(Double.init)
        // One epoch at a tenth of the usual rate from random weights stays near ln 10.
        let fresh = try bench.lines(
            "(net | sample 1, seed: 3 | train data: digits, epochs: 1ep, learning_rate: 0.01, seed: 0).curves | last 1 | select .loss"
        )
        #expect(tuned.count == 1 && inherited.count == 1 && fresh.count == 1)
        #expect(tuned[0] < inherited[0])
        let again = try bench.lines("\(line); (tuned | evaluate data: digits).loss").compactMap(Double.init)
        #expect(again == tuned)
    }

    @Test func `weights of other classes are refused before anything is stored`() throws {
        let bench = try bench()
        _ = try bench.lines("best = net | sample 1, seed: 3 | extract net")
        let count = try bench.table("studies").rowCount
        let found = bench.error("best | train data: (blobs = [{a: 1, b: 2, c: 0}] | data target: .c), epochs: 1ep")
        #expect(found != nil)
        #expect(try bench.table("studies").rowCount == count)
    }

    @Test func `networks of another resolution are trained on images of it`() throws {
        let bench = Bench()
        let trained = try bench.table(
            """
            trials (ofa blocks: 1, depth: 1, resolution: [4, 8], kernel: 3, width: 2 | enumerate \
            | stop_early rule: full, data: digits, max: 1ep, seed: 0)
            """)
        #expect(trained.rowCount == 2)
        #expect(try #require(trained["accuracy"]?.numbers).allSatisfy { $0 > 10 })
    }

    @Test func `the same line takes a finished training from the store`() throws {
        let bench = try bench()
        let count = try bench.table("studies").rowCount
        _ = try bench.lines(Self.line)
        #expect(try bench.table("studies").rowCount == count)
    }

    @Test func `a supernet is saved and read back with weights and curves`() throws {
        let bench = try bench()
        let path = FileManager.default.temporaryDirectory.appending(path: "nash-\(UUID()).run").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try bench.lines("net | save \"\(path)\"; again = load_supernet \"\(path)\"")
        let before = try bench.numbers("net | sample 3, seed: 5 | evaluate data: digits", "loss")
        #expect(try bench.numbers("again | sample 3, seed: 5 | evaluate data: digits", "loss") == before)
        #expect(try bench.table("again.curves").rowCount == 2)
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        try data.prefix(data.count / 2).write(to: URL(fileURLWithPath: path))
        #expect(bench.error("load_supernet \"\(path)\"") != nil)
    }

    @Test func `predictors of a supernet's networks guide the search among them`() throws {
        let bench = try bench()
        _ = try bench.lines(
            """
            subs = net | sample 12, seed: 1 | evaluate data: digits | cost
            acc = subs | fit forest, target: .accuracy, seed: 0
            macs = subs | fit bayes_linear, target: .macs, seed: 0
            """)
        let front = try bench.table(
            "net | search evolution, maximize: acc, minimize: macs, generations: 3, population: 10, seed: 0")
        #expect(front.rowCount >= 1)
        let network = try bench.lines(
            "(net | search evolution, maximize: acc, generations: 1, seed: 0 | first 1 | extract).classes")
        #expect(network == ["10"])
    }

    @Test(arguments: [
        ("ofa kernel: [4]", "an even kernel"),
        ("ofa blocks: 0", "`blocks` must be 1 to 64"),
        ("ofa depth: [2], width: [3], kernel: [3]", "there is nothing to choose"),
        ("darts | train epochs: 1ep", "share no weights"),
        ("nb201 | sample 1, seed: 0 | train method: sandwich", "one architecture"),
        ("nb201 | sample 3, seed: 0 | evaluate data: digits", "have no weights"),
        ("nb201 | sample 1, seed: 0 | extract", "have no weights"),
        ("ofa blocks: 1 | train epochs: 1ep, method: progressive", "epochs"),
        ("ofa blocks: 1, input: [3, 32, 32] | train epochs: 0ep", "epochs"),
    ])
    func `bad input is refused`(_ program: String, _ message: String) throws {
        let error = try #require(Bench().error(program))
        #expect(error.diagnostic.message.contains(message), "\(error.diagnostic.message)")
    }
}
