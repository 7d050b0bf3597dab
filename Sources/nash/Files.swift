import Glibc

/// A file that could not be read or written.
struct FileError: Error, CustomStringConvertible {
    var action: String
    var path: String
    var problem: Int32

    var description: String { "cannot \(action) \(path): \(describe(problem))" }
}

/// Reads and writes whole files.
enum Files {
    /// The bytes of the file at `path`.
    static func read(_ path: String) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(action: "read", path: path, problem: errno) }
        defer { close(descriptor) }
        return try read(descriptor, path)
    }

    /// What is left to read from `descriptor`, called `name` in errors.
    static func read(_ descriptor: Int32, _ name: String) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += chunk[..<count]
            } else if errno != EINTR {
                throw FileError(action: "read", path: name, problem: errno)
            }
        }
    }

    /// Writes `bytes` to `path` by way of a new file beside it: a half-written one never replaces
    /// a whole one.
    static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
        var name = Array((path + ".XXXXXX").utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw FileError(action: "write", path: path, problem: errno) }
        var problem = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
        if fchmod(descriptor, permissions(of: path)) != 0 { problem = problem ?? errno }
        if close(descriptor) != 0 { problem = problem ?? errno }
        if problem == nil, rename(name, path) != 0 { problem = errno }
        guard let problem else { return }
        unlink(name)
        throw FileError(action: "write", path: path, problem: problem)
    }

    /// Those of the file that is there, or what the user's mask leaves to a new one.
    private static func permissions(of path: String) -> mode_t {
        var status = stat()
        if stat(path, &status) == 0 { return status.st_mode & 0o777 }
        let mask = umask(0)
        umask(mask)
        return 0o666 & ~mask
    }

    /// Makes the folders above `path`, private to the user.
    static func makeParents(of path: String) {
        var at = path.utf8.startIndex
        while let slash = path.utf8[at...].dropFirst().firstIndex(of: UInt8(ascii: "/")) {
            mkdir(String(path[..<slash]), 0o700)
            at = slash
        }
    }

    /// `~/x` with the home folder in place of `~`.
    static func expandTilde(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = environment("HOME") else { return path }
        return home + path.dropFirst()
    }
}
