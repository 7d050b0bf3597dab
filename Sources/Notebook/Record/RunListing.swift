import Glibc
public import Language

/// The runs that are recorded in a folder of runs.
public enum RunListing {
    /// One row a run, the newest first: `folder`, `title`, `started`, `cells` and `state`: `running`, `finished`, or
    /// `interrupted` for one that was ended from outside. What is no run of a form known here is left out.
    public static func table(of runs: String) -> Table {
        let folders = (DataFiles.names(in: runs) ?? []).reversed().map { "\(runs)/\($0)" }
        let found = folders.compactMap { try? RunRecord.header(of: $0) }
        return Table([
            Column("folder", .strings(found.map(\.folder))), Column("title", .strings(found.map(\.title))),
            Column("started", .strings(found.map(\.started))),
            Column("cells", .ints(found.map { RunRecord.countCells(of: $0.folder) })),
            Column("state", .strings(found.map(state))),
        ])
    }

    private static func state(_ run: RunRecord) -> String {
        if run.ended != nil { return "finished" }
        return RunRecord.isRunning(run.folder) ? "running" : "interrupted"
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
