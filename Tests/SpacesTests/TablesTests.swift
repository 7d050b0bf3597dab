import Foundation
import Spaces
import Testing

@Suite struct TablesTests {
    private let tables = Tables.shipped

    @Test(arguments: [("cifar10", 94.3733), ("cifar100", 73.5133), ("imagenet16-120", 47.3111)])
    func bestOfNATSBench(_ data: String, _ best: Double) throws {
        let column = try tables.accuracy(space: "nb201", data: data)
        #expect(column.values.count == 15_625)
        #expect(column.values.max() == best)
        #expect(column.unit == .percent)
    }

    /// NATS-Bench lists its architectures in an order of its own; rows 0 and 1 are these.
    @Test func theBenchmarksOrder() throws {
        let index = try tables.index(space: "nb201")
        #expect(index.count == 15_625)
        #expect(index.genes(at: 0) == [4, 2, 1, 2, 1, 1])
        #expect(index.row(of: [3, 3, 4, 1, 3, 1]) == 1)
        let column = try tables.accuracy(space: "nb201", data: "cifar10", split: .validation, epochs: 12)
        #expect(column.value(for: [4, 2, 1, 2, 1, 1]) == 63.364)
        #expect(column[1] == 82.834)
    }

    @Test(arguments: Tables.benchmarks.filter(\.isShipped))
    func rowsAndGenesAreOneToOne(_ benchmark: Tables.Benchmark) throws {
        let index = try tables.index(space: benchmark.space)
        #expect((0..<index.count).allSatisfy { index.row(of: index.genes(at: $0)) == $0 })
        #expect(index.length == benchmark.genes && index.choices == benchmark.choices)
    }

    @Test(arguments: Tables.benchmarks.filter(\.isShipped))
    func genesOfNoArchitectureHaveNoRow(_ benchmark: Tables.Benchmark) throws {
        let index = try tables.index(space: benchmark.space)
        let genes = index.genes(at: 0)
        #expect(index.row(of: genes.dropLast()) == nil)
        #expect(index.row(of: genes + [0]) == nil)
        #expect(index.row(of: [UInt8(benchmark.choices)] + genes.dropFirst()) == nil)
        #expect(index.row(of: [UInt8]()) == nil)
    }

    /// FBNet: 3,000 architectures of 9²² were measured.
    @Test func whatWasNotMeasuredIsMissing() throws {
        let column = try tables.latency(space: "fbnet", device: "pixel3")
        #expect(column.values.count == 3_000)
        #expect(column.value(for: [7, 8, 1, 8, 4, 8, 8, 8, 7, 4, 1, 4, 7, 3, 2, 7, 3, 2, 4, 2, 4, 5]) == 17.5577)
        #expect(column.value(for: [UInt8](repeating: 0, count: 22)) == nil)
    }

    @Test func macroHasThreeTrainingsAndCosts() throws {
        let mean = try tables.accuracy(space: "macro", data: "cifar10")
        #expect(mean.values.count == 6_561)
        let genes: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1]
        #expect(mean.value(for: genes) == 64.2233)
        let each = try (1...3).map { try tables.accuracy(space: "macro", data: "cifar10", training: $0) }
        #expect(each.map { $0.value(for: genes) } == [64.34, 64.21, 64.12])
        #expect(try tables.cost("params", space: "macro").value(for: genes) == 791_594)
        #expect(try tables.cost("flops", space: "macro").value(for: genes) == 14_115_328)
        // Each published mean is that of the three, rounded to four decimals.
        for row in 0..<6_561 {
            let sum = each.reduce(0) { $0 + $1.values[row] }
            #expect((sum / 3 - mean.values[row]).magnitude < 5.01e-5)
        }
    }

    @Test func listsWhatThereIs() throws {
        #expect(
            try tables.accuracies(space: "nb201").map(\.description) == [
                "cifar10.val@12", "cifar10.test@12", "cifar10.test@200", "cifar100.val@12", "cifar100.test@12",
                "cifar100.test@200", "imagenet16_120.val@12", "imagenet16_120.test@12", "imagenet16_120.test@200",
            ])
        #expect(try tables.accuracies(space: "fbnet").isEmpty)
        #expect(try tables.devices(space: "nb201").count == 27)
        #expect(try tables.devices(space: "fbnet").count == 27)
        #expect(try tables.devices(space: "macro").isEmpty)
        #expect(try tables.costs(space: "macro") == ["flops", "params"])
    }

    @Test(arguments: ["nb201", "fbnet"])
    func everyDeviceHasPositiveLatencies(_ space: String) throws {
        for device in try tables.devices(space: space) {
            let column = try tables.latency(space: space, device: device)
            #expect(column.unit == .milliseconds)
            #expect(column.values.allSatisfy { $0 > 0 && $0 < 1_000 }, "\(device)")
        }
    }

    @Test func publishedNamesOfDevicesAreUnderstood() throws {
        let column = try tables.latency(space: "nb201", device: "1080ti_1")
        #expect(column.name == "gtx_1080ti_1")
        #expect(column[0] == 10.7544)
        #expect(try tables.latency(space: "nb201", device: "titan-rtx-256").name == "titan_rtx_256")
    }

    @Test func oneTableServesManyThreads() async throws {
        let tables = Tables.shipped
        await withTaskGroup(of: Double?.self) { group in
            for _ in 0..<8 {
                group.addTask { try? tables.latency(space: "nb201", device: "raspi4").values[3] }
            }
            for await value in group { #expect(value == 2.924) }
        }
    }
}

