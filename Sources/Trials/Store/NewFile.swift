import Glibc

/// A file that is written beside the one whose place it takes when it is whole and on the disk.
struct NewFile {
    private let target: String
    private let temporary: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(replacing target: String) throws(StoreError) {
        self.target = target
        temporary = "\(target).\(getpid())-\(UInt64(now() * 1e6)).new"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(target, "the file cannot be written") }
    }

    mutating func write(_ text: String) throws(StoreError) {
        try write { $0 += text.utf8 }
    }

    /// Writes what `body` adds at the end of the bytes that it is given.
    mutating func write(_ body: (inout [UInt8]) -> Void) throws(StoreError) {
        body(&buffer)
        if buffer.count >= 1 << 16 { try flush() }
    }

    private mutating func flush() throws(StoreError) {
        var start = 0
        while start < buffer.count {
            let count = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + start, $0.count - start) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(target, "the file cannot be written") }
            start += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Brings all that was written to the disk.
    mutating func finish() throws(StoreError) {
        try flush()
        guard fsync(descriptor) == 0 else { throw .system(target, "the file cannot be brought to the disk") }
    }

    /// Puts the file in its place.
    func replace() throws(StoreError) {
        close(descriptor)
        guard rename(temporary, target) == 0 else {
            let error = StoreError.system(target, "the file cannot be replaced")
            unlink(temporary)
            throw error
        }
    }

    /// Deletes what was written.
    func discard() {
        close(descriptor)
        unlink(temporary)
    }
}
