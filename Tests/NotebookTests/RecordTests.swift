import Commands
import Foundation
import Language
import Notebook
import Testing

/// Records of runs: what is written, and what is read of it.
@Suite struct RecordTests {
    init() { RecordedSession.useOwnStore }

    @Test func `what is written is read`() throws {
        let folder = try Folder()
        let session = RecordedSession(into: folder.path + "/run")
        let data = try folder.file("d.csv", "x,y\n1,2\n")
        session.recorder.add(text: "# Heading", title: "Intro", name: "test.nash", line: 2)
        let cells = [
            session.run("t = load \"\(data)\"\nt", title: "Data", line: 5), session.run("1 / [2]", line: 9),
            session.run("\"a\u{7}\n<b>\"; fail \"no\""),
        ]
        session.recorder.finish()
        let run = try RunRecord.read(folder.path + "/run")
        #expect(Array(run.cells.dropFirst()) == cells)
        #expect(run.cells[0].source == "# Heading" && run.cells[0].status == .text && run.cells[0].line == 2)
        #expect(cells.map(\.status) == [.done, .rejected, .failed])
        #expect(cells[1].error?.contains("test.nash:9:") == true)
        #expect(cells[0].outputs[0].table?.rows == [["1", "2"]])
        #expect(cells[0].data == [DataRecord(name: data, path: data, sha256: SHA256.text("x,y\n1,2\n"))])
        #expect(run.ended != nil && !run.isCutOff && run.title == "test.nash")
        #expect(run.versions["nash"] == NashVersion.text)
    }

    @Test func `a cell that is cancelled is recorded`() throws {
        let folder = try Folder()
        let recorder = Recorder(.folder(folder.path + "/run"), title: "x", seed: 0) { _ in }
        let source = Source(name: "x", text: "1")
        recorder.begin(number: 1, title: "", source, cancel: CancelToken()).end(CellError.cancelled)
        #expect(try RunRecord.read(folder.path + "/run").cells.map(\.status) == [.cancelled])
    }

    @Test func `a figure is kept with its points and script`() throws {
        let folder = try Folder()
        let session = RecordedSession(into: folder.path + "/run")
        let cell = session.run("[{a: 1, b: 2}, {a: 2, b: 4}] | as_table | plot .a, .b")
        let data = try folder.text("run/plots/1-1.csv")
        #expect(data.hasPrefix("series,x,y,low,high,values\n1,1.0,2.0"))
        #expect(cell.outputs[0].digest == SHA256.text(data))
        #expect(try folder.text("run/plots/1-1.gp").contains("plot"))
        if let figure = cell.outputs[0].figure {
            let picture = try folder.text("run/" + figure.svg)
            #expect(picture.contains("<svg") && figure.svgSHA256 == SHA256.text(picture))
            #expect(try RunRecord.read(folder.path + "/run").cells == [cell])
        } else {
            #expect(cell.outputs[1].kind == .note, "without gnuplot a remark says so")
        }
    }

    @Test func `a last line that was cut off is left out, and told`() throws {
        let folder = try Folder()
        let session = RecordedSession(into: folder.path + "/run")
        session.run("1")
        session.run("2")
        let lines = try folder.text("run/cells.jsonl")
        try folder.file("run/cells.jsonl", String(lines.dropLast(20)))
        let run = try RunRecord.read(folder.path + "/run")
        #expect(run.isCutOff && run.cells.map(\.number) == [1])
        try folder.file("run/cells.jsonl", String(lines.dropLast(1)))
        #expect(try RunRecord.read(folder.path + "/run").cells.count == 2, "only the line's end is missing")
    }

