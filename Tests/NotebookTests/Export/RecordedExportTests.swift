import Commands
import Foundation
import Language
import Notebook
import Plotting
import Testing

/// Whether the session that draws the figures finds its gnuplot; any other failure is one of the tests'.
private let hasGnuplot: Bool = {
    do {
        _ = try Plots.session.svg(Figure(series: [Series(.points, x: [1], y: [1])]))
    } catch PlotError.missingGnuplot {
        return false
    } catch {}
    return true
}()

/// Documents of what the language showed and gnuplot drew.
@Suite(.enabled(if: hasGnuplot, "gnuplot is not installed: apt-get install gnuplot-nox")) struct RecordedExportTests {
    @Test(.needsJupyter) func `a recorded session is written in all forms`() throws {
        let folder = try ExportFolder()
        let session = RecordedSession(into: folder.file("run"))
        session.run("t = [{a: 1, b: 2ms}, {a: 3, b: 5ms}, {a: 5, b: 4ms}] | as_table; t", title: "A <table>")
        session.run("t | plot .a, .b, title: \"<script>`x` & \\\"y\\\"\"", title: "A figure")
        session.run("load \"gone.csv\"", title: "An error")
        let run = try RunRecord.read(folder.file("run"))
        for name in ["a.html", "a.md", "a.ipynb"] { try Export.write(run, to: folder.file(name)) }
        let report = try Checks.report(folder.file("a.html"))
        #expect(report.faults == [])
        #expect(report.counts["img"] == 1 && report.counts["tr"] == 4)
        #expect(report.text.contains("A <table>") && report.text.contains("✗ Failed"))
        #expect(report.text.contains("error[E031]"))
        #expect(try folder.text(of: "a.md").contains("| a | b (ms) |\n| ---: | ---: |\n| 1 | 2 |"))
        #expect(try folder.text(of: "a_files/2-1.svg").contains("&lt;script>`x` &amp;"))
        try Checks.notebook(folder.file("a.ipynb"), page: folder.file("page.html"))
    }

    /// The check for altered pictures knows all that gnuplot draws.
    @Test(arguments: Series.Mark.allCases) func `every kind of picture is shown`(mark: Series.Mark) throws {
        let folder = try ExportFolder()
        let y: Values = [4, 2, .nan, 8]
        let names = Values.names(["a", "<b>", "onload=", "c"])
        for (place, x) in [[1, 2, 3, 4], names].enumerated() {
            let series = Series(
                mark, x: x, y: y, low: [3, 1, 2, 6], high: [5, 3, 4, 9], values: y, name: "url(http://x) \"n\"")
            let figure = Figure(
                title: "'\"><script>", x: Axis("javascript:", unit: "&"), y: Axis("]]>"), series: [series, series],
                annotations: [.text("<image href=\"http://x\">", x: 1, y: 3), .horizontal(y: 3, "//x")])
            try folder.write(try Plots.session.svg(figure), to: "plots/\(place).svg")
        }
        let cell = CellRecord(number: 1, source: "x", outputs: (0..<2).map { .figure("plots/\($0).svg") })
        try Export.write(RunRecord(title: "t", cells: [cell], folder: folder.path), to: folder.file("a.html"))
        let html = try folder.text(of: "a.html")
        #expect(html.components(separatedBy: "<img ").count == 3)
        #expect(!html.contains("No picture"))
    }
}