@Suite struct TableErrorTests {
    private func message(_ body: () throws -> BenchmarkColumn) -> String {
        do { return "no error but \(try body().name)" } catch { return "\(error)" }
    }

    @Test func namesWhatExists() {
        let tables = Tables.shipped
        #expect(
            message { try tables.accuracy(space: "nb201", data: "cifar1O") }
                == "accuracy of nb201 has no data set “cifar1O”: there is cifar10, cifar100, imagenet16_120; "
                + "did you mean cifar10?")
        #expect(
            message { try tables.accuracy(space: "nb201", data: "cifar10", split: .validation) }
                == "accuracy of nb201 on cifar10, split val, has no number of epochs “200”: there is 12")
        #expect(
            message { try tables.accuracy(space: "macro", data: "cifar10", training: 4) }
                .hasSuffix("has no training “4”: there is mean, 1, 2, 3"))
        #expect(message { try tables.accuracy(space: "fbnet", data: "cifar10") } == "accuracy of fbnet has no data set")
        #expect(
            message { try tables.latency(space: "nb210", device: "pixel3") }
                == "the list of published measurements has no search space “nb210”: there is nb201, fbnet, macro, "
                + "nats_size; did you mean nb201?")
        #expect(message { try tables.cost("parms", space: "macro") }.hasSuffix("did you mean params?"))
    }

    @Test(arguments: [("pixle3", "pixel3"), ("raspi", "raspi4"), ("titanx", "titanx_1"), ("quantum", nil)])
    func suggestsWhatWasMeant(_ asked: String, _ meant: String?) throws {
        let error = try #require(throws: MeasurementError.self) {
            try Tables.shipped.latency(space: "nb201", device: asked)
        }
        #expect(error.suggestion == meant)
    }

    @Test func missingFilesAreNamed() throws {
        let tables = Tables(folder: "/nowhere/to be found")
        for body in [
            { try tables.accuracy(space: "nb201", data: "cifar10") },
            { try tables.latency(space: "fbnet", device: "pixel3") },
            { try tables.cost("params", space: "macro") },
        ] as [() throws -> BenchmarkColumn] {
            let text = message(body)
            #expect(text.hasPrefix("/nowhere/to be found/") && text.contains("No such file or directory"), "\(text)")
        }
    }
}

/// Tables in a folder of a test's own.
struct ScratchTables: ~Copyable {
    private let folder = NSTemporaryDirectory() + "nash-tables-\(UUID().uuidString)"
    private let userFolder: String?
    private let keepsFolder: Bool

    /// - Parameters:
    ///   - userFolder: the place in the folder of a user's tables.
    ///   - keepsFolder: whether the folder outlives this value; the system's folder of temporary files holds it then.
    init(userFolder: String? = nil, keepsFolder: Bool = false) {
        (self.userFolder, self.keepsFolder) = (userFolder, keepsFolder)
    }

    func write(_ text: String, to file: String) throws { try write(Array(text.utf8), to: file) }

