internal import Glibc

extension SafetensorsFile {
    /// Writes `tensors` by name to the file at `path`, which PyTorch, JAX and others read.
    ///
    /// A new file takes the place of the old one only when it is whole and on the disk, so an interruption
    /// leaves the old one. Tensors that share memory are written each for itself.
    ///
    /// - Throws: `SafetensorsError` where the system refuses, or two tensors have one name.
    public static func write(
        _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = ["format": "pt"], to path: String
    ) throws {
        let ordered = tensors.sorted { ($1.tensor.dtype.size, $0.name) < ($0.tensor.dtype.size, $1.name) }
        for (one, next) in zip(ordered.map(\.name).sorted(), ordered.map(\.name).sorted().dropFirst()) where one == next
        {
            throw SafetensorsError(path: path, offset: nil, problem: "two tensors have the name \(quoted(one))")
        }
        try replaceFile(at: path) { file in
            try file.write(header(of: ordered, metadata))
            for (_, tensor) in ordered { try tensor.withBytes { try file.write($0) } }
        }
    }

    /// The length and the JSON text, filled up with spaces so that the data begin at a multiple of 8.
    private static func header(of tensors: [(name: String, tensor: Tensor)], _ metadata: [String: String]) -> [UInt8] {
        var members: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map { "\($0.key.jsonString):\($0.value.jsonString)" }
            members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
        }
        var end = 0
        for (name, tensor) in tensors {
            let begin = end
            end += tensor.count * tensor.dtype.size
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            members.append(
                "\(name.jsonString):{\"dtype\":\"\(tensor.dtype.safetensorsName)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(begin),\(end)]}")
        }
        var text = Array("{\(members.joined(separator: ","))}".utf8)
        text += repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
        return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) } + text
    }
}

/// A file being written beside the one whose place it will take.
private struct NewFile {
    let path: String
    let descriptor: Int32

    func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

    func write(_ bytes: UnsafeRawBufferPointer) throws(SafetensorsError) {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SafetensorsError(path: path, offset: nil, problem: systemMessage()) }
            done += count
        }
    }
}

/// Lets `body` write a new file, and puts it in the place of the one at `path` once it is whole.
private func replaceFile(at path: String, _ body: (NewFile) throws -> Void) throws {
    // A link is followed, so that what it points at is replaced and not the link.
    let target =
        realpath(path, nil).map { resolved in
            defer { free(resolved) }
            return String(cString: resolved)
        } ?? path
    let temporary = "\(target).\(getpid())-\(UInt32.random(in: 0 ... .max)).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SafetensorsError(path: path, offset: nil, problem: systemMessage()) }
    do {
        defer { close(descriptor) }
        try body(NewFile(path: path, descriptor: descriptor))
        guard fsync(descriptor) == 0, rename(temporary, target) == 0 else {
            throw SafetensorsError(path: path, offset: nil, problem: systemMessage())
        }
    } catch {
        unlink(temporary)
        throw error
    }
}
