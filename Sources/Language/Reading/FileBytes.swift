internal import Glibc

/// Whole files in and out.
public enum FileBytes {
    /// The bytes of a file.
    ///
    /// - Throws: ``ReadingError`` when it cannot be opened or read.
    public static func read(_ path: String) throws(ReadingError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, "cannot be opened") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path, "cannot be read") }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw ReadingError(path, "this is a folder, and a file is expected", help: "name a file in it")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(max(0, Int(status.st_size)))
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, "cannot be read") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// What the system says of the last call.
    static func failure(_ path: String, _ what: String) -> ReadingError {
        let code = errno
        let help: String? =
            switch code {
            case ENOENT: "check the path; it counts from the folder where the program was started"
            case EACCES, EPERM: "check the rights of the file and its folder"
            case ENOSPC, EDQUOT, EFBIG: "make room, or choose another place"
            default: nil
            }
        return ReadingError(path, "the file \(what): \(String(cString: strerror(code)))", help: help)
    }
}
