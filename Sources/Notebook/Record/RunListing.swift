import Glibc
public import Language

/// The runs that are recorded in a folder of runs.
public enum RunListing {
    /// One row a run, the newest first: `folder` (its name, which tells when it began), `cells`, `state` (`running`,
    /// `finished`, or `interrupted` for one that was ended from outside) and `title`. What is no run of a form known
    /// here is left out.
    public static func table(of runs: String) -> Table { table(found(in: runs)) }

    /// The headers of the runs in a folder of runs, the newest first.
    static func found(in runs: String) -> [RunRecord] {
        (DataFiles.names(in: runs) ?? []).reversed().compactMap { try? RunRecord.header(of: "\(runs)/\($0)") }
            .sorted { $0.started > $1.started }
    }

    static func table(_ runs: [RunRecord]) -> Table {
        Table([
            Column("folder", .strings(runs.map { String($0.folder.split(separator: "/").last ?? "") })),
            Column("cells", .ints(runs.map { RunRecord.countCells(of: $0.folder) })),
            Column("state", .strings(runs.map(state))),
            Column("title", .strings(runs.map(\.title))),
        ])
    }

    private static func state(_ run: RunRecord) -> String {
        if run.ended != nil { return "finished" }
        return RunRecord.isRunning(run.folder) ? "running" : "interrupted"
    }
}

extension RunListing {
    /// The folder of a run that is given by its path or, as the list has it, by its name in the folder of runs.
    public static func folder(_ given: String, in runs: String?) -> String {
        guard let runs, !given.contains("/"), access(given, F_OK) != 0, access("\(runs)/\(given)", F_OK) == 0 else {
            return given
        }
        return "\(runs)/\(given)"
    }
}

extension RunRecord {
    /// Whether the process that records into a folder still lives.
    public static func isRunning(_ folder: String) -> Bool {
        let descriptor = open("\(folder)/\(RunFile.cells)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    /// How many whole lines there are in the cells of a folder.
    static func countCells(of folder: String) -> Int {
        let bytes = (try? FileBytes.read("\(folder)/\(RunFile.cells)")) ?? []
        return bytes.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    }
}
