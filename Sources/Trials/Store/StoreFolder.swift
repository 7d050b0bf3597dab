import Glibc
import Training

/// The folder of a store, and what lies where in it:
///
/// ```text
/// studies.sqlite          the database, beside it its log and the log's index
/// artefacts/7/lease       locked by the program that runs study 7
/// artefacts/7/12/…        the files of trial 12 of study 7
/// ```
struct StoreFolder: Sendable {
    /// The folder's path.
    let path: String

    var database: String { "\(path)/studies.sqlite" }
    var artefacts: String { "\(path)/artefacts" }

    func study(_ study: Int) -> String { "\(artefacts)/\(study)" }
    func trial(_ trial: Int, of study: Int) -> String { "\(artefacts)/\(study)/\(trial)" }

    /// A path in this folder as the database keeps it, so that the folder can be moved; nil for one that is outside.
    func relative(_ path: String) -> String? {
        path.hasPrefix(self.path + "/") ? String(path.dropFirst(self.path.utf8.count + 1)) : nil
    }

    func absolute(_ relative: String) -> String { "\(path)/\(relative)" }

    /// A path from the root; one that is relative counts from the working directory, where the system tells that.
    static func fromRoot(_ path: String) -> String {
        guard !path.hasPrefix("/"), let working = getcwd(nil, 0) else { return path }
        defer { free(working) }
        return "\(String(cString: working))/\(path)"
    }

    /// Makes a folder and those that it lies in, as far as they are missing.
    static func make(_ path: String) throws(StoreError) {
        if mkdir(path, 0o777) == 0 || errno == EEXIST && isFolder(path) { return }
        if errno == EEXIST {
            throw StoreError(
                .inaccessible, path, "this is a file, and a folder is expected",
                help: "name another folder for the store in NASH_STORE")
        }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw .system(path, "the folder cannot be made")
        }
        try make(String(path[..<slash]))
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .system(path, "the folder cannot be made") }
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The size of a file in bytes; nil where there is none.
    static func size(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    /// The names in a folder, none where it does not exist.
    static func names(in path: String) -> [String] { FolderListing.names(in: path) ?? [] }

    /// Deletes a folder with all that it holds; links are deleted, not followed.
    static func delete(_ path: String) throws(StoreError) {
        for name in names(in: path) {
            let entry = "\(path)/\(name)"
            var status = stat()
            if lstat(entry, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                try delete(entry)
            } else {
                try delete(file: entry)
            }
        }
        guard rmdir(path) == 0 || errno == ENOENT else { throw .system(path, "the folder cannot be deleted") }
    }
}

extension StoreFolder {
    static func delete(file path: String) throws(StoreError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .system(path, "the file cannot be deleted") }
    }
}

/// The time in seconds since 1970.
func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
