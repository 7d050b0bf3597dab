import Language
import Notebook

/// The cells of a session: those that were typed, and those of a file that was opened.
struct SessionNotebook {
    /// How a cell stands.
    enum State: String {
        case text = "text"
        case notRun = "not run"
        case done, failed, rejected, cancelled

        init(_ status: CellOutcome.Status) {
            switch status {
            case .done: self = .done
            case .failed: self = .failed
            case .rejected: self = .rejected
            case .cancelled: self = .cancelled
            }
        }
    }

    /// A cell, and what it printed when it ran last.
    struct Entry {
        /// As it runs; of a cell of text, the Markdown.
        var cell: Cell
        var state: State
        /// Whether a file was read that has it, so that it is kept whatever becomes of it.
        var isFromFile = false
        var output = ""
    }

    private(set) var entries: [Entry] = []

    /// The number of the next cell to be typed.
    var nextNumber: Int { (entries.map(\.cell.number).max() ?? 0) + 1 }

    /// The cells of code whose numbers lie in a range, in order.
    func cells(_ numbers: ClosedRange<Int>) -> [Cell] {
        entries.filter { $0.state != .text && numbers.contains($0.cell.number) }.map(\.cell)
    }

    /// Notes how a cell ended: a new one at the end, or one of a number that is there in its place.
    mutating func note(_ cell: Cell, _ state: State, output: String) {
        var entry = Entry(cell: cell, state: state, output: output)
        if let place = entries.firstIndex(where: { $0.cell.number == cell.number && $0.state != .text }) {
            entry.isFromFile = entries[place].isFromFile
            entries[place] = entry
        } else {
            entries.append(entry)
        }
    }
}

// Files.
extension SessionNotebook {
    /// The notebook in a file, of which nothing has run.
    ///
    /// - Throws: `FileError` or ``NotebookError``.
    static func open(_ path: String) throws -> SessionNotebook {
        let place = Files.expandTilde(path)
        let text: String
        do throws(Batch.ReadError) {
            text = try Batch.script(at: place).source
        } catch {
            throw SessionError.file(error.message)
        }
        let file = try NotebookFile(text, name: place)
        let entries = file.cells.map { cell in
            Entry(cell: Cell(cell, of: place), state: cell.kind == .text ? .text : .notRun, isFromFile: true)
        }
        return SessionNotebook(entries: entries)
    }

    /// Writes the notebook to `path`, in the form that its ending says.
    ///
    /// - Parameter folder: where the session is recorded; without a record there is Markdown of what was printed, and
    ///   no other document.
    func save(to path: String, recordedIn folder: String?) throws {
        if path.hasSuffix(".nash") { return try Files.replace(path, with: Array(script.utf8)) }
        guard let form = Export.Form(path: path) else { throw SessionError.ending(path) }
        if let folder { return try Export.write(run(RunRecord.read(folder).lastRuns), to: path) }
        guard form == .markdown else { throw SessionError.notRecorded(path) }
        try Files.replace(path, with: Array(markdown.utf8))
    }

    /// The record of a session, of each cell its last run, with the notebook's cells in their order.
    private func run(_ record: RunRecord) -> RunRecord {
        var run = record
        run.cells = entries.compactMap { entry in
            if entry.state == .text {
                return CellRecord(
                    number: 0, title: entry.cell.title, source: entry.cell.source, status: .text,
                    started: record.started, seed: record.seed, name: entry.cell.name, line: entry.cell.line)
            }
            return record.cells.first { $0.number == entry.cell.number && $0.source == entry.cell.source }
        }
        return run
    }

    /// A file of the cells that ran well and of those of the file that was opened.
    ///
    /// Where a cell is left out the next marker has its cell's number, so that seeds derive as they did.
    var script: String {
        var previous = 0
        var cells: [NotebookCell] = []
        for entry in entries where entry.isFromFile || entry.state == .done {
            if entry.state == .text {
                cells.append(NotebookCell(text: entry.cell.source, title: entry.cell.title))
            } else {
                cells.append(
                    NotebookCell(
                        code: entry.cell.source, title: entry.cell.title, number: entry.cell.number, after: previous))
                previous = entry.cell.number
            }
        }
        return NotebookFile.text(of: cells)
    }

    /// Every cell with what it printed.
    var markdown: String {
        entries.map { entry in
            let title = entry.cell.title.isEmpty ? "" : "## \(entry.cell.title)\n\n"
            if entry.state == .text { return title + entry.cell.source + "\n" }
            let source = title + Self.fence("nash", entry.cell.source)
            return entry.output.isEmpty ? source : source + "\n" + Self.fence("text", Self.plain(entry.output))
        }.joined(separator: "\n")
    }

    /// The text without the terminal's colours.
    private static func plain(_ text: String) -> String {
        var plain = ""
        var isSequence = false
        for scalar in text.unicodeScalars {
            if scalar == "\u{1b}" { isSequence = true }
            if !isSequence { plain.unicodeScalars.append(scalar) }
            if isSequence, scalar.properties.isAlphabetic { isSequence = false }
        }
        return plain
    }

    /// A fence longer than any run of backticks within.
    private static func fence(_ language: String, _ text: String) -> String {
        var (longest, run) = (2, 0)
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let ticks = String(repeating: "`", count: longest + 1)
        return "\(ticks)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(ticks)\n"
    }
}

// Listing and choosing.
extension SessionNotebook {
    /// A line for each cell: its number, its title or first line, and how it stands.
    func listing(width: Int) -> String {
        guard !entries.isEmpty else { return "there are no cells yet\n" }
        let numbers = entries.map { $0.state == .text ? "" : "\($0.cell.number)" }
        let column = numbers.map(\.count).max() ?? 0
        let states = entries.map(\.state.rawValue.count).max() ?? 0
        return zip(numbers, entries).map { number, entry in
            let state = entry.state.rawValue + String(repeating: " ", count: states - entry.state.rawValue.count)
            let head = String(repeating: " ", count: column - number.count) + "\(number)  \(state)  "
            return head + Self.shortened(Self.heading(of: entry.cell), to: max(8, width - head.count - 1)) + "\n"
        }.joined()
    }

    private static func heading(of cell: Cell) -> String {
        if !cell.title.isEmpty { return cell.title }
        return cell.source.split(separator: "\n").first.map(String.init) ?? ""
    }

    private static func shortened(_ text: String, to columns: Int) -> String {
        text.count <= columns ? text : text.prefix(columns - 1) + "…"
    }

    /// The numbers that an argument names: `3`, `2..4`, or nothing for all.
    ///
    /// - Throws: `SessionError` where it names none that is there.
    func numbers(_ argument: String, for command: String) throws -> ClosedRange<Int> {
        let all = entries.filter { $0.state != .text }.map(\.cell.number)
        guard let first = all.min(), let last = all.max() else { throw SessionError.noCells }
        if argument.isEmpty { return first...last }
        let ends = argument.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1], low <= high else {
            throw SessionError.value(command, argument, ["a number such as 3", "a range such as 2..4"])
        }
        guard all.contains(where: (low...high).contains) else { throw SessionError.noCell(argument) }
        return low...high
    }
}
