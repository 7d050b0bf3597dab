import ArgumentParser
import CTerminal
import Glibc
import Notebook

/// Where a run is recorded: the flags that sessions, scripts and `nash rpc` share.
struct RecordOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Record the run into a folder that holds nothing yet. Sessions and scripts are recorded anyway, in the "
                + "folder of runs.", valueName: "folder"))
    var record: String?

    @Flag(name: .customLong("no-record"), help: "Record nothing.")
    var noRecord = false

    func validate() throws {
        if noRecord, record != nil { throw ValidationError("--record and --no-record exclude each other") }
    }

    /// What records a run; nil where nothing is to be recorded. A record that cannot be written is told on standard
    /// error.
    ///
    /// - Parameters:
    ///   - title: what is run: a script's path, `session`, `rpc`.
    ///   - isByDefault: whether it is recorded, in the folder of runs, where no folder is asked for.
    /// - Throws: `RunError` for a folder that holds something.
    func recorder(
        title: String, seed: Int, arguments: [String] = [], isByDefault: Bool
    ) throws(RunError) -> Recorder? {
        guard !noRecord else { return nil }
        let place: RunPlace
        if let record {
            try RunPlace.check(record)
            place = .folder(record)
        } else {
            guard isByDefault, let runs = RunPlace.runs(environment) else { return nil }
            place = .under(runs)
        }
        return Recorder(place, title: title, seed: seed, arguments: arguments) { message in
            _ = writeAll(message + "\n", to: STDERR_FILENO)
        }
    }
}
