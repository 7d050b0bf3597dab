internal import CZlib

/// Reads gzip files (P. Deutsch: GZIP file format specification version 4.3, RFC 1952), by zlib.
enum Gzip {
    /// Why bytes cannot be inflated.
    enum Fault: Error, Equatable {
        /// They end in the middle.
        case cut
        /// They are no gzip, or a checksum is wrong: what zlib says.
        case damaged(String)
        /// They hold more bytes than allowed.
        case tooLarge
    }

    /// How many bytes are inflated at once.
    private static let piece = 1 << 16

    /// What all members of a gzip file hold, one after another.
    /// - Parameter limit: how many bytes they may hold; more are not inflated.
    static func inflate(_ source: [UInt8], limit: Int) throws(Fault) -> [UInt8] {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        let isReady = inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        guard isReady else { throw .damaged("zlib does not start") }
        defer { inflateEnd(stream) }
        return try source.withUnsafeBufferPointer { source throws(Fault) in try inflate(source, stream, limit) }
    }

    private static func inflate(
        _ source: UnsafeBufferPointer<UInt8>, _ stream: UnsafeMutablePointer<z_stream>, _ limit: Int
    ) throws(Fault) -> [UInt8] {
        guard source.count <= Int(UInt32.max) else { throw .tooLarge }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.pointee.avail_in = UInt32(source.count)
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: piece)
        defer { buffer.deallocate() }
        var result: [UInt8] = []
        result.reserveCapacity(min(limit, statedSize(source)))
        while true {
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(piece)
            let status = CZlib.inflate(stream, Z_NO_FLUSH)
            let count = piece - Int(stream.pointee.avail_out)
            guard result.count + count <= limit else { throw .tooLarge }
            result.append(contentsOf: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            if status == Z_STREAM_END {
                if stream.pointee.avail_in == 0 { return result }
                inflateReset(stream)
            } else if status == Z_BUF_ERROR || (status == Z_OK && count < piece && stream.pointee.avail_in == 0) {
                throw .cut
            } else if status != Z_OK {
                throw .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "it is no gzip")
            }
        }
    }

    /// The size that the last member's end states, as room to reserve.
    private static func statedSize(_ source: UnsafeBufferPointer<UInt8>) -> Int {
        source.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
