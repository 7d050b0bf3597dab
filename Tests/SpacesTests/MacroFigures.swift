import Foundation
import Networks
import Testing

@testable import Spaces

/// The whole of NAS-Bench-Macro's own table, where the shared data are at hand.
private let macroTable = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data/nas-bench-macro.csv")

@Test(.enabled(if: FileManager.default.fileExists(atPath: macroTable.path), "needs ../shared/data"))
func macroCostsEqualItsTable() throws {
    let space = NASBenchMacro()
    let model = try space.costModel(input: space.input, classes: space.classes)
    let rows = try String(contentsOf: macroTable, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(rows.count == 6_561)
    for row in rows {
        let fields = row.split(separator: ",")
        let cost = try model.cost(of: space.genes(from: String(fields[0]))).raw
        try #require(cost.parameters == Int(fields[5]), "\(fields[0])")
        try #require(cost.macs == Int(fields[6]), "\(fields[0])")
    }
}
