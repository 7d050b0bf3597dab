import ArgumentParser
import CTerminal
import Commands
import Glibc
import Notebook

/// Runs a recorded run again, and compares.
struct ReplayCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Run the cells of a recorded run again.",
        discussion: """
            Cells run in their order, with the numbers, seed and arguments of the record, in a folder of their own with a \
            copy of the data: nothing of the first run is overwritten. With --check results are compared instead of \
            printed. What derives from measurements of this machine is not compared.

            Exit codes: 0 the same, 1 a cell or its data differs, 2 there is no such record.
            """)

    @Argument(help: "The folder of the run, or its name as `nash runs` lists it.") var folder: String
    @Flag(help: "Compare each cell with its record, and name the first that differs.") var check = false

    func carryOut() -> ExitCode {
        do throws(RunError) {
            return try replay(try RunRecord.read(RunListing.folder(folder, in: RunPlace.runs(environment))))
        } catch {
            Self.complain("nash: \(error)")
            return .usage
        }
    }

    @MainActor private func replay(_ run: RunRecord) throws(RunError) -> ExitCode {
        if run.isCutOff { Self.complain("remark: the last cell of the record was cut off, and is left out") }
        let problems = ReplayData.problems(of: run)
        for problem in problems { Self.complain("\(check ? "error" : "remark"): \(problem)") }
        guard !check || problems.isEmpty else { return .failed }
        guard terminal_watch_signals() else {
            Self.complain("nash: cannot watch for signals: \(describe(errno))")
            return .failed
        }
        let place = try ReplayPlace(run)
        setenv("NASH_STORE", place.store, 1)
        guard chdir(place.directory) == 0 else {
            throw RunError(place.directory, "cannot work there: \(describe(errno))")
        }
        if let first = run.firstStudy {
            do {
                try RunFacts.beginStudies(at: first)
            } catch {
                throw RunError(place.store, "\(error)")
            }
        }
        return Replay(run: run, isCheck: check, into: place.run).carryOut()
    }

    static func complain(_ text: String) { _ = writeAll(text + "\n", to: STDERR_FILENO) }
}

/// A run on its way again.
private struct Replay {
    let run: RunRecord
    let isCheck: Bool
    let recorder: Recorder
    let engine: LanguageEngine
    let console: Console
    let presentation: Presentation

    init(run: RunRecord, isCheck: Bool, into folder: String) {
        (self.run, self.isCheck) = (run, isCheck)
        recorder = Recorder(
            .folder(folder), title: run.title, seed: run.seed, arguments: run.arguments, warn: ReplayCommand.complain)
        engine = LanguageEngine(seed: run.seed, arguments: run.arguments, recorder: recorder)
        console = Console(isSilent: isCheck)
        presentation = .current(.table, color: true)
    }

    func carryOut() -> ExitCode {
        let code = runCells()
        for difference in ReplayVersions.differences(run.versions, RunFacts.versions) {
            ReplayCommand.complain("remark: \(difference)")
        }
        return code
    }

    private func runCells() -> ExitCode {
        var compared = 0
        for cell in run.cells where cell.status != .text {
            if cell.status == .cancelled {
                ReplayCommand.complain("remark: \(name(of: cell)) was cancelled, and is left out")
                continue
            }
            guard let outcome = outcome(of: cell) else { return .cancelled }
            if !isCheck { console.complain(outcome.error) }
            guard isCheck, let now = recorder.last else { continue }
            compared += 1
            if let difference = ReplayComparison(cell, now) {
                tell(difference, of: cell)
                return .failed
            }
        }
        if isCheck {
            _ = writeAll("\(compared) \(compared == 1 ? "cell" : "cells"), all the same\n", to: STDOUT_FILENO)
        }
        return .done
    }

    /// How a cell ended now; nil where the user or the system ended it.
    private func outcome(of cell: CellRecord) -> CellOutcome? {
        let evaluation = Evaluation(console: console)
        let program = Cell(
            source: cell.source, name: cell.name, number: cell.number, title: cell.title, line: cell.line)
        evaluation.start(program, on: engine, presentation)
        switch Supervisor(console: console, color: presentation.errorColor).follow(evaluation) {
        case .finished(let outcome): return outcome.status == .cancelled ? nil : outcome
        case .abandoned: return nil
        case .ending(let code): _exit(code.rawValue)
        }
    }

    private func tell(_ difference: ReplayComparison, of cell: CellRecord) {
        var lines = ["error: \(name(of: cell)) differs from its record: \(difference.message)"]
        if !difference.old.isEmpty || !difference.new.isEmpty {
            lines += ["  old: \(difference.old)", "  new: \(difference.new)"]
        }
        ReplayCommand.complain(lines.joined(separator: "\n"))
    }

    private func name(of cell: CellRecord) -> String {
        "cell \(cell.number)" + (cell.title.isEmpty ? "" : " `\(cell.title)`")
    }
}
