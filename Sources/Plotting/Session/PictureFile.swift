import Glibc

/// A file that is replaced as a whole or not at all.
struct PictureFile {
    private let path: String

    init(_ path: String) {
        self.path = path
    }

    /// Writes the file beside its path, then renames it; folders that are missing are made.
    ///
    /// A path that is no ordinary file, such as a pipe, is written directly; a symbolic link keeps pointing where it
    /// does.
    ///
    /// - Throws: ``PlotError/unwritable(path:reason:)``.
    func write(_ bytes: [UInt8]) throws {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw failure("the path is empty or has a zero byte") }
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists, status.st_mode & S_IFMT == S_IFDIR { throw failure("it is a folder") }
        if exists, status.st_mode & S_IFMT != S_IFREG { return try writeDirectly(bytes) }
        let target = exists ? resolved : path
        try makeFolders(of: target)
        try replace(target, with: bytes, mode: exists ? status.st_mode & 0o777 : nil)
    }

    private var resolved: String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private func makeFolders(of target: String) throws {
        for index in target.indices.dropFirst() where target[index] == "/" {
            let folder = String(target[..<index])
            if mkdir(folder, 0o777) != 0, errno != EEXIST { throw failure("\(reason) ('\(folder)')") }
        }
    }

    private func replace(_ target: String, with bytes: [UInt8], mode: mode_t?) throws {
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? ""
        let (descriptor, temporary) = try create(in: folder)
        let problem = fill(descriptor, bytes, mode: mode) ?? (rename(temporary, target) == 0 ? nil : reason)
        guard let problem else { return }
        unlink(temporary)
        throw failure(problem)
    }

    /// A new file of a name that no other has.
    private func create(in folder: String) throws -> (descriptor: Int32, path: String) {
        for attempt in 0..<100 {
            let temporary = "\(folder).nash-plot-\(getpid())-\(attempt)"
            let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666)
            if descriptor >= 0 { return (descriptor, temporary) }
            if errno != EEXIST { break }
        }
        throw failure(reason)
    }

    /// Writes and closes; returns what went wrong.
    private func fill(_ descriptor: Int32, _ bytes: [UInt8], mode: mode_t?) -> String? {
        let problem = send(bytes, to: descriptor) ?? (mode.map { fchmod(descriptor, $0) } ?? 0 == 0 ? nil : reason)
        let isClosed = close(descriptor) == 0
        return problem ?? (isClosed ? nil : reason)
    }

    private func writeDirectly(_ bytes: [UInt8]) throws {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(reason) }
        defer { close(descriptor) }
        if let problem = send(bytes, to: descriptor) { throw failure(problem) }
    }

    private func send(_ bytes: [UInt8], to descriptor: Int32) -> String? {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + sent, bytes.count - sent) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return reason }
            sent += count
        }
        return nil
    }

    private var reason: String { String(cString: strerror(errno)) }

    private func failure(_ reason: String) -> PlotError {
        PlotError.unwritable(path: path, reason: reason)
    }
}
