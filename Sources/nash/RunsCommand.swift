import ArgumentParser
import Glibc
import Language
import Notebook

/// Lists the runs that were recorded.
struct RunsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List the recorded runs, the newest first.",
        discussion: """
            Runs lie in $NASH_RUNS, else in nash/runs of the user's data folder. A run that neither ended nor goes on was \
            interrupted.
            """)

    @Flag(exclusivity: .exclusive) var format: OutputFormat?

    func carryOut() -> ExitCode {
        guard let folder = RunPlace.runs(environment) else {
            _ = writeAll("nash: nothing is recorded: NASH_RUNS is empty\n", to: STDERR_FILENO)
            return .failed
        }
        let presentation = Presentation.current(format ?? .table, color: true)
        let text = ResultPrinter(presentation: presentation).text(of: .table(RunListing.table(of: folder)))
        return writeAll(text, to: STDOUT_FILENO) == nil ? .done : .failed
    }
}
