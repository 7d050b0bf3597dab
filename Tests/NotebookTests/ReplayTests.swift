import Foundation
import Notebook
import Testing

/// What replaying compares and prepares.
@Suite struct ReplayTests {
    private func cell(
        _ outputs: [OutputRecord], _ status: CellRecord.Status = .done, error: String? = nil
    ) -> CellRecord {
        CellRecord(number: 1, source: "x", status: status, outputs: outputs, error: error)
    }

    private func value(_ text: String, digest: String?) -> OutputRecord {
        OutputRecord(.value, text: text, digest: digest)
    }

    @Test func `cells that are the same have no difference`() {
        let old = cell([value("1", digest: "a"), OutputRecord(.note, text: "took 3 s"), value("5 ms", digest: nil)])
        let new = cell([OutputRecord(.note, text: "took 4 s"), value("1", digest: "a"), value("6 ms", digest: nil)])
        #expect(ReplayComparison(old, old) == nil)
        #expect(ReplayComparison(old, new) == nil)
    }

    @Test func `the first line that differs is told`() throws {
        let found = try #require(
            ReplayComparison(
                cell([value("a\nb\nc", digest: "1")]), cell([value("a\nB\nC", digest: "2")])))
        #expect(found.message == "its value differs" && found.old == "b" && found.new == "B")
        let hidden = try #require(
            ReplayComparison(
                cell([value("1", digest: "a"), value("2", digest: "b")]),
                cell([value("1", digest: "a"), value("2", digest: "c")])))
        #expect(hidden.message == "its value 2 differs, in what is not shown")
        let fewer = try #require(ReplayComparison(cell([value("1", digest: "a")]), cell([])))
        #expect(fewer.message == "it showed 1 value, and now 0" && fewer.old == "1")
        let failed = try #require(ReplayComparison(cell([]), cell([], .failed, error: "error: no")))
        #expect(failed.message == "it ended as done, and now as failed" && failed.new == "error: no")
        let other = try #require(
            ReplayComparison(cell([], .failed, error: "e\n 1"), cell([], .failed, error: "e\n 2")))
        #expect(other.message == "its error differs" && other.old == " 1")
    }

    @Test func `data that have gone or changed are told by name and cell`() throws {
        let folder = try Folder()
        let paths = try ["a", "b", "c"].map { try folder.file($0, $0) }
        let cells = paths.enumerated().map { index, path in
            let name = ["a", "b", "c"][index]
            return CellRecord(
                number: index + 1, source: "", data: [DataRecord(name: name, path: path, sha256: SHA256.text(name))])
        }
        let run = RunRecord(title: "x", cells: cells)
        #expect(ReplayData.problems(of: run).isEmpty)
        try folder.file("b", "other")
        try FileManager.default.removeItem(atPath: paths[2])
        let problems = ReplayData.problems(of: run)
        #expect(problems.count == 2)
        #expect(problems[0].hasPrefix("b, which cell 2 read, has changed"))
        #expect(problems[1].hasPrefix("c, which cell 3 read, has gone"))
    }

    @Test func `only versions that both know count`() {
        #expect(
            ReplayVersions.differences(["a": "1", "b": "1", "c": "1"], ["a": "1", "b": "2", "d": "1"]) == [
                "b was 1, and is 2"
            ])
    }

    @Test func `data lie in the new place as they lay in the old, and nothing leads back`() throws {
        let folder = try Folder()
        for name in ["work", "work/out", "set"] {
            try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
        }
        let (file, above) = (try folder.file("work/d.csv", "x"), try folder.file("e.csv", "y"))
        try folder.file("set/1", "z")
        func data(_ name: String, _ path: String) -> DataRecord { DataRecord(name: name, path: path, sha256: "") }
        let run = RunRecord(
            title: "x",
            cells: [
                CellRecord(
                    number: 1, source: "",
                    data: [data("d.csv", file), data("../e.csv", above), data("../set", folder.path + "/set")])
            ], directory: folder.path + "/work")
        var place: ReplayPlace? = try ReplayPlace(run)
        let directory = try #require(place?.directory)
        #expect(try String(contentsOfFile: directory + "/d.csv", encoding: .utf8) == "x")
        #expect(try String(contentsOfFile: directory + "/../e.csv", encoding: .utf8) == "y")
        #expect(try String(contentsOfFile: directory + "/../set/1", encoding: .utf8) == "z")
        #expect(FileManager.default.fileExists(atPath: directory + "/out"))
        try "new".write(toFile: directory + "/d.csv", atomically: false, encoding: .utf8)
        #expect(try folder.text("work/d.csv") == "x")
        place = nil
        #expect(!FileManager.default.fileExists(atPath: directory))
        #expect(try folder.text("set/1") == "z")
    }
}
