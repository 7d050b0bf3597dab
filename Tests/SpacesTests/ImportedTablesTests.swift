import Foundation
import Spaces
import Testing

/// `scripts/import-nats`: its own tests, and whether what it writes is read.
@Suite(.enabled(if: Python.path != nil, "there is no python3 here"))
struct ImportedTablesTests {
    @Test func itsOwnTestsPass() throws {
        let (status, text) = try Python.run([Python.tests])
        #expect(status == 0, "\(text)")
    }

    /// The values of the small release tell where they belong: see `accuracy` in its tests.
    @Test func whatItWritesIsRead() throws {
        let folder = NSTemporaryDirectory() + "nash-import-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try Python.run([Python.tests, "--make", folder]).status == 0)
        for space in ["tss", "sss"] {
            let (status, text) = try Python.run([Python.script, "\(folder)/\(space)", "--out", "\(folder)/out"])
            #expect(status == 0, "\(text)")
        }
        let tables = Tables(folder: "/nowhere", userFolder: "\(folder)/out")
        let size = try tables.accuracy(space: "nats_size", data: "cifar10")
        #expect(size.name == "cifar10.test@90")
        #expect(size.value(for: [7, 7, 7, 7, 7]) == 21.8659)
        #expect(try tables.trainingTime(space: "nats_size", data: "cifar100", epochs: 12)[1] == 12 * 5.5)
        let curves = try tables.curves(space: "nats_size", data: "cifar10_valid", epochs: 12, training: 888)
        let values = try curves.values(of: .accuracy, rows: [1])
        for epoch in 0..<12 {
            let expected = 10 + 0.888 + 0.07 + Double(epoch) / 10_000
            #expect((values[epoch] - expected).magnitude < 1e-6)
        }
    }
}

/// Running Python, where it is.
private enum Python {
    static let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let script = root.appendingPathComponent("scripts/import-nats").path
    static let tests = root.appendingPathComponent("Tests/scripts/import_nats_tests.py").path

    /// The exit status and all that was said.
    static func run(_ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: try #require(path))
        process.arguments = ["-B"] + arguments
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
