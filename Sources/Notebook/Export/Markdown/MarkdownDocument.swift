import Glibc
import Language

/// A run as Markdown, with its figures as SVG files in a folder beside it: `report_files/3-1.svg` of `report.md`.
///
/// Figures that an earlier document of the path left there are removed; whatever else lies there stays.
struct MarkdownDocument {
    private let run: RunRecord
    private let path: String
    /// The folder of figures, without the folders above.
    private let filesName: String
    private let folderAbove: String
    private var pictures: [(name: String, bytes: [UInt8])] = []
    /// How many figures were set of each cell's number: a cell that was run twice has its number twice.
    private var figureCounts: [Int: Int] = [:]

    /// A document that is to be written to `path`.
    init(_ run: RunRecord, path: String) {
        self.run = run
        self.path = path
        let name = path.split(separator: "/").last.map(String.init) ?? path
        folderAbove = String(path.dropLast(path.hasSuffix(name) ? name.count : 0))
        filesName = (name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name) + "_files"
    }

    /// Writes the figures, then the document; then removes figures that it does not show.
    ///
    /// - Throws: ``ReadingError`` when something cannot be written.
    func write() throws {
        var document = self
        let text = document.text()
        if !document.pictures.isEmpty, mkdir(folderAbove + filesName, 0o777) != 0, errno != EEXIST {
            let reason = String(cString: strerror(errno))
            throw ReadingError(folderAbove + filesName, "the folder for figures cannot be made: \(reason)")
        }
        for (name, bytes) in document.pictures {
            try AtomicFile.write("\(folderAbove)\(filesName)/\(name)", bytes: bytes)
        }
        try AtomicFile.write(path, bytes: Array(text.utf8))
        StaleFigures.remove(from: folderAbove + filesName, keeping: Set(document.pictures.map(\.name)))
    }

    /// The whole document; gathers the pictures.
    private mutating func text() -> String {
        var parts = ["# \(MarkdownEscape.line(run.title.isEmpty ? "nash" : run.title))\n", facts]
        if !run.data.isEmpty { parts.append(data) }
        for cell in run.cells { parts += self.parts(of: cell) }
        return parts.joined(separator: "\n")
    }

    private var facts: String {
        let time = run.totalTime.isEmpty ? "" : ", \(run.totalTime) in all"
        var lines = ["seed \(run.seed)"]
        if !run.started.isEmpty { lines.insert("run on \(ReportWords.moment(run.started))\(time)", at: 0) }
        if run.isCutOff { lines.append("the record was cut off after these cells") }
        if !run.arguments.isEmpty { lines.append("arguments: \(run.arguments.joined(separator: " "))") }
        if !run.versions.isEmpty {
            lines.append(run.sortedVersions.map { "\($0.name) \($0.version)" }.joined(separator: ", "))
        }
        return lines.map { "- \(MarkdownEscape.line($0))\n" }.joined()
    }

    private var data: String {
        let columns = ["data", "where", "sha256"].map { TableView.Column($0) }
        let rows = run.data.map { [$0.name, $0.path ?? "part of nash", $0.sha256] }
        return MarkdownEscape.table(TableView(columns: columns, rows: rows, rowCount: rows.count))
    }

    private mutating func parts(of cell: CellRecord) -> [String] {
        let title = cell.title.isEmpty ? [] : ["## \(MarkdownEscape.line(cell.title))\n"]
        if cell.status == .text { return title + [cell.source.hasSuffix("\n") ? cell.source : cell.source + "\n"] }
        let facts = "**\\[\(cell.number)\\]** " + cell.facts.joined(separator: " · ") + "\n"
        let source = cell.source.isEmpty ? [] : [MarkdownEscape.fenced(cell.source, language: "nash")]
        let error = cell.error.map { [MarkdownEscape.fenced($0, language: "text")] } ?? []
        return title + [facts] + source + cell.outputs.map { output($0, of: cell.number) } + error
    }

    private mutating func output(_ output: OutputRecord, of cell: Int) -> String {
        if output.kind == .note {
            let lines = MarkdownEscape.lines(output.text)
            return "> **Note:** " + lines.joined(separator: "\n> ") + "\n"
        }
        if let figure = output.figure { return picture(figure, output.caption, of: cell) }
        if let table = output.table { return MarkdownEscape.table(table) }
        return MarkdownEscape.fenced(output.text, language: "text")
    }

    private mutating func picture(_ figure: FigureRecord, _ caption: String, of cell: Int) -> String {
        let caption = MarkdownEscape.line(caption)
        switch FigurePicture(figure, in: run.folder) {
        case .svg(let bytes):
            figureCounts[cell, default: 0] += 1
            let name = FigureName(cell: cell, place: figureCounts[cell] ?? 1).text
            pictures.append((name, bytes))
            return "![\(caption)](\(LinkTarget.component(filesName))/\(name))\n"
        case .missing(let reason):
            return "> **No picture:** \(MarkdownEscape.line(reason)) (\(caption))\n"
        }
    }
}
