import ArgumentParser
import Glibc
import Language
import Notebook

/// Lists the runs that were recorded, and removes old ones.
struct RunsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List the recorded runs, the newest first.",
        discussion: """
            Runs lie in $NASH_RUNS, else in nash/runs of the user's data folder. A run that neither ended nor goes on was \
            interrupted.

            --keep removes old runs for good, and lists those that it removed. Runs that go on are neither counted nor \
            removed, and a folder that holds anything besides a record is left as it is.
            """)

    @Flag(exclusivity: .exclusive) var format: OutputFormat?
    @ArgumentParser.Option(
        help: ArgumentHelp("Remove all but the newest n runs that have ended or were interrupted.", valueName: "n"))
    var keep: UInt?

    func carryOut() -> ExitCode {
        guard let folder = RunPlace.runs(environment) else {
            _ = writeAll("nash: nothing is recorded: NASH_RUNS is empty\n", to: STDERR_FILENO)
            return .failed
        }
        guard let keep else { return show(RunListing.table(of: folder)) }
        let pruning = RunPruning(folder, keeping: Int(clamping: keep))
        for problem in pruning.problems { _ = writeAll("nash: \(problem)\n", to: STDERR_FILENO) }
        let count = pruning.removed.rowCount
        _ = writeAll("removed \(count) \(count == 1 ? "run" : "runs")\n", to: STDERR_FILENO)
        let code = count > 0 ? show(pruning.removed) : .done
        return pruning.problems.isEmpty ? code : .failed
    }

    private func show(_ table: Table) -> ExitCode {
        let presentation = Presentation.current(format ?? .table, color: true)
        let text = ResultPrinter(presentation: presentation).text(of: .table(table))
        return writeAll(text, to: STDOUT_FILENO) == nil ? .done : .failed
    }
}
