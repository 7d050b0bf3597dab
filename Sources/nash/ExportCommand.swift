import ArgumentParser
import CTerminal
import Glibc
import Notebook

/// Makes a document of a recorded run.
struct ExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a recorded run as a document.",
        discussion: """
            The ending of the file's name chooses the form: .html is a report in one file, .md is Markdown with its \
            figures in a folder beside it, .ipynb is a notebook for Jupyter. A file of the name is replaced, whole or not \
            at all. A cell that was run several times is shown as it ran last.

            Exit codes: 0 written, 1 it could not be written, 2 there is no such record.
            """)

    @Argument(help: "The folder of the run, or its name as `nash runs` lists it.") var run: String
    @Argument(help: "The file to write: report.html, report.md, report.ipynb.") var file: String
    @Flag(help: "Show every run of each cell, in the order of time.") var all = false

    func carryOut() -> ExitCode {
        let record: RunRecord
        do throws(RunError) {
            record = try RunRecord.read(RunListing.folder(run, in: RunPlace.runs(environment)))
        } catch {
            ReplayCommand.complain("nash: \(error)")
            return .usage
        }
        if record.isCutOff {
            ReplayCommand.complain("remark: the last cell of the record was cut off, and is left out")
        }
        do {
            try Export.write(all ? record : record.lastRuns, to: file)
            _ = writeAll("saved \(file)\n", to: STDERR_FILENO)
            return .done
        } catch {
            ReplayCommand.complain("nash: \(error)")
            return .failed
        }
    }
}
