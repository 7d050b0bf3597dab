import Glibc

/// Folders as a whole.
enum Folder {
    /// The names in a folder, unsorted; none where it cannot be read. Names that are no UTF-8 are left out.
    static func entries(of folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let name, name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Whether there is a folder at `path`, perhaps behind a link.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The files in a folder and the folders in it, by their paths relative to it, sorted.
    static func files(in folder: String) -> [String] {
        entries(of: folder).sorted().flatMap { name in
            let path = "\(folder)/\(name)"
            return exists(path) ? files(in: path).map { "\(name)/\($0)" } : [name]
        }
    }

    /// Removes a folder with all that is in it; links are removed, not followed.
    static func remove(_ folder: String) throws(FileError) {
        for name in entries(of: folder) {
            let path = "\(folder)/\(name)"
            var status = stat()
            if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                try remove(path)
            } else if unlink(path) != 0 {
                throw FileError(action: "remove", path: path, problem: errno)
            }
        }
        if rmdir(folder) != 0 { throw FileError(action: "remove", path: folder, problem: errno) }
    }
}
