import Glibc

/// What lies in folders, where a link is a link: it is never followed.
enum FolderTree {
    /// Whether there is a folder at a path, and no link to one.
    static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

    /// Whether there is a file at a path, and no link to one.
    static func isFile(_ path: String) -> Bool { kind(of: path) == S_IFREG }

    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// All names in a folder but `.` and `..`, in no order; nil where it cannot be read.
    static func names(in folder: String) -> [String]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Deletes what lies at a path, and in it; of links the link.
    ///
    /// - Returns: whether nothing lies there any more.
    @discardableResult static func remove(_ path: String) -> Bool {
        guard isFolder(path) else { return unlink(path) == 0 || errno == ENOENT }
        for name in names(in: path) ?? [] { remove("\(path)/\(name)") }
        return rmdir(path) == 0
    }
}
