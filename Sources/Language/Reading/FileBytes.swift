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
        // One byte more than the file is said to have tells its end; a pipe is said to have none.
        var bytes: [UInt8] = []
        var room = max(0, Int(status.st_size)) + 1
        while true {
            let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                count = fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor)
            }
            guard !piece.isEmpty || errno == 0 else { throw failure(path, "cannot be read") }
            bytes = bytes.isEmpty ? piece : bytes + piece
            if piece.count < room { return bytes }
            room = 1 << 20
        }
    }

    /// Reads until the buffer is full or the file ends; nothing, with `errno` set, when it cannot be read.
    private static func fill(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) -> Int {
        var total = 0
        while total < buffer.count {
            let count = Glibc.read(descriptor, buffer.baseAddress! + total, buffer.count - total)
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return 0 }
            if count == 0 { break }
            total += count
        }
        errno = 0
        return total
    }

    /// What the system says of the last call.
    static func failure(_ path: String, _ what: String) -> ReadingError {
        let code = errno
        let help: String? =
            switch code {
            case ENOENT where path.hasPrefix("/"): "check the path"
            case ENOENT: "check the path; it counts from the folder where the program was started"
            case EACCES, EPERM: "check the rights of the file and its folder"
            case ENOSPC, EDQUOT, EFBIG: "make room, or choose another place"
            default: nil
            }
        return ReadingError(path, "the file \(what): \(String(cString: strerror(code)))", help: help)
    }
}
