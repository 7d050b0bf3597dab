/// The files and folders, by their paths from the root, in which a run saved what derives from a measurement.
struct MeasuredFiles: Sendable {
    private var paths: Set<String> = []

    /// Notes that something was written to a path: what is written again is no longer what it was.
    mutating func note(_ path: String, isMeasured: Bool) {
        if isMeasured { paths.insert(path) } else { paths.remove(path) }
    }

    /// Whether there are measured values in the file or folder, or in a file of that folder.
    func contain(_ path: String) -> Bool {
        paths.contains { $0 == path || path.hasPrefix($0 + "/") || $0.hasPrefix(path + "/") }
    }
}
