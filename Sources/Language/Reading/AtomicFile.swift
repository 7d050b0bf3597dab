internal import Glibc

/// Writes files so that there is the old one or the whole new one, whatever happens in between.
public enum AtomicFile {
    /// Writes what `body` gives to its argument, piece by piece.
    ///
    /// The text goes to a temporary file in the same folder, is brought to the disk, and takes the place of `path` at
    /// the end; a link keeps pointing where it does. What is no ordinary file, such as `/dev/stdout`, is written as it is.
    ///
    /// - Throws: ``ReadingError`` when something cannot be written, and what `body` throws; `path` is then untouched.
    public static func write(_ path: String, _ body: ((String) throws -> Void) throws -> Void) throws {
        try writePieces(path) { sink in try body { try sink.put($0.utf8) } }
    }

    /// Writes `bytes` in the same way.
    ///
    /// - Throws: ``ReadingError`` when something cannot be written; `path` is then untouched.
    public static func write(_ path: String, bytes: [UInt8]) throws {
        try writePieces(path) { sink in try sink.put(bytes) }
    }

    private static func writePieces(_ path: String, _ body: (Sink) throws -> Void) throws {
        let target = realPath(path)
        var status = stat()
        let exists = stat(target, &status) == 0
        if exists, status.st_mode & S_IFMT == S_IFDIR {
            throw ReadingError(path, "this is a folder, and a file is expected", help: "name a file in it")
        }
        if exists, status.st_mode & S_IFMT != S_IFREG {
            let descriptor = open(target, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw FileBytes.failure(path, "cannot be opened") }
            return try fill(descriptor, path, isOrdinary: false, body)
        }
        try replace(target, path, mode: exists ? status.st_mode & 0o7777 : nil, body)
    }

    private static func replace(
        _ target: String, _ path: String, mode: mode_t?, _ body: (Sink) throws -> Void
    ) throws {
        var template = Array("\(target).XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw FileBytes.failure(path, "cannot be written") }
        let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            fchmod(descriptor, mode ?? usualMode)
            try fill(descriptor, path, isOrdinary: true, body)
            guard rename(temporary, target) == 0 else { throw FileBytes.failure(path, "cannot be replaced") }
        } catch {
            unlink(temporary)
            throw error
        }
        syncFolder(of: target)
    }

    /// Writes in pieces of some size and closes the file.
    private static func fill(
        _ descriptor: Int32, _ path: String, isOrdinary: Bool, _ body: (Sink) throws -> Void
    ) throws {
        var isOpen = true
        defer { if isOpen { close(descriptor) } }
        let sink = Sink(descriptor, path)
        try body(sink)
        try sink.flush()
        guard !isOrdinary || fsync(descriptor) == 0 else {
            throw FileBytes.failure(path, "cannot be brought to the disk")
        }
        isOpen = false
        guard close(descriptor) == 0 else { throw FileBytes.failure(path, "cannot be written") }
    }

    /// The rights of a new file: what the user's mask leaves of rw-rw-rw-.
    private static var usualMode: mode_t {
        guard let status = try? FileBytes.read("/proc/self/status") else { return 0o644 }
        let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
        let mask = lines.first { $0.hasPrefix("Umask:") }.flatMap {
            mode_t($0.dropFirst(6).filter { $0.isNumber }, radix: 8)
        }
        return 0o666 & ~(mask ?? 0o022)
    }

    /// Where a path leads through links; the path itself where nothing is there yet.
    private static func realPath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Brings the new name to the disk too; a file system that cannot is no error.
    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { path[..<$0].isEmpty ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

/// Gathers what is to be written to a file into pieces of some size.
private final class Sink {
    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32, _ path: String) { (self.descriptor, self.path) = (descriptor, path) }

    func put(_ bytes: some Sequence<UInt8>) throws(ReadingError) {
        buffer += bytes
        if buffer.count >= 1 << 16 { try flush() }
    }

    func flush() throws(ReadingError) {
        var start = 0
        while start < buffer.count {
            let count = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + start, $0.count - start) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw FileBytes.failure(path, "cannot be written") }
            start += count
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
