/// A run as one page of HTML that needs nothing else: no script, no font, no picture from elsewhere.
///
/// The page's policy forbids all that, whatever should stand in it in spite of all escaping.
struct ReportPage {
    private let run: RunRecord
    private let title: String
    private let cells: [ReportCell]

    /// A page of a record; its figures are read when it is written.
    init(_ run: RunRecord) {
        self.run = run
        title = run.title.isEmpty ? "nash" : run.title
        cells = run.cells.enumerated().map { ReportCell($0.element, place: $0.offset + 1, folder: run.folder) }
    }

    /// Gives the page to `write`, piece by piece.
    func write(_ write: (String) throws -> Void) rethrows {
        let contents = contents
        try write(head)
        try write("<body\(contents.isEmpty ? "" : " class=\"wide\"")>\n")
        try write(header + contents + "<main>\n")
        for cell in cells { try write(cell.html) }
        try write(footer + "</main>\n</body>\n</html>\n")
    }

    private var head: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="nash">
        <title>\(HTMLText.escaped(VisibleText.line(title)))</title>
        <style>
        \(ReportStyle.text)
        </style>
        </head>

        """
    }

    /// The table of contents, where there are titles.
    private var contents: String {
        let entries = cells.flatMap(\.entries)
        guard entries.count > 1 else { return "" }
        let items = entries.map { entry in
            let mark = entry.isFailed ? "<span class=\"mark\" title=\"failed\">✗</span> " : ""
            let level = entry.level > 1 ? " class=\"sub\"" : ""
            return "<li\(level)>\(mark)<a href=\"#\(entry.id)\">\(entry.title)</a></li>\n"
        }
        return "<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ol>\n\(items.joined())</ol>\n</nav>\n"
    }

    private var header: String {
        "<header>\n<h1>\(HTMLText.escaped(VisibleText.line(title)))</h1>\n\(facts)\(data)</header>\n"
    }

    private var facts: String {
        let count = run.cells.count { $0.status != .text }
        let failed = run.cells.count { [.failed, .rejected, .cancelled].contains($0.status) }
        let cells = "\(count)" + (failed > 0 ? ", \(failed) without success" : "")
        var facts = [("run", ReportWords.moment(run.started)), ("cells", cells), ("time", run.totalTime)]
        if run.isCutOff { facts.append(("record", "cut off after these cells")) }
        facts.append(("seed", String(run.seed)))
        if !run.arguments.isEmpty { facts.append(("arguments", run.arguments.joined(separator: " "))) }
        facts += run.sortedVersions
        let items = facts.filter { !$0.1.isEmpty }.map { name, text in
            "<div><dt>\(HTMLText.escaped(VisibleText.line(name)))</dt>"
                + "<dd>\(HTMLText.escaped(VisibleText.line(text)))</dd></div>\n"
        }
        return "<dl class=\"facts\">\n\(items.joined())</dl>\n"
    }

    /// What was read, with the beginning of its hash; the whole is shown where the pointer rests.
    private var data: String {
        let data = run.data
        guard !data.isEmpty else { return "" }
        let rows = data.map { data in
            let path = data.path.map { HTMLText.escaped(VisibleText.line($0)) } ?? "<span>part of nash</span>"
            let hash = HTMLText.escaped(VisibleText.line(data.sha256))
            let short = HTMLText.escaped(VisibleText.line(String(data.sha256.unicodeScalars.prefix(12))))
            return "<tr><td>\(HTMLText.escaped(VisibleText.line(data.name)))</td><td>\(path)</td>"
                + "<td><code title=\"\(hash)\">\(short)</code></td></tr>\n"
        }
        return "<div class=\"table data\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">data</th>"
            + "<th scope=\"col\">where</th><th scope=\"col\">sha256</th></tr></thead><tbody>\n"
            + rows.joined() + "</tbody></table></div>\n"
    }

    private var footer: String {
        let version = run.versions["nash"].map { " " + HTMLText.escaped(VisibleText.line($0)) } ?? ""
        return "<footer>Recorded with nash\(version). The seeds and the data’s hashes are those of this run.</footer>\n"
    }
}
