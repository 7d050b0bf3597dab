import Foundation
import Notebook
import Testing

@Suite struct MarkdownDocumentTests {
    @Test func `cells, results, tables and figures stand in their order`() throws {
        let folder = try ExportFolder()
        try folder.write(smallSVG, to: "plots/a.svg")
        let table = TableView(
            columns: [.init("a|b"), .init("t", unit: "ms", isNumeric: true)], rows: [["x_1 *y*", "2"]], rowCount: 3)
        let cells = [
            CellRecord(number: 0, title: "", source: "Words *as* they <b>are</b>.", status: .text),
            CellRecord(
                number: 3, title: "A # title", source: "x = 1", wallMilliseconds: 12, seed: 5,
                outputs: [
                    OutputRecord(.value, text: "``` in it"), OutputRecord(.value, text: "", table: table),
                    OutputRecord(.note, text: "1. so\n# what"), .figure("plots/a.svg", "figure: y [1] against x"),
                    .figure("plots/gone.svg"),
                ]),
            CellRecord(
                number: 3, source: "y", status: .failed, outputs: [.figure("plots/a.svg")], error: "error[E012]: no"),
        ]
        let run = RunRecord(title: "run_1 <x>", seed: 5, cells: cells, folder: folder.path)
        try Export.write(run, to: folder.file("my report.md"))
        #expect(
            try folder.text(of: "my report.md") == """
                # run_1 \\<x>

                - seed 5

                Words *as* they <b>are</b>.

                ## A \\# title

                **\\[3\\]** 12 ms · seed 5

                ```nash
                x = 1
                ```

                ````text
                ``` in it
                ````

                | a\\|b | t (ms) |
                | --- | ---: |
                | x_1 \\*y\\* | 2 |

                *… 2 more rows*

                > **Note:** 1\\. so
                > \\# what

                ![figure: y \\[1\\] against x](my%20report_files/3-1.svg)

                > **No picture:** the figure's file plots/gone.svg is gone (figure: y against x, 3 points)

                **\\[3\\]** 0 ms · seed 0 · failed

                ```nash
                y
                ```

                ![figure: y against x, 3 points](my%20report_files/3-2.svg)

                ```text
                error[E012]: no
                ```

                """)
        #expect(try folder.text(of: "my report_files/3-2.svg") == smallSVG)
    }

    @Test func `figures of the last document go, and nothing else does`() throws {
        let folder = try ExportFolder()
        try folder.write(smallSVG, to: "plots/a.svg")
        func export(_ figures: [Int]) throws {
            let cells = figures.map { CellRecord(number: $0, source: "x", outputs: [.figure("plots/a.svg")]) }
            try Export.write(RunRecord(title: "t", cells: cells, folder: folder.path), to: folder.file("a.md"))
        }
        try export([1, 2, 2, 3])
        let others = [
            "0-1.svg", "1-0.svg",
            "1-1.png", "01-1.svg", "1-1-1.svg", "-1-1.svg", "a-1.svg", "1-1.svg.svg", ".1-1.svg", "1-.svg", "+1-1.svg",
        ]
        for name in others { try folder.write("mine", to: "a_files/\(name)") }
        try FileManager.default.createDirectory(
            atPath: folder.file("a_files/8-1.svg"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("a_files/9-1.svg"), withDestinationPath: folder.file("plots/a.svg"))
        try export([2])
        let names = try Set(FileManager.default.contentsOfDirectory(atPath: folder.file("a_files")))
        #expect(names == Set(others + ["2-1.svg", "8-1.svg", "9-1.svg"]))
        try export([])
        #expect(try !FileManager.default.contentsOfDirectory(atPath: folder.file("a_files")).contains("2-1.svg"))
        #expect(try folder.text(of: "plots/a.svg") == smallSVG)
        // A folder that is a link may be anyone's.
        try FileManager.default.createDirectory(atPath: folder.file("other"), withIntermediateDirectories: true)
        try folder.write("mine", to: "other/5-1.svg")
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("b_files"), withDestinationPath: folder.file("other"))
        try Export.write(RunRecord(title: "t", cells: []), to: folder.file("b.md"))
        #expect(try folder.text(of: "other/5-1.svg") == "mine")
    }

    @Test(arguments: hostileTexts) func `a title is one line without markup`(text: String) throws {
        let folder = try ExportFolder()
        let cell = CellRecord(number: 1, title: text, source: "")
        try Export.write(RunRecord(title: text, cells: [cell]), to: folder.file("a.md"))
        let lines = try folder.text(of: "a.md").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 8)
        #expect(lines[0].dropFirst(2) == lines[4].dropFirst(3))
        // What is left without the escaped characters holds nothing that begins markup.
        var plain = "".unicodeScalars
        var rest = lines[0].dropFirst(2).unicodeScalars[...]
        while let scalar = rest.popFirst() { if scalar == "\\" { rest.removeFirst() } else { plain.append(scalar) } }
        #expect(!plain.contains { "<`*[]|&~#$@".unicodeScalars.contains($0) }, "\(lines[0])")
        #expect(!String(plain).contains("://") && !String(plain).contains("www."), "\(lines[0])")
    }
}

