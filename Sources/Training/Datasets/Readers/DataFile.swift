import Glibc

/// Files and folders of data, read whole.
enum DataFile {
    /// More than any data set of one file that fits in memory.
    private static let greatestSize = 1 << 34

    /// The bytes of a file.
    ///
    /// - Throws: `DatasetError` with what the system says where it cannot be read.
    static func bytes(_ path: String) throws(DatasetError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= greatestSize else {
            throw DatasetError(path, "it is no ordinary file of at most \(greatestSize >> 30) GiB")
        }
        var problem: DatasetError?
        let bytes = [UInt8](unsafeUninitializedCapacity: status.st_size) { buffer, count in
            while count < buffer.count {
                let got = read(descriptor, buffer.baseAddress! + count, buffer.count - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { problem = failure(path) }
                if got <= 0 { break }
                count += got
            }
        }
        if let problem { throw problem }
        return bytes
    }

    /// The names in a folder in ascending order, without those that begin with a dot.
    ///
    /// - Throws: `DatasetError` with what the system says where it cannot be read.
    static func names(in folder: String) throws(DatasetError) -> [String] {
        guard let names = FolderListing.names(in: folder) else { throw failure(folder) }
        return names.filter { !$0.hasPrefix(".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What lies at a path.
    enum Kind { case file, folder, nothing }

    /// What lies at a path, through links.
    static func kind(_ path: String) -> Kind {
        var status = stat()
        guard stat(path, &status) == 0 else { return .nothing }
        return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
    }

    /// Size and time of change of what lies at a path: what tells whether a file is still the same.
    static func version(_ path: String) -> [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        return [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }

    /// The last part of a path.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func failure(_ path: String) -> DatasetError {
        let code = errno
        let help: String? =
            switch code {
            case ENOENT where path.hasPrefix("/"), ENOTDIR where path.hasPrefix("/"): "check the path"
            case ENOENT, ENOTDIR: "check the path; it counts from the folder where the program was started"
            case EACCES, EPERM: "check the rights of the file and its folder"
            default: nil
            }
        return DatasetError(path, "cannot be read: \(String(cString: strerror(code)))", help: help)
    }
}
