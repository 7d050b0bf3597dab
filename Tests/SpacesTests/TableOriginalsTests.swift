import Foundation
import Spaces
import Testing

/// The shipped tables against the files that they were converted from, where those are at hand.
@Suite(.enabled(if: Originals.exist, "the original tables are not in ../shared/data"))
struct TableOriginalsTests {
    @Test func accuraciesOfNATSBench() throws {
        let (names, rows) = try Originals.read("nats-topology.csv")
        let index = try Tables.shipped.index(space: "nb201")
        let columns = try Tables.shipped.accuracies(space: "nb201").map { setting in
            try Tables.shipped.accuracy(
                space: "nb201", data: setting.data, split: setting.split, epochs: setting.epochs)
        }
        #expect(columns.map(\.name) == names.dropFirst(2).map { $0.replacingOccurrences(of: "-", with: "_") })
        #expect(rows.count == index.count)
        for (row, cells) in rows.enumerated() {
            #expect(Originals.cell(index.genes(at: row)) == cells[1])
            #expect(columns.map { $0.values[row] } == cells.dropFirst(2).map { Double($0) })
        }
    }

    @Test(arguments: [("nb201", "nats-topology-latency-ms.csv"), ("fbnet", "fbnet-latency-ms.csv")])
    func latencies(_ space: String, _ file: String) throws {
        let (names, rows) = try Originals.read(file)
        let index = try Tables.shipped.index(space: space)
        #expect(try Tables.shipped.devices(space: space).count == names.count - 1)
        for (place, name) in names.enumerated().dropFirst() {
            let column = try Tables.shipped.latency(space: space, device: name)
            #expect(column.values == rows.map { Double($0[place]) }, "\(name)")
        }
        if space == "fbnet" {
            let genes = (0..<index.count).map { index.genes(at: $0).map(String.init).joined(separator: "_") }
            #expect(genes == rows.map { $0[0] })
        }
    }

    @Test func macro() throws {
        let (_, rows) = try Originals.read("nas-bench-macro.csv")
        let tables = Tables.shipped
        let index = try tables.index(space: "macro")
        let columns =
            try [1, 2, 3, nil].map { try tables.accuracy(space: "macro", data: "cifar10", training: $0) }
            + ["params", "flops"].map { try tables.cost($0, space: "macro") }
        #expect(rows.count == index.count)
        for (row, cells) in rows.enumerated() {
            #expect(index.genes(at: row).map(String.init).joined() == cells[0])
            #expect(columns.map { $0.values[row] } == cells.dropFirst().map { Double($0) })
        }
    }
}

/// The folder of original tables, beside the repository.
enum Originals {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/data").standardizedFileURL

    static var exist: Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("nats-topology.csv").path)
    }

    /// The names of the columns and the cells of each row.
    static func read(_ file: String) throws -> ([String], [[String]]) {
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        return (lines[0], Array(lines.dropFirst()))
    }

    /// A cell as NATS-Bench writes it.
    static func cell(_ genes: [UInt8]) -> String {
        let names = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
        let edges = zip(genes, [0, 0, 1, 0, 1, 2]).map { "\(names[Int($0)])~\($1)" }
        return [edges[0..<1], edges[1..<3], edges[3..<6]].map { "|" + $0.joined(separator: "|") + "|" }
            .joined(separator: "+")
    }
}
