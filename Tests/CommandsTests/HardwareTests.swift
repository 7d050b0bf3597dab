import Commands
import Foundation
import Language
import Testing

/// The words on hardware.
@Suite struct HardwareTests {
    let bench = Bench()

    @Test func `latency and its spread are columns with units`() throws {
        let table = try bench.table(
            "macro | sample 2, seed: 0 | measure latency, batch: 1, input: [3, 16, 16], repeats: 4, max_spread: 100%")
        #expect(try table.column("latency").unit == .milliseconds)
        #expect(try table.column("latency_spread").unit == .percent)
        #expect(try table.column("latency").numbers?.allSatisfy { $0 > 0 } == true)
    }

    @Test func `a cell without a path has no latency, and the others have`() throws {
        let none = "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|"
        let skip = none.replacing("+|none~0|none~1|none~2|", with: "+|skip_connect~0|none~1|none~2|")
        let latency = try bench.table(
            """
            [(arch nb201, "\(none)"), (arch nb201, "\(skip)")] | as_table
            | measure latency, repeats: 2, warm_up: 0, max_spread: 100%
            """
        ).column("latency")
        #expect(latency.missing[0] && latency.missing.reasons[0]?.contains("no path") == true)
        #expect(!latency.missing[1] && latency.numbers![1] > 0)
    }

    @Test func `a fitted predictor is judged on all other rows of what it was fitted to`() throws {
        let table = try bench.table(
            """
            nb201 | sample 20, seed: 0 | query latency, device: pixel3 | fit latency, target: .latency
            | validate on: nb201
            """)
        #expect(try table.column("judged").numbers == [15_605])
        #expect(try table.column("measured").values.first.map(ValuePrinter.line) == "pixel3")
        #expect(try #require(table.column("spearman").numbers?.first) > 0.85)
        #expect(try table.column("rmse").unit == .milliseconds)
    }

    @Test func `an accuracy predictor is judged too`() throws {
        let table = try bench.table(
            """
            nb201 | sample 40, seed: 0 | query accuracy, data: cifar100 | fit knn, target: .accuracy
            | validate on: nb201
            """)
        #expect(try table.column("measured").values.first.map(ValuePrinter.line) == "cifar100.test@200")
    }

    @Test func `a limit is kept by what passes`() throws {
        let table = try bench.table(
            """
            nb201 | sample 300, seed: 0 | query accuracy, data: cifar10
            | limit latency: 12ms, on: fpga, by: .accuracy, finalists: 5, seed: 0
            """)
        let latencies = try #require(try table.column("latency").numbers)
        #expect(latencies.count == 5)
        let passes = try table.column("passes").values.map(ValuePrinter.line)
        #expect(passes == latencies.map { $0 <= 12 ? "true" : "false" })
        let accuracies = try #require(try table.column("accuracy").numbers)
        #expect(accuracies == accuracies.sorted(by: >))
    }

    @Test func `a lookup table is a table of operations`() throws {
        let entries = try bench.table("(nb201 | lookup device: eyeriss).entries")
        #expect(entries.names == ["operation", "place", "latency"])
        #expect(entries.rowCount == 30)
        #expect(try entries.column("latency").unit == .milliseconds)
    }

    @Test(arguments: [
        ("nb201 | sample 9, seed: 0 | measure energie", "energy"),
        ("nb201 | sample 2 | measure latency, batch: 0", "batch"),
        ("nb201 | sample 2 | measure latency, repeats: 1", "repeats"),
        ("nb201 | sample 2 | measure latency, threads: 2, clock: cpu", "one thread"),
        ("fbnet | lookup device: raspi5", "raspi4"),
        ("lut = fbnet | lookup device: raspi4; nb201 | sample 2 | predict lut", "of `fbnet`, not of `nb201`"),
        ("nb201 | sample 50, seed: 0 | limit latency: 5ms, on: hots", "host"),
        ("nb201 | sample 50, seed: 0 | limit latency: 5", "latency"),
        ("nb201 | sample 50, seed: 0 | limit latency: 5MB", "a time"),
        ("nb201 | sample 50, seed: 0 | limit latency: 0.5ms, on: fpga, seed: 0", "the smallest needs"),
        ("macro | sample 50, seed: 0 | limit latency: 5ms, on: fpga", "macro"),
        ("nb201 | sample 9 | cost | fit latency, target: .macs | validate on: nb201", "no table"),
        (
            "nb201 | sample 9 | query latency, device: fpga | fit latency, target: .latency | validate on: fbnet",
            "fitted on `nb201`"
        ),
        ("nb201 | sample 9 | query latency, device: fpga | fit latency, target: .latency | validate", "on"),
        ("nb201 | sample 9 | cost | validate forest, target: .macs, on: nb201", "fitted predictor"),
        ("nb201 | sample 9 | cost | validate forest", "needs `target`"),
        ("nb201 | sample 9 | cost | fit knn, target: .macs, transfer: false", "has no `transfer`"),
        ("nb201 | sample 2 | roofline peak: 0, bandwidth: 1G", "peak"),
        ("nb201 | enumerate | first 1 | drop .arch | measure latency", "arch"),
    ])
    func `what cannot be measured is said`(_ program: String, _ words: String) throws {
        let error = try #require(bench.error(program), "no error")
        let text = "\(error.diagnostic.message) \(error.diagnostic.help ?? "")"
        #expect(text.contains(words), "\(text)")
    }

    @Test func `energy is measured, or said to be absent`() throws {
        let program = "arch macro, \"01210012\" | measure energy"
        if FileManager.default.fileExists(atPath: "/sys/class/powercap/intel-rapl:0/energy_uj") {
            #expect(bench.error(program)?.diagnostic.message.contains("cannot be read") != false)
        } else {
            #expect(try #require(bench.error(program)).diagnostic.message.contains("no energy counters"))
        }
    }
}