@Suite struct NotebookDocumentTests {
    @Test(.needsJupyter) func `nbformat finds it valid, and nbconvert makes a page of it`() throws {
        let folder = try ExportFolder()
        try folder.write(smallSVG, to: "plots/a.svg")
        let table = TableView(columns: [.init("<i>", unit: "&")], rows: hostileTexts.map { [$0] }, rowCount: 90)
        let cells = hostileTexts.enumerated().flatMap { place, text in
            [
                CellRecord(number: 0, title: text, source: "a\nb", status: .text),
                CellRecord(
                    number: place + 1, title: text, source: text, status: place % 2 == 0 ? .failed : .done,
                    wallMilliseconds: place == 0 ? .nan : 2,
                    outputs: [
                        OutputRecord(.note, text: text), .figure("plots/a.svg", text),
                        OutputRecord(.value, text: text, table: table), .figure("plots/gone.svg", text),
                        OutputRecord(.value, text: text),
                    ], error: place % 4 == 0 ? "error[E012]: \(text)\n  = help: x" : nil),
            ]
        }
        let run = RunRecord(title: hostileTexts[0], cells: cells + cells, folder: folder.path)
        try Export.write(run, to: folder.file("a.ipynb"))
        try Checks.notebook(folder.file("a.ipynb"), page: folder.file("page.html"))
        let page = try folder.text(of: "page.html")
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!page.contains("<script>alert(1)") && !page.contains("<img src=x"))
    }

    @Test func `cells have their numbers, outputs and errors`() throws {
        let folder = try ExportFolder()
        try folder.write(smallSVG, to: "plots/a.svg")
        let table = TableView(columns: [.init("a", isNumeric: true)], rows: [["1"]], rowCount: 1)
        let cells = [
            CellRecord(
                number: 4, title: "T", source: "x\ny", seed: 2,
                outputs: [
                    OutputRecord(.note, text: "n"), .figure("plots/a.svg"),
                    OutputRecord(.value, text: "a\n1", table: table),
                ]),
            CellRecord(number: 5, source: "z", status: .failed, error: "error[E012]: there is none\n --> cell 5"),
            CellRecord(number: 6, source: "w", status: .cancelled),
        ]
        let run = RunRecord(title: "t", versions: ["nash": "1"], cells: cells, folder: folder.path)
        try Export.write(run, to: folder.file("a.ipynb"))
        let bytes = try Data(contentsOf: URL(filePath: folder.file("a.ipynb")))
        let notebook = try JSONDecoder().decode(Notebook.self, from: bytes)
        #expect(notebook.cells.map(\.cell_type) == ["markdown", "code", "code", "code"])
        #expect(notebook.cells.map(\.execution_count) == [nil, 4, 5, 6])
        #expect(notebook.cells[1].source == ["x\n", "y"])
        let outputs = notebook.cells[1].outputs ?? []
        #expect(outputs.map(\.output_type) == ["stream", "display_data", "execute_result"])
        #expect(outputs[1].data?.keys.sorted() == ["image/svg+xml", "text/plain"])
        #expect(outputs[2].data?.keys.sorted() == ["text/html", "text/plain"])
        #expect(notebook.cells[2].outputs?.map(\.ename) == ["E012"])
        #expect(notebook.cells[2].outputs?.map(\.evalue) == ["there is none"])
        #expect(notebook.cells[3].outputs?.map(\.ename) == ["cancelled"])
        try Export.write(run, to: folder.file("b.ipynb"))
        #expect(try Data(contentsOf: URL(filePath: folder.file("b.ipynb"))) == bytes)
    }

    private struct Notebook: Decodable {
        struct Output: Decodable {
            var output_type: String
            var data: [String: [String]]?
            var ename: String?
            var evalue: String?
        }
        struct Cell: Decodable {
            var cell_type: String
            var execution_count: Int?
            var source: [String]
            var outputs: [Output]?
        }
        var cells: [Cell]
    }
}

@Suite struct ExportTests {
    @Test func `an ending that names no form is refused, and nothing is written`() throws {
        let folder = try ExportFolder()
        for name in ["a.pdf", "html", "a.md/b", ".svg"] {
            #expect { try Export.write(RunRecord(title: "t"), to: folder.file(name)) } throws: {
                "\($0)".contains("the ending says no form to write in")
            }
        }
        #expect(folder.names == ["plots"])
    }

    @Test(arguments: ["a.html", "a.md", "a.ipynb"])
    func `what cannot be written leaves nothing behind`(name: String) throws {
        let folder = try ExportFolder()
        #expect(throws: (any Error).self) { try Export.write(RunRecord(title: "t"), to: folder.file("none/\(name)")) }
        try folder.write("old", to: name)
        try Export.write(RunRecord(title: "t"), to: folder.file(name))
        #expect(try folder.text(of: name) != "old")
        #expect(folder.names == [name, "plots"])
    }

    @Test(.needsJupyter) func `a long session is written in all forms`() throws {
        let folder = try ExportFolder()
        try folder.write(smallSVG, to: "plots/a.svg")
        let run = RunRecord(title: "long", cells: LongRun.cells, folder: folder.path)
        for name in ["a.html", "a.md", "a.ipynb"] { try Export.write(run, to: folder.file(name)) }
        let report = try Checks.report(folder.file("a.html"))
        #expect(report.faults == [])
        #expect(report.counts["img"] == 40)
        #expect(report.counts["tr"] == 160 * 101)
        try Checks.notebook(folder.file("a.ipynb"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("a_files")).count == 40)
    }
}

/// A session of 200 cells: every fifth draws a figure, the others show tables of 100 rows.
enum LongRun {
    static let cells = (1...200).map { number in
        let outputs =
            number % 5 == 0 ? [OutputRecord.figure("plots/a.svg")] : [OutputRecord(.value, text: "", table: table)]
        return CellRecord(
            number: number, title: number % 10 == 0 ? "Part \(number / 10)" : "",
            source: "archs | where .accuracy > \(number)% | sort .latency", wallMilliseconds: 3, outputs: outputs)
    }

    private static let table = TableView(
        columns: [.init("arch")] + (1...3).map { .init("column_\($0)", unit: "ms", isNumeric: true) },
        rows: (0..<100).map { row in ["|nor_conv_3x3~0|+|skip_connect~0|"] + (1...3).map { "\(row).\($0)25" } },
        rowCount: 15_625)
}
