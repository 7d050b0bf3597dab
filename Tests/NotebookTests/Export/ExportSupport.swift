import Commands
import Foundation
import Language
import Notebook
import Testing

/// A folder that is removed at the end.
final class ExportFolder {
    let path = FileManager.default.temporaryDirectory.appending(path: "nash-export-\(UUID())").path

    init() throws {
        try FileManager.default.createDirectory(atPath: path + "/plots", withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: file(name), atomically: true, encoding: .utf8)
    }

    func text(of name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? [] }
}

/// A picture of the kind that gnuplot draws.
let smallSVG = """
    <?xml version="1.0" encoding="utf-8"  standalone="no"?>
    <svg width="800" height="500" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
    <title>a &lt; b</title><g id="canvas"><circle id='dot' r='0.5'/><use xlink:href='#dot' fill='rgb(0, 1, 2)'/></g>
    </svg>

    """

extension OutputRecord {
    /// A figure whose picture lies where `name` says.
    static func figure(_ name: String, _ caption: String = "figure: y against x, 3 points") -> OutputRecord {
        OutputRecord(
            .value, text: caption, figure: FigureRecord(svg: name, script: "plots/a.gp", data: "plots/a.csv"))
    }
}

/// What the Python of .venv/jupyter, or the one that NASH_JUPYTER_PYTHON names, says of a document.
enum Checks {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let python: String? = {
        let given = ProcessInfo.processInfo.environment["NASH_JUPYTER_PYTHON"]
        let path = given ?? root.appending(path: ".venv/jupyter/bin/python").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    /// What was found in a report.
    struct Report: Decodable {
        var faults: [String]
        var text: String
        var counts: [String: Int]
        var links: [String]
    }

    static func report(_ path: String) throws -> Report {
        let (status, output) = try run(["check_report.py", path])
        try #require(status == 0, "\(output)")
        return try JSONDecoder().decode(Report.self, from: Data(output.utf8))
    }

    /// Fails where the notebook is not valid; makes a page of it at `page`.
    static func notebook(_ path: String, page: String? = nil) throws {
        let (status, output) = try run(["check_notebook.py", path] + [page].compactMap { $0 })
        #expect(status == 0, "\(output)")
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: try #require(python))
        process.arguments = ["-B", root.appending(path: "Tests/scripts/\(arguments[0])").path] + arguments.dropFirst()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where there is no Python with Jupyter's packages.
    static var needsJupyter: Self {
        .enabled(if: Checks.python != nil, "there is no .venv/jupyter: `scripts/setup --tests` makes it")
    }
}

/// Texts that try to become markup, script or something else than what they say.
let hostileTexts = [
    "<script>alert(1)</script>", "\"onload=alert(1) x=\"", "'><img src=x onerror=alert(1)>", "]]><svg/onload=alert(1)>",
    "javascript:alert(1)", "</title></style></pre><script>", "<!-- --", "&lt;b&gt; &#60;i&#62;", "a\u{2028}b\u{2029}c",
    "\0\u{1}\u{8}\u{1b}[31mred\u{7f}\u{85}", "abc\u{202e}fed\u{2066}", "x\r\ny\rz", "``` ```` `a", "<\u{301}script>",
    "[a](javascript:alert(1)) ![b](http://h/x.png)", "| a | b |", "\\", "${x} $$y$$ {{z}} <%=w%>", "\u{fffe}\u{feff}",
    "http://example.org www.example.org a@example.org",
]
