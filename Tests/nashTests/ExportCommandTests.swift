import Foundation
import Language
import Notebook
import Testing

/// `nash export`, with runs as the program records them.
@Suite struct ExportCommandTests {
    @Test func `a run becomes a document in each form, and other endings are refused`() throws {
        let place = try RecordedRunTests.Workplace()
        try place.write("a.nash", "#%% [md] Why\n# *So.*\n#%% First\n1 + 1\n#%% Then\n[{a: 1}, {a: 2}] | as_table\n")
        #expect(try place.run("a.nash") == 0)
        let run = try #require(place.runs.first)
        let name = try #require(run.split(separator: "/").last.map(String.init))
        for (file, piece) in [
            ("a.html", "<h2>First</h2>"), ("a.md", "## First\n\n**\\[1\\]** "), ("a.ipynb", "\"nbformat_minor\": 5"),
        ] {
            #expect(try place.run("export", file == "a.md" ? name : run, file) == 0, "\(place.errors)")
            #expect(place.output == "" && place.errors == "saved \(file)\n")
            #expect(place.text(file).contains(piece))
        }
        #expect(try place.run("export", run, "a.pdf") == 1)
        #expect(place.errors.contains("choose a name that ends in one of .html, .md, .ipynb"))
        #expect(!FileManager.default.fileExists(atPath: place.folder + "/a.pdf"))
        #expect(try place.run("export", run + "x", "b.html") == 2)
        #expect(try place.run("export", run) == 2)
        #expect(!FileManager.default.fileExists(atPath: place.folder + "/b.html"))
    }

    @Test func `of a cell that was run several times the last run is shown, and all of them if asked for`() throws {
        let place = try RecordedRunTests.Workplace()
        let recorder = Recorder(.folder(place.folder + "/own"), title: "t", seed: 0) { _ in }
        recorder.add(text: "Words.", title: "", name: "t", line: 1)
        for (number, text) in [(1, "first"), (2, "second"), (1, "again")] {
            let source = Source(name: "t", text: "\"\(text)\"")
            let recording = recorder.begin(number: number, title: "", source, cancel: CancelToken())
            recording.show(.string(text))
            recording.end(.done)
        }
        recorder.finish()
        #expect(try place.run("export", "own", "a.md") == 0)
        let sources = { place.text("a.md").split(separator: "\n").filter { $0.hasPrefix("\"") } }
        #expect(sources() == ["\"again\"", "\"second\""] && place.text("a.md").contains("Words."))
        #expect(!place.text("a.md").contains("first") && place.errors == "saved a.md\n")
        #expect(try place.run("export", "own", "a.md", "--all") == 0)
        #expect(sources() == ["\"first\"", "\"second\"", "\"again\""])
    }

    @Test func `a record that was cut off is exported as far as it goes, and that is said`() throws {
        let place = try RecordedRunTests.Workplace()
        #expect(try place.run("--record", "own", "-c", "1") == 0)
        let cells = place.folder + "/own/cells.jsonl"
        let line = try String(contentsOfFile: cells, encoding: .utf8)
        try (line + line.prefix(40)).write(toFile: cells, atomically: true, encoding: .utf8)
        #expect(try place.run("export", "own", "a.md") == 0)
        #expect(place.errors.contains("cut off"))
        #expect(place.text("a.md").contains("- the record was cut off after these cells\n"))
    }
}