    func write(_ bytes: [UInt8], to file: String) throws {
        let url = URL(fileURLWithPath: "\(folder)/\(file)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    var tables: Tables { Tables(folder: folder, userFolder: userFolder.map { "\(folder)/\($0)" }) }

    deinit { if !keepsFolder { try? FileManager.default.removeItem(atPath: folder) } }
}

@Suite struct DamagedTableTests {
    /// A file of accuracies of two architectures, the line at which it is damaged, and what should stand there.
    @Test(arguments: [
        ("test@50\n1.5\n", 3, "2 rows"), ("test@50\n1.5\n2", 3, "a line's end"),
        ("test@50\n1.5\n2\n3\n", 4, "the end after 2 rows"), ("test@50\n1.5\nx\n", 3, "1 plain number"),
        ("test@50\n1.\n2\n", 2, "1 plain number"), ("test@50\n.5\n2\n", 2, "1 plain number"),
        ("test@50\n-1\n2\n", 2, "1 plain number"), ("test@50\n1,2\n2\n", 2, "1 plain number"),
        ("test@50\n1.5\r\n2\r\n", 2, "1 plain number"),
        ("test@50\n1234567890123456\n2\n", 2, "1 plain number"), ("", 1, "a line's end"),
    ])
    func isNamedByItsLine(_ text: String, _ line: Int, _ expected: String) throws {
        let scratch = ScratchTables()
        try scratch.write("genes\n00000000\n00000001\n", to: "macro/architectures.csv")
        try scratch.write(text, to: "macro/accuracy/cifar10.csv")
        let tables = scratch.tables
        let error = try #require(throws: MeasurementError.self) { try tables.accuracy(space: "macro", data: "cifar10") }
        guard case .malformed(let file, let found, let wanted, .shipped) = error else {
            Issue.record("not a damaged file: \(error)")
            return
        }
        #expect(file.hasSuffix("macro/accuracy/cifar10.csv"))
        #expect(found == line, "\(error)")
        #expect(wanted.contains(expected), "\(error)")
    }

    @Test(arguments: [
        "genes\n0000000\n", "genes\n000000003\n", "genes\n00000003\n", "genes\n0000000x\n", "genes\n00000000",
    ])
    func genesAreChecked(_ text: String) throws {
        let scratch = ScratchTables()
        try scratch.write(text, to: "macro/architectures.csv")
        let tables = scratch.tables
        let error = try #require(throws: MeasurementError.self) { try tables.index(space: "macro") }
        #expect("\(error)".contains("macro/architectures.csv, line 2: expected"), "\(error)")
    }

    /// Whatever a file holds, reading it ends in values or in an error of its own.
    @Test func arbitraryBytesNeverCrash() throws {
        let scratch = ScratchTables()
        var state: UInt64 = 1
        func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces = [
            "\n", ",", ".", "1", "93.25", "00000000", "00000001", "genes", "test@50", "#1", "@", "é", "-", " ",
        ]
        for _ in 0..<400 {
            for (file, start) in [("architectures", "genes\n00000000\n"), ("accuracy/cifar10", "test@50\n1.5\n")] {
                let noise = (0..<below(6)).map { _ in pieces[below(pieces.count)] }.joined()
                let kept = start.prefix(start.count - below(4))
                try scratch.write(kept + noise + (below(2) == 0 ? "\n" : ""), to: "macro/\(file).csv")
            }
            let tables = scratch.tables
            do {
                let column = try tables.accuracy(space: "macro", data: "cifar10")
                #expect(column.values.count == column.index.count)
            } catch {
                #expect(error.description.count > 20)
            }
        }
    }

    @Test func anEmptyCellIsMissing() throws {
        let scratch = ScratchTables()
        try scratch.write("genes\n00000000\n00000001\n", to: "macro/architectures.csv")
        try scratch.write("test@50,test@50#1\n,1.25\n93,\n", to: "macro/accuracy/cifar10.csv")
        let mean = try scratch.tables.accuracy(space: "macro", data: "cifar10")
        #expect(mean[0] == nil && mean[1] == 93)
        #expect(mean.value(for: [0, 0, 0, 0, 0, 0, 0, 0]) == nil)
        #expect(mean.value(for: [2, 2, 2, 2, 2, 2, 2, 2]) == nil)
        #expect(try scratch.tables.accuracy(space: "macro", data: "cifar10", training: 1)[0] == 1.25)
    }
}
