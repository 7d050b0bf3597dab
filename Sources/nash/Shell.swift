import CTerminal
import Commands
import Glibc
import Language
import Notebook

/// The session at a terminal: read a cell, run it, print, and again.
@MainActor final class Shell {
    let engine: any Engine
    /// What records the session; nil where it is not recorded.
    let recorder: Recorder?
    let console = Console()
    /// The cells of the session.
    private(set) var notebook = SessionNotebook()
    /// How values print.
    var format: OutputFormat
    /// Whether each cell's time is told.
    var timesCells = false
    /// Set by `:quit`.
    var isDone = false

    private let allowsColor: Bool
    private var history: History
    private var number = 1
    private var lastTime: Duration?
    private var hasLooseCell = false
    /// Set where a signal asked the program to end while a command ran cells.
    private var ending: ExitCode?

    init(engine: any Engine, recorder: Recorder? = nil, format: OutputFormat, color: Bool) {
        self.engine = engine
        self.recorder = recorder
        self.format = format
        allowsColor = color
        let console = console
        history = History(path: History.defaultPath) { console.complain($0) }
    }

    /// How results print now.
    var presentation: Presentation { .current(format, color: allowsColor) }

    /// Reads and runs cells until the user leaves or a signal ends the program.
    func run() -> ExitCode {
        LineReader.shared.start { [engine] cell, offset in
            cell.hasPrefix(":")
                ? SessionCommand.completions(of: cell, at: offset) : engine.completions(of: cell, at: offset)
        }
        history.load()
        greet()
        while !isDone {
            switch readCell() {
            case .line(let cell):
                if let code = take(cell) { return leave(code) }
            case .interrupted: continue
            case .end:
                isDone = true
                console.print("\n")
            case .ending(let code):
                console.print("\n")
                return leave(code)
            }
        }
        return leave(.done)
    }

    /// One line for those who do not know what to type, where it is not written into a file.
    private func greet() {
        guard isatty(STDOUT_FILENO) == 1 else { return }
        console.print("nash \(NashVersion.text): `help` lists the words, Ctrl-D leaves\n")
    }

    /// A thread that still runs an abandoned cell must not meet the program's tear-down.
    private func leave(_ code: ExitCode) -> ExitCode {
        recorder?.finish()
        if hasLooseCell { _exit(code.rawValue) }
        return code
    }

    func tellTime() {
        console.print(lastTime.map { "\(format($0))\n" } ?? "no cell has run yet\n")
    }

    private func format(_ duration: Duration) -> String {
        let (seconds, fraction) = duration.components
        if seconds >= 60 { return ProgressBar.clock(duration) }
        let milliseconds = Double(seconds) * 1e3 + Double(fraction) * 1e-15
        let digits = { (x: Double) in "\((x * 100).rounded() / 100)" }
        return milliseconds >= 1000 ? "\(digits(milliseconds / 1000)) s" : "\(digits(milliseconds)) ms"
    }
}

extension Shell {
    /// Reads lines until they make a whole cell. Ctrl-C, or Ctrl-D at a later line, gives it up.
    private func readCell() -> LineReader.Answer {
        var cell = ""
        while true {
            let answer = LineReader.shared.read(prompt(isFirst: cell.isEmpty), after: cell)
            switch answer {
            case .line(let text) where isWhole(text): return answer
            case .line(let text): cell = text + "\n"
            case .end where !cell.isEmpty:
                console.print("\n")
                return .interrupted
            default: return answer
            }
        }
    }

    private func isWhole(_ cell: String) -> Bool {
        cell.hasPrefix(":") || cell.hasPrefix("?") || isBlank(cell) || engine.isComplete(cell)
    }

    private func isBlank(_ cell: String) -> Bool {
        cell.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\t") }
    }

