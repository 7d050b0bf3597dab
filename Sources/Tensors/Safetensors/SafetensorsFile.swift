internal import Glibc

/// A safetensors file open for reading. Its header is read and checked when it is opened; the bytes of a
/// tensor when it is asked for, straight into the tensor's memory.
///
/// (Not through a memory map: a file cut short by another process meanwhile is then an error and not the end of
/// this process, and no tensor depends on the file afterwards.)
public final class SafetensorsFile {
    /// The file's path.
    public let path: String
    /// The tensors in the order of their bytes.
    public let entries: [SafetensorsEntry]
    /// Free text by key, such as `format`: `pt`.
    public let metadata: [String: String]
    private let descriptor: Int32
    private let dataStart: Int
    private let places: [String: Int]

    /// Opens the file at `path` and reads its header.
    ///
    /// - Throws: `SafetensorsError` where the file cannot be read, is truncated or malformed.
    public init(_ path: String) throws(SafetensorsError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SafetensorsError(path: path, offset: nil, problem: systemMessage()) }
        do {
            let (header, dataStart) = try Self.header(of: descriptor, path)
            self.dataStart = dataStart
            entries = header.entries
            metadata = header.metadata
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
        places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
    }

    deinit { close(descriptor) }

    /// The tensor of the given name, on `device`.
    ///
    /// - Throws: `SafetensorsError` where there is none or its bytes cannot be read.
    public func tensor(_ name: String, device: Device = .cpu) throws -> Tensor {
        guard let place = places[name] else {
            let some = entries.prefix(5).map { quoted($0.name) }.joined(separator: ", ")
            throw SafetensorsError(
                path: path, offset: nil,
                problem: "there is no tensor \(quoted(name)); of \(entries.count) the first are \(some)")
        }
        return try tensor(entries[place], device)
    }

    /// Every tensor by its name, on `device`.
    public func tensors(device: Device = .cpu) throws -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        for entry in entries { tensors[entry.name] = try tensor(entry, device) }
        return tensors
    }

    private func tensor(_ entry: SafetensorsEntry, _ device: Device) throws -> Tensor {
        let tensor = try Tensor.empty(entry.shape, dtype: entry.dtype)
        try tensor.withNewBytes { try Self.read(descriptor, path, at: dataStart + entry.range.lowerBound, into: $0) }
        return try tensor.to(device: device)
    }

    private static func header(of descriptor: Int32, _ path: String) throws(SafetensorsError) -> (
        SafetensorsHeader, Int
    ) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw SafetensorsError(path: path, offset: nil, problem: systemMessage())
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SafetensorsError(path: path, offset: nil, problem: "not a regular file")
        }
        let size = status.st_size
        guard size >= 8 else {
            throw SafetensorsError(path: path, offset: 0, problem: "a file of \(size) bytes is too short for a header")
        }
        let length = try bytes(descriptor, path, 0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(SafetensorsHeader.greatestLength) else {
            throw SafetensorsError(
                path: path, offset: 0,
                problem: "a header of \(length) bytes, where \(SafetensorsHeader.greatestLength) are allowed: "
                    + "this is not a safetensors file")
        }
        let dataStart = 8 + Int(length)
        guard dataStart <= size else {
            throw SafetensorsError(
                path: path, offset: 8, problem: "the header of \(length) bytes ends beyond the file of \(size) bytes")
        }
        let text = try bytes(descriptor, path, 0..<dataStart)[8...]
        do {
            return (try SafetensorsHeader(text, dataCount: size - dataStart), dataStart)
        } catch {
            throw SafetensorsError(path: path, offset: error.offset, problem: error.problem)
        }
    }

    private static func bytes(_ descriptor: Int32, _ path: String, _ range: Range<Int>) throws(SafetensorsError)
        -> [UInt8]
    {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var failure: SafetensorsError?
        bytes.withUnsafeMutableBytes { buffer in
            do throws(SafetensorsError) {
                try read(descriptor, path, at: range.lowerBound, into: buffer)
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }

    private static func read(
        _ descriptor: Int32, _ path: String, at place: Int, into buffer: UnsafeMutableRawBufferPointer
    ) throws(SafetensorsError) {
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, place + done)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let problem = count < 0 ? systemMessage() : "the file ends here: it was cut short while being read"
                throw SafetensorsError(path: path, offset: place + done, problem: problem)
            }
            done += count
        }
    }
}

/// What the system says of its last failure.
func systemMessage() -> String { String(cString: strerror(errno)) }
