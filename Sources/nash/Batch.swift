import CTerminal
import Glibc
import Notebook

/// A whole program from a file, the command line or standard input.
struct Batch {
    /// A program that cannot be read.
    struct ReadError: Error {
        var message: String
        var code: ExitCode
    }

    let engine: any Engine
    let recorder: Recorder?
    let presentation: Presentation
    private let console = Console()

    init(engine: any Engine, recorder: Recorder? = nil, presentation: Presentation) {
        (self.engine, self.recorder, self.presentation) = (engine, recorder, presentation)
    }

    /// Runs `program` to its end or its first error; cell by cell where it has cells.
    func run(_ program: Cell) -> ExitCode {
        defer { recorder?.finish() }
        guard NotebookFile.hasMarkers(program.source) else { return ExitCode(status(of: program)) }
        do throws(NotebookError) {
            return run(try NotebookFile(program.source, name: program.name), name: program.name)
        } catch {
            let printer = ResultPrinter(presentation: presentation)
            console.complain(printer.text(of: error.diagnostic(in: program.source)))
            return .rejected
        }
    }

    /// Checks all cells, then runs one after the other.
    private func run(_ file: NotebookFile, name: String) -> ExitCode {
        let programs = file.cells.filter { $0.kind == .code }.map { Cell($0, of: name) }
        if let outcome = engine.check(programs, presentation) {
            console.complain(outcome.error)
            return ExitCode(outcome.status)
        }
        var hasRun = false
        for cell in file.cells where !cell.source.isEmpty {
            guard cell.kind == .code else {
                recorder?.add(text: cell.source, title: cell.title, name: name, line: cell.line)
                continue
            }
            let status = status(of: Cell(cell, of: name))
            // What was rejected only now, with values at hand, failed: others have run.
            if status != .done { return ExitCode(status == .rejected && hasRun ? .failed : status) }
            hasRun = true
        }
        return .done
    }

    /// Runs a cell; how it ended.
    private func status(of cell: Cell) -> CellOutcome.Status {
        let evaluation = Evaluation(console: console)
        evaluation.start(cell, on: engine, presentation)
        switch Supervisor(console: console, color: presentation.errorColor).follow(evaluation) {
        case .finished(let outcome):
            console.complain(outcome.error)
            return outcome.status
        case .abandoned: _exit(ExitCode.cancelled.rawValue)
        case .ending(let code): _exit(code.rawValue)
        }
    }

    /// The script at `path`. A first line `#! …` is a comment of the language.
    static func script(at path: String) throws(ReadError) -> Cell {
        try program(named: path) { () throws(FileError) in try Files.read(path) }
    }

    /// What comes in on standard input, up to its end.
    static func standardInput() throws(ReadError) -> Cell {
        let name = "<stdin>"
        return try program(named: name) { () throws(FileError) in try Files.read(STDIN_FILENO, name) }
    }

    private static func program(
        named name: String, read: () throws(FileError) -> [UInt8]
    ) throws(ReadError) -> Cell {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try read()
        } catch {
            throw ReadError(message: "\(error)", code: .usage)
        }
        return Cell(source: try text(of: bytes, name: name), name: name, number: 1)
    }

    private static func text(of bytes: [UInt8], name: String) throws(ReadError) -> String {
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        throw ReadError(message: "\(name): line \(line + 1) is not UTF-8 text", code: .rejected)
    }
}
