import Glibc

/// Lines of any length from a descriptor, of which long ones are not kept.
struct RequestLines {
    enum Line {
        /// The bytes of a line, without its end.
        case whole([UInt8])
        /// A line that is longer than the limit.
        case tooLong
    }

    /// The longest line that is kept, in bytes.
    static let limit = 64 << 20

    private let descriptor: Int32
    private var chunk = [UInt8](repeating: 0, count: 1 << 16)
    private var unread = 0..<0

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The next line, once it is there; nil at the end.
    mutating func next() -> Line? {
        var line: [UInt8] = []
        var length = 0
        while true {
            if unread.isEmpty, !fill() { return length == 0 ? nil : Self.line(line, length) }
            let end = lineEnd
            let piece = unread.lowerBound..<(end ?? unread.upperBound)
            length += piece.count
            if length <= Self.limit { line += chunk[piece] } else { line = [] }
            unread = min(piece.upperBound + (end == nil ? 0 : 1), unread.upperBound)..<unread.upperBound
            if end != nil { return Self.line(line, length) }
        }
    }

    private static func line(_ bytes: [UInt8], _ length: Int) -> Line { length > limit ? .tooLong : .whole(bytes) }

    /// Where the first line's end stands among what is unread.
    private var lineEnd: Int? {
        chunk.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress,
                let end = memchr(start + unread.lowerBound, Int32(UInt8(ascii: "\n")), unread.count)
            else { return nil }
            return UnsafeRawPointer(end) - start
        }
    }

    /// Waits for more; false at the end.
    private mutating func fill() -> Bool {
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count > 0 {
                unread = 0..<count
                return true
            }
            guard count < 0, errno == EINTR || errno == EAGAIN else { return false }
            if errno == EAGAIN {
                var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                poll(&waited, 1, -1)
            }
        }
    }
}
