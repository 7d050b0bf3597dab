/// A table as a piece of HTML: a box that scrolls by itself, headings that stay in sight, numbers to the right.
public enum TableHTML {
    /// Where its looks come from.
    public enum Look: Sendable {
        /// From `style` attributes, for pages that are not ours: Jupyter's. Colours are those of the page, so that it
        /// reads in light and dark.
        case inline
        /// From the page's style sheet, which knows the classes of ``PaperFit``, `n` (a number), `none`, `long` and
        /// `remark`.
        case classes
    }

    /// The table, with what is to be said of rows that are not shown.
    public static func text(_ view: TableView, _ look: Look = .inline) -> String {
        guard !view.columns.isEmpty else { return remark("a table without columns", look) }
        let box =
            look == .inline ? "style=\"\(InlineStyle.box)\"" : "class=\"\(PaperFit(view).classes)\" tabindex=\"0\""
        let table = look == .inline ? "<table style=\"\(InlineStyle.table)\">" : "<table>"
        var html = "<div \(box)>" + table + "<thead><tr>"
        for column in view.columns { html += heading(column, look) }
        html += "</tr></thead><tbody>\n"
        let numeric = view.columns.map(\.isNumeric)
        for row in view.rows {
            html += "<tr>"
            for (cell, isNumeric) in zip(row, numeric) { html += data(cell, isNumeric, look) }
            html += "</tr>\n"
        }
        html += "</tbody></table></div>"
        let rest = view.rowCount == 0 ? "no rows" : view.remark
        return html + (rest.map { "\n" + remark($0, look) } ?? "")
    }

    private static func heading(_ column: TableView.Column, _ look: Look) -> String {
        let name = HTMLText.escaped(VisibleText.line(column.name))
        let unit = column.unit.map { HTMLText.escaped(VisibleText.line($0)) }
        switch look {
        case .inline:
            let style = InlineStyle.heading + (column.isNumeric ? "text-align:right" : "text-align:left")
            let faint = unit.map { " <span style=\"\(InlineStyle.unit)\">\($0)</span>" } ?? ""
            return "<th scope=\"col\" style=\"\(style)\">\(name)\(faint)</th>"
        case .classes:
            let faint = unit.map { " <span>\($0)</span>" } ?? ""
            let parts = breakable(name, after: "_")
            return "<th scope=\"col\"\(column.isNumeric ? " class=\"n\"" : "")>\(parts)\(faint)</th>"
        }
    }

    private static func data(_ cell: String, _ isNumeric: Bool, _ look: Look) -> String {
        let kind = CellKind(cell, isNumeric)
        let attribute =
            look == .inline ? " style=\"\(kind.style)\"" : kind.rawValue.isEmpty ? "" : " class=\"\(kind.rawValue)\""
        let text = HTMLText.escaped(VisibleText.line(cell))
        return "<td\(attribute)>\(kind == .long ? breakable(text, after: "|/,") : text)</td>"
    }

    /// With places to break after the marks that join the parts of architectures, paths and lists, or of names.
    private static func breakable(_ html: String, after marks: String) -> String {
        var text: [UInt8] = []
        for byte in html.utf8 {
            text.append(byte)
            if marks.utf8.contains(byte) { text += "<wbr>".utf8 }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func remark(_ text: String, _ look: Look) -> String {
        let attribute = look == .inline ? "style=\"\(InlineStyle.remark)\"" : "class=\"remark\""
        return "<p \(attribute)>\(HTMLText.escaped(text))</p>"
    }
}

/// What a cell looks like; the raw value is its class.
private enum CellKind: String {
    case word = ""
    /// A text of more than a line, which may break.
    case long
    case number = "n"
    /// What is no number among numbers.
    case missing = "n none"

    init(_ cell: String, _ isNumeric: Bool) {
        self = isNumeric ? cell == "none" ? .missing : .number : cell.utf8.count > 48 ? .long : .word
    }

    var style: String {
        switch self {
        case .word: InlineStyle.word
        case .long: InlineStyle.long
        case .number: InlineStyle.number
        case .missing: InlineStyle.missing
        }
    }
}

/// The looks of a table in a page that is not ours.
private enum InlineStyle {
    static let box = "overflow:auto;max-width:100%;max-height:36em;margin:0.3em 0"
    static let table = "border-collapse:collapse;margin:0;font-variant-numeric:tabular-nums"
    /// The paper's colour under the headings, as JupyterLab or VS Code calls it; else the browser's.
    static let heading =
        "position:sticky;top:0;padding:0.3em 0.8em;white-space:nowrap;vertical-align:bottom;"
        + "background:var(--jp-layout-color0,var(--vscode-editor-background,Canvas));"
        + "box-shadow:inset 0 -1px currentColor;"
    static let unit = "font-weight:normal;opacity:0.65"
    static let word = "padding:0.2em 0.8em;text-align:left;white-space:nowrap"
    static let long = "padding:0.2em 0.8em;text-align:left;white-space:normal;overflow-wrap:anywhere;min-width:22em"
    static let number = "padding:0.2em 0.8em;text-align:right;white-space:nowrap"
    static let missing = number + ";opacity:0.5"
    static let remark = "margin:0.2em 0.8em;opacity:0.65"
}
