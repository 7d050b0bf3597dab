import Glibc

/// A folder of checkpoints, and what is done to files in it. Every error names the file and has the system's words.
struct Folder {
    let path: String

    /// The names in it, without those that are hidden; none where it does not exist.
    var names: [String] { allNames.filter { !$0.hasPrefix(".") } }

    private var allNames: [String] { FolderListing.names(in: path) ?? [] }

    /// Makes it, and the folders above it, unless they are there.
    func make() throws(CheckpointError) {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && part.isEmpty ? "/" : (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
            if mkdir(made, 0o777) != 0, errno != EEXIST { throw Self.failure(made) }
        }
    }

    /// Removes it with all that is in it, as far as the system lets.
    func remove() {
        for name in allNames where unlink("\(path)/\(name)") != 0 { Folder(path: "\(path)/\(name)").remove() }
        rmdir(path)
    }

    /// Has `fill` write the files of a new folder, which gets `name` here once they are all on the disk. What had that
    /// name before is removed.
    func add(_ name: String, _ fill: (Folder) throws -> Void) throws {
        try make()
        removeLeftovers()
        let new = Folder(path: "\(path)/.new-\(getpid())")
        do {
            try new.make()
            try fill(new)
            try new.synchronize()
            let old = Folder(path: "\(path)/\(name)")
            let aside = Folder(path: "\(path)/.old-\(getpid())")
            if rename(old.path, aside.path) != 0, errno != ENOENT { throw Self.failure(old.path) }
            guard rename(new.path, old.path) == 0 else { throw Self.failure(old.path) }
            aside.remove()
            try synchronize()
        } catch {
            new.remove()
            throw error
        }
    }

    /// Removes what a process that died left half written or half removed.
    private func removeLeftovers() {
        for name in allNames where name.hasPrefix(".new-") || name.hasPrefix(".old-") {
            Folder(path: "\(path)/\(name)").remove()
        }
    }

    /// Has the system write to the disk which files it holds.
    private func synchronize() throws(CheckpointError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
    }

    /// Writes a file to the disk.
    func write(_ text: String, to name: String) throws(CheckpointError) {
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Self.failure(file) }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(file) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw Self.failure(file) }
    }

    /// The bytes of a file.
    func read(_ name: String) throws(CheckpointError) -> [UInt8] {
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CheckpointError(file, .damaged, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 20))
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw CheckpointError(file, .damaged, String(cString: strerror(errno))) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    private static func failure(_ path: String) -> CheckpointError {
        CheckpointError(path, .unwritable, String(cString: strerror(errno)))
    }
}
