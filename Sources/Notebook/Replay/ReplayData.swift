/// Whether the data of a run are still what they were.
public enum ReplayData {
    /// What has gone or changed, in a line each.
    public static func problems(of run: RunRecord) -> [String] {
        var files = DataFiles()
        var told: Set<DataRecord> = []
        return run.cells.flatMap { cell in
            cell.data.compactMap { data in
                guard let path = data.path, told.insert(data).inserted else { return nil }
                let what = "\(data.name), which cell \(cell.number) read,"
                guard let hash = files.hash(path) else { return "\(what) has gone: it was \(path)" }
                return hash == data.sha256
                    ? nil : "\(what) has changed: its SHA-256 is \(hash), and was \(data.sha256)"
            }
        }
    }
}

/// What this program runs on, against what a run was recorded with.
public enum ReplayVersions {
    /// What differs, in a line each; what only one of them knows does not count.
    public static func differences(_ recorded: [String: String], _ current: [String: String]) -> [String] {
        recorded.sorted { $0.key < $1.key }.compactMap { name, version in
            guard let now = current[name], now != version else { return nil }
            return "\(name) was \(version), and is \(now)"
        }
    }
}
