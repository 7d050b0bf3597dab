import Glibc
import Language

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

    /// Writes `bytes` to `path`: there is the old file or the whole new one.
    ///
    /// - Throws: ``ReadingError`` where it cannot be written.
    static func replace(_ path: String, with bytes: [UInt8]) throws { try AtomicFile.write(path, bytes: bytes) }

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
