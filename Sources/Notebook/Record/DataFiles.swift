import Glibc

/// The hashes of the data that a run reads; a file that is as it was is not read again for it.
struct DataFiles {
    /// What tells whether a file is still the same.
    private struct Version: Hashable {
        var path: String
        var size: Int
        var seconds: Int
        var nanoseconds: Int
        var inode: UInt
    }

    private var known: [Version: String] = [:]

    /// How deep folders may lie in each other: links may lead in circles.
    private static let deepest = 16

    /// The record of what lies at a path; nil where nothing does, or what cannot be read or is no file or folder.
    mutating func record(_ name: String) -> DataRecord? {
        guard let resolved = realpath(name, nil) else { return nil }
        defer { free(resolved) }
        let path = String(cString: resolved)
        return hash(path).map { DataRecord(name: name, path: path, sha256: $0) }
    }

    /// SHA-256 of a file's bytes; of a folder over names and hashes of what it holds, in the order of their bytes.
    mutating func hash(_ path: String, depth: Int = 0) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return depth < Self.deepest ? hash(folder: path, depth) : nil
        case S_IFREG: break
        default: return nil
        }
        let version = Version(
            path: path, size: Int(status.st_size), seconds: Int(status.st_mtim.tv_sec),
            nanoseconds: Int(status.st_mtim.tv_nsec), inode: UInt(status.st_ino))
        if let hash = known[version] { return hash }
        let hash = SHA256.file(path)
        known[version] = hash
        return hash
    }

    private mutating func hash(folder: String, _ depth: Int) -> String? {
        guard let names = Self.names(in: folder) else { return nil }
        var all = SHA256()
        for name in names {
            guard let hash = hash("\(folder)/\(name)", depth: depth + 1) else { continue }
            all.absorb("\(hash)  \(name)\n")
        }
        return all.finish()
    }

    /// The names in a folder in the order of their bytes, without those that begin with a dot; nil where it cannot be
    /// read.
    static func names(in folder: String) -> [String]? {
        FolderTree.names(in: folder)?.filter { !$0.hasPrefix(".") }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