    /// `\u{1}` and `\u{2}` tell readline what takes no room on the screen.
    private func prompt(isFirst: Bool) -> String {
        let name = "nash[\(number)]"
        let text = isFirst ? name + "> " : String(repeating: " ", count: name.count - 3) + "...> "
        guard presentation.color else { return text }
        return "\u{1}\u{1b}[\(isFirst ? "32" : "2")m\u{2}\(text)\u{1}\u{1b}[0m\u{2}"
    }

    /// Carries out what was typed; returns a code when the program is to end.
    private func take(_ cell: String) -> ExitCode? {
        guard !isBlank(cell) else { return nil }
        history.add(cell)
        guard cell.hasPrefix(":") else {
            _ = evaluate(Cell(source: LanguageEngine.question(cell), name: "cell \(number)", number: number))
            return ending
        }
        do {
            let (command, argument) = try SessionCommand.parse(cell)
            try command.run(self, argument)
        } catch {
            console.complain("error: \(error)")
        }
        return ending
    }

    /// Runs a cell and notes how it ended; whether it ran well.
    private func evaluate(_ cell: Cell) -> Bool {
        let presentation = presentation
        let evaluation = Evaluation(console: console)
        let start = ContinuousClock.now
        evaluation.start(cell, on: engine, presentation)
        let ending = Supervisor(console: console, color: presentation.errorColor).follow(evaluation)
        lastTime = start.duration(to: .now)
        console.endLine()
        switch ending {
        case .finished(let outcome): finish(outcome)
        case .abandoned:
            hasLooseCell = true
            console.complain("left to itself: what it still prints is dropped")
        case .ending(let code):
            hasLooseCell = evaluation.outcome == nil
            self.ending = code
            return false
        }
        let status = evaluation.outcome?.status ?? .cancelled
        notebook.note(cell, .init(status), output: evaluation.printed)
        number = notebook.nextNumber
        return status == .done
    }

    private func finish(_ outcome: CellOutcome) {
        console.complain(outcome.error.isEmpty && outcome.status == .cancelled ? "cancelled" : outcome.error)
        if timesCells { tellTime() }
    }
}

// What the commands of the notebook do.
extension Shell {
    /// Writes the session to a file; returns where it went.
    func save(to path: String) throws -> String {
        let place = Files.expandTilde(path)
        do {
            try notebook.save(to: place, recordedIn: recorder?.folder)
        } catch let error as ReadingError {
            throw SessionError.file("\(error.place): \(error.message)")
        }
        return place
    }

    /// Takes the cells of a file for those of the session; none of them runs.
    func openNotebook(_ path: String) throws {
        guard !path.isEmpty else { throw SessionError.file("`:open` needs the name of a file") }
        notebook = try SessionNotebook.open(path)
        number = notebook.nextNumber
        let count = notebook.entries.count
        console.print("opened \(path): \(count) \(count == 1 ? "cell" : "cells"); `:run` runs them\n")
    }

    /// Runs the cells that an argument names, in order, up to the first that does not run well.
    func runCells(_ argument: String) throws {
        for cell in notebook.cells(try notebook.numbers(argument, for: "run")) where !cell.source.isEmpty {
            guard evaluate(cell) else { return }
        }
    }

    /// Lets the user edit the cell that an argument names, and runs it.
    func editCell(_ argument: String) throws {
        let numbers = try notebook.numbers(argument, for: "edit")
        guard !argument.isEmpty, numbers.count == 1, var cell = notebook.cells(numbers).first else {
            throw SessionError.value("edit", argument, ["the number of a cell, such as 3"])
        }
        let text = try Editor.edit(cell.source)
        if text != cell.source {
            // Its lines are no longer those of the file.
            (cell.source, cell.name, cell.line) = (text, "cell \(cell.number)", 1)
        }
        if !isBlank(cell.source) { _ = evaluate(cell) }
    }

    /// Says where the session is recorded.
    func tellRecord() {
        let place = recorder.map {
            $0.folder.map { "recorded in \($0)" } ?? "nothing is recorded before a cell has run"
        }
        console.print((place ?? "this session is not recorded") + "\n")
    }
}