    /// Each edit of a whole record with the words of its error.
    @Test(
        arguments: [
            ("cells.jsonl", #"{"number":1"#, #"{"number":0"#, ":1: `number` is wrong"),
            ("cells.jsonl", #"{"number":2"#, #"{"numb":2"#, ":2: `number` is missing"),
            ("cells.jsonl", #"{"number":1"#, #"[{"number":1"#, ":1: this is no JSON"),
            ("cells.jsonl", #""status":"done""#, #""status":"well""#, "one of done, failed"),
            ("cells.jsonl", #""source":"1""#, #""source":"2""#, "its SHA-256 differs"),
            ("cells.jsonl", #""outputs":["#, #""outputs":[3,"#, "an object was expected"),
            ("cells.jsonl", #""svg":"plots/"#, #""svg":"/plots/"#, "a path inside the folder"),
            ("cells.jsonl", #""data":"plots/"#, #""data":"../"#, "a path inside the folder"),
            ("cells.jsonl", #""digest":""#, #""digest":"x"#, "a SHA-256 of 64"),
            ("cells.jsonl", #""svg_sha256":""#, #""svg_sha256":"x"#, "a SHA-256 of 64"),
            ("cells.jsonl", #""row_count":2"#, #""row_count":1"#, "a whole number from 2"),
            ("header.json", #""format":1"#, #""format":2"#, "written by a newer nash (format 2), this one reads 1"),
            ("header.json", #""seed":0"#, #""seed":"0""#, "`seed` is wrong"),
            ("header.json", #""versions":{"#, #""versions":{"a":1,"#, "an object of texts"),
        ])
    func `a record that was damaged is refused`(
        _ name: String, _ old: String, _ new: String, _ message: String
    ) throws {
        let folder = try Folder()
        let session = RecordedSession(into: folder.path + "/run")
        session.run("1")
        session.run("t = [{a: 1, b: 2}, {a: 2, b: 4}] | as_table\nt\nt | plot .a, .b")
        session.run("3")
        let text = try folder.text("run/" + name)
        guard text.contains(old) else {
            #expect(old.contains("plots/") || old.contains("svg"), "only figures may be missing, without gnuplot")
            return
        }
        try folder.file("run/" + name, text.replacingOccurrences(of: old, with: new))
        let error = #expect(throws: RunError.self) { try RunRecord.read(folder.path + "/run") }
        #expect("\(try #require(error))".contains(message))
        #expect("\(try #require(error))".contains("run/" + name))
    }

    @Test func `no folder, no run and a folder that holds something are told`() throws {
        let folder = try Folder()
        #expect(throws: RunError.self) { try RunRecord.read(folder.path + "/none") }
        let error = #expect(throws: RunError.self) { try RunRecord.read(folder.path) }
        #expect("\(try #require(error))".contains("no run is recorded here"))
        #expect(throws: Never.self) { try RunPlace.check(folder.path) }
        try folder.file("x", "")
        #expect(throws: RunError.self) { try RunPlace.check(folder.path) }
    }

    @Test func `what cannot be written is told once, and the cells run on`() throws {
        let told = Told()
        let recorder = Recorder(.under("/dev/null/runs"), title: "x", seed: 0) { told.add($0) }
        for number in 1...3 {
            let source = Source(name: "x", text: "1")
            let recording = recorder.begin(number: number, title: "", source, cancel: CancelToken())
            recording.show(.int(1))
            #expect(recording.end(.done).outputs.count == 1)
        }
        #expect(told.texts.count == 1)
        #expect(recorder.folder == nil)
    }

    @Test func `more than is kept of a cell still counts`() throws {
        let folder = try Folder()
        let session = RecordedSession(into: folder.path + "/run")
        let cell = session.run("for i in 1..1500 { i }")
        #expect(cell.outputs.count == 1_001)
        #expect(cell.outputs[1_000].text == "… 500 more results, which are not kept")
        let other = session.run("for i in 1..1500 { if i == 1400 { 0 } else { i } }")
        #expect(ReplayComparison(cell, other)?.message.contains("differs") == true)
    }

    @Test func `a run of its own name each, the newest first`() throws {
        let folder = try Folder()
        for _ in 1...2 {
            let recorder = Recorder(.under(folder.path), title: "a b/tour.nash", seed: 0) { _ in }
            recorder.begin(number: 1, title: "", Source(name: "x", text: "1"), cancel: CancelToken()).end(.done)
            recorder.finish()
        }
        let table = RunListing.table(of: folder.path)
        #expect(table.rowCount == 2)
        let name = try #require(RunListing.table(of: folder.path).row(0)["folder"].flatMap(String.init))
        #expect(name.hasSuffix("-tour-2") || name.hasSuffix("-tour"))
        #expect(table.row(0)["state"].flatMap(String.init) == "finished")
        #expect(RunListing.folder(name, in: folder.path) == "\(folder.path)/\(name)")
    }

    /// Records a run of one cell into a folder, begun at a time.
    private func record(_ path: String, _ started: String = "") throws {
        let recorder = Recorder(.folder(path), title: "t", seed: 0) { _ in }
        recorder.begin(number: 1, title: "", Source(name: "x", text: "1"), cancel: CancelToken()).end(.done)
        recorder.finish()
        let header = try String(contentsOfFile: path + "/header.json", encoding: .utf8)
        let place = try #require(header.range(of: #""started":"[^"]*""#, options: .regularExpression))
        try header.replacingCharacters(in: place, with: #""started":"\#(started)""#)
            .write(toFile: path + "/header.json", atomically: false, encoding: .utf8)
    }

    private func names(_ table: Table) -> [String] {
        (0..<table.rowCount).compactMap { table.row($0)["folder"].flatMap(String.init) }
    }

    @Test func `all but the newest runs are removed`() throws {
        let folder = try Folder()
        let runs = folder.path + "/runs"
        // The order is that of time, whatever the names.
        for (name, time) in [("e", "2026-01-01"), ("d", "2026-01-02"), ("c", "2026-01-03"), ("b", "2026-01-04")] {
            try record("\(runs)/\(name)", time)
        }
        try folder.file("runs/e/header.json.new", "")
        try FileManager.default.createDirectory(atPath: runs + "/e/plots", withIntermediateDirectories: true)
        for name in ["1-1.svg", "1-1.gp", "1-1.csv", "1-2.svg.new"] { try folder.file("runs/e/plots/\(name)", "") }
        #expect(names(RunListing.table(of: runs)) == ["b", "c", "d", "e"])
        let pruning = RunPruning(runs, keeping: 2)
        #expect(names(pruning.removed) == ["d", "e"] && pruning.problems.isEmpty)
        #expect(names(RunListing.table(of: runs)) == ["b", "c"])
        #expect(!FileManager.default.fileExists(atPath: runs + "/e"))
        #expect(RunPruning(runs, keeping: 2).removed.rowCount == 0)
        #expect(RunPruning(folder.path + "/none", keeping: 0).removed.rowCount == 0)
    }

    @Test func `what is no record, more than one, a link or still going on is not removed`() throws {
        let folder = try Folder()
        let (runs, files) = (folder.path + "/runs", FileManager.default)
        for name in ["runs/own", "runs/deep", "runs/linked", "outside", "runs/a"] {
            try record("\(folder.path)/\(name)")
        }
        try folder.file("runs/own/report.html", "mine")
        for name in ["runs/deep/plots/more", "runs/folder", "runs/other", "kept"] {
            try files.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
        }
        try folder.file("kept/1-1.svg", "mine")
        try files.createSymbolicLink(atPath: runs + "/linked/plots", withDestinationPath: folder.path + "/kept")
        try files.createSymbolicLink(atPath: runs + "/link", withDestinationPath: folder.path + "/outside")
        try folder.file("runs/other/header.json", "{\"format\": 1}")
        try folder.file("runs/file", "mine")
        let recorder = Recorder(.folder(runs + "/going"), title: "t", seed: 0) { _ in }
        recorder.begin(number: 1, title: "", Source(name: "x", text: "1"), cancel: CancelToken()).end(.done)
        let pruning = RunPruning(runs, keeping: 0)
        #expect(names(pruning.removed) == ["a"])
        let problems = pruning.problems.map { "\($0)" }.sorted()
        try #require(problems.count == 3)
        #expect(problems[0].contains("runs/deep: it holds plots/more, which is no part of a record"))
        #expect(
            problems[1].contains("runs/linked: it holds plots,") && problems[2].contains("own: it holds report.html"))
        #expect(
            try files.contentsOfDirectory(atPath: runs).sorted() == [
                "deep", "file", "folder", "going", "link", "linked", "other", "own",
            ])
        #expect(try folder.text("kept/1-1.svg") == "mine" && folder.text("outside/cells.jsonl").hasSuffix("\n"))
        #expect(try RunRecord.read(runs + "/going").cells.count == 1)
        recorder.finish()
    }

    @Test(
        arguments: [
            (["NASH_RUNS": "/r"], "/r"), (["NASH_RUNS": "", "HOME": "/h"], nil),
            (["XDG_DATA_HOME": "/d", "HOME": "/h"], "/d/nash/runs"),
            (["XDG_DATA_HOME": "d", "HOME": "/h"], "/h/.local/share/nash/runs"), ([:], nil),
        ] as [([String: String], String?)])
    func `where runs lie`(_ environment: [String: String], _ folder: String?) {
        #expect(RunPlace.runs { environment[$0] } == folder)
    }
}

/// Takes texts from any thread.
private final class Told: @unchecked Sendable {
    private let lock = NSLock()
    private var all: [String] = []

    func add(_ text: String) { lock.withLock { all.append(text) } }
    var texts: [String] { lock.withLock { all } }
}
