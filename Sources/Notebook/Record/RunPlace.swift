import Glibc

/// Where a run is recorded.
public enum RunPlace: Sendable, Equatable {
    /// In a new folder of this one, named by time and title.
    case under(String)
    /// In this folder, which must hold nothing yet.
    case folder(String)

    /// The folder of all runs: `$NASH_RUNS`, which turns recording off where it is empty, else `nash/runs` in the user's
    /// data folder.
    ///
    /// - Parameter environment: the value of a variable, nil where it is not set.
    /// - Returns: nil where nothing is to be recorded.
    public static func runs(_ environment: (String) -> String?) -> String? {
        if let chosen = environment("NASH_RUNS") { return chosen.isEmpty ? nil : chosen }
        // The XDG Base Directory Specification: a path that is not absolute counts as none.
        if let data = environment("XDG_DATA_HOME"), data.hasPrefix("/") { return "\(data)/nash/runs" }
        return environment("HOME").flatMap { $0.isEmpty ? nil : "\($0)/.local/share/nash/runs" }
    }

    /// Makes the folder, for its owner alone.
    ///
    /// - Returns: its path from the root.
    func make(title: String, at time: RunClock) throws(RunError) -> String {
        switch self {
        case .folder(let path):
            try Self.check(path)
            try Self.makeFolder(path, withParents: true)
            return Self.absolute(path)
        case .under(let parent):
            try Self.makeFolder(parent, withParents: true)
            let name = "\(parent)/\(time.name)-\(Self.slug(title))"
            for suffix in 1... {
                let path = suffix == 1 ? name : "\(name)-\(suffix)"
                if mkdir(path, 0o700) == 0 { return Self.absolute(path) }
                guard errno == EEXIST, suffix < 10_000 else { throw Self.failure(path, "the folder cannot be made") }
            }
            return name
        }
    }

    /// That a run may be recorded into a folder: there is none yet, or it is empty.
    ///
    /// - Throws: ``RunError`` where it is not.
    public static func check(_ folder: String) throws(RunError) {
        guard access(folder, F_OK) == 0 else { return }
        guard let names = DataFiles.names(in: folder) else {
            throw failure(folder, "it cannot be read as a folder")
        }
        guard names.isEmpty else {
            throw RunError(
                folder, "this folder holds something already, and nothing is overwritten",
                help: "name a new folder to record into")
        }
    }

    static func makeFolder(_ path: String, withParents: Bool) throws(RunError) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, withParents, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw failure(path, "the folder cannot be made")
        }
        try makeFolder(String(path[..<slash]), withParents: true)
        try makeFolder(path, withParents: false)
    }

    /// The folder in which the program works now, from the root.
    static var workingFolder: String { absolute(".") }

    static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The title as a part of a folder's name: the last part of a path, without `.nash`.
    private static func slug(_ title: String) -> String {
        let last = title.split(separator: "/").last.map(String.init) ?? title
        let stem = last.hasSuffix(".nash") ? String(last.dropLast(5)) : last
        let name = stem.prefix(60).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "-" }
        let trimmed = String(name).split(separator: "-").joined(separator: "-")
        return trimmed.isEmpty ? "run" : trimmed
    }

    static func failure(_ path: String, _ what: String) -> RunError {
        RunError(path, "\(what): \(String(cString: strerror(errno)))")
    }
}
