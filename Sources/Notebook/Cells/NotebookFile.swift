import Language

/// A `.nash` file of cells: a script that reads as a notebook, and a notebook that runs as a script.
///
/// A line `#%% Title` begins a cell of code; `#%% [md] Title` one of text, whose lines are comments; `#%% [3] Title`
/// gives a cell of code its number, which else is that of the cell of code before it plus 1. What stands before the
/// first marker is a cell without title if it holds more than comments and blanks. A file that was read prints byte for
/// byte as it was.
public struct NotebookFile: Sendable, Equatable {
    /// In the order of the file.
    public var cells: [NotebookCell]
    /// Comments and blanks before the first marker.
    private let preamble: String

    /// A notebook of cells.
    public init(cells: [NotebookCell]) {
        (self.cells, preamble) = (cells, "")
    }

    /// The cells of a file's text.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - name: what errors call it.
    /// - Throws: ``NotebookError`` for a marker that is not well formed, numbers that do not grow, text that is no
    ///   comment, and a cell of code, followed by another, that ends in the midst of a statement.
    public init(_ text: String, name: String) throws(NotebookError) {
        var reader = NotebookReader(file: name)
        let lines = TextLines.split(text)
        let start = lines.firstIndex(where: CellMarker.begins) ?? lines.count
        let head = lines[..<start].joined()
        let isCode = lines[..<start].contains { !TextLines.isEmpty($0) && !NotebookReader.isComment($0) }
        if isCode || start == lines.count {
            try reader.add(marker: "", body: lines[..<start], at: 0, isLast: start == lines.count)
        }
        preamble = reader.cells.isEmpty ? head : ""
        var place = start
        while place < lines.count {
            let end = lines[(place + 1)...].firstIndex(where: CellMarker.begins) ?? lines.count
            try reader.add(
                marker: lines[place], body: lines[(place + 1)..<end], at: place + 1, isLast: end == lines.count)
            place = end
        }
        cells = reader.cells
    }

    /// Whether a text has cells, rather than being one program.
    public static func hasMarkers(_ text: String) -> Bool {
        CellMarker.begins(text) || text.utf8.contains(UInt8(ascii: "%")) && text.contains("\n#%%")
    }

    /// The file's text.
    public var text: String {
        var text = preamble
        for (index, cell) in cells.enumerated() {
            // A new cell behind another stands apart from it.
            if index > 0, !cell.marker.isEmpty, !text.isEmpty, text.utf8.last != UInt8(ascii: "\n") { text += "\n" }
            text += cell.marker + cell.body
        }
        return text
    }

    /// A file of new cells, with a blank line between one and the next.
    public static func text(of cells: [NotebookCell]) -> String {
        cells.map { $0.marker + $0.body }.joined(separator: "\n")
    }
}

/// Gathers the cells of a file.
private struct NotebookReader {
    let file: String
    var cells: [NotebookCell] = []
    private var number = 0

    init(file: String) { self.file = file }

    static func isComment(_ line: String) -> Bool { TextLines.stripped(line).utf8.first == UInt8(ascii: "#") }

    /// - Parameters:
    ///   - marker: empty for what stands before the first one.
    ///   - body: the lines below it.
    ///   - first: how many lines stand before the body.
    mutating func add(
        marker line: String, body: ArraySlice<String>, at first: Int, isLast: Bool
    ) throws(NotebookError) {
        let file = file
        let marker =
            line.isEmpty
            ? nil
            : try CellMarker(line) { NotebookError(file: file, line: first, $0, help: $1) }
        let raw = body.joined()
        if marker?.bracket == .text {
            let (source, dropped) = try markdown(body, at: first)
            cells.append(
                NotebookCell(
                    .text, title: marker?.title ?? "", number: 0, source: source, line: first + dropped + 1,
                    marker: line, body: raw))
            return
        }
        try count(marker, at: first)
        let (source, dropped) = TextLines.trimmed(raw)
        let cell = NotebookCell(
            .code, title: marker?.title ?? "", number: number, source: source, line: first + dropped + 1, marker: line,
            body: raw)
        if !isLast { try checkEnd(of: cell, from: first, to: first + body.count + 1) }
        cells.append(cell)
    }

    /// Goes on to the number of the next cell of code.
    private mutating func count(_ marker: CellMarker?, at line: Int) throws(NotebookError) {
        guard case .number(let given) = marker?.bracket else {
            number += 1
            return
        }
        guard given > number else {
            throw NotebookError(
                file: file, line: line, "cell \(given) stands behind cell \(number), and the numbers of cells grow",
                help: "write a number above \(number), or leave it out")
        }
        number = given
    }

    private func checkEnd(of cell: NotebookCell, from marker: Int, to next: Int) throws(NotebookError) {
        guard !Parser.isComplete(cell.source) else { return }
        throw NotebookError(
            file: file, line: next,
            "\(cell.name), which begins at line \(max(1, marker)), is not complete: the cell ends at line \(next) where "
                + "the next begins",
            help: "close what is open there, such as a bracket or a string, or go on behind a `|`")
    }

    private func markdown(_ body: ArraySlice<String>, at first: Int) throws(NotebookError) -> (String, Int) {
        var lines: [String] = []
        for (index, line) in body.enumerated() {
            if TextLines.isEmpty(line) {
                lines.append("\n")
                continue
            }
            guard line.utf8.first == UInt8(ascii: "#") else {
                throw NotebookError(
                    file: file, line: first + index + 1,
                    "a line in a cell of text begins with `#`, and this one does not",
                    help: "write `# ` before it, or begin a cell of code with `#%%`")
            }
            let rest = line.utf8.dropFirst()
            lines.append(String(Substring(rest.first == UInt8(ascii: " ") ? rest.dropFirst() : rest)))
        }
        return TextLines.trimmed(lines.joined())
    }
}
