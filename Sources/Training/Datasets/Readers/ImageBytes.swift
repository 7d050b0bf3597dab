internal import CImages

/// PNG and JPEG images and gzip streams, out of bytes of any origin.
enum ImageBytes {
    /// The size of an image and whether it has colours.
    struct Header {
        let size: ImageSize
        let coloured: Bool
    }

    /// What the header of a PNG or JPEG image says; `path` is for errors.
    ///
    /// - Throws: `DatasetError` where it is no image, or one of more than 2²⁶ pixels.
    static func header(_ bytes: [UInt8], _ path: String) throws(DatasetError) -> Header {
        var header = CIHeader()
        try checked(path) { ci_header(bytes, bytes.count, &header, $0) }
        return Header(
            size: ImageSize(height: Int(header.height), width: Int(header.width)), coloured: header.coloured)
    }

    /// The pixels of an image, `[1, H, W]` or with colours `[3, H, W]`.
    ///
    /// - Throws: `DatasetError` where the image is damaged or cut short.
    static func pixels(_ bytes: [UInt8], _ size: ImageSize, coloured: Bool, _ path: String) throws(DatasetError)
        -> [UInt8]
    {
        let plane = size.height * size.width
        guard coloured else { return try decoded(bytes, plane, coloured, path) }
        let mixed = try decoded(bytes, 3 * plane, coloured, path)
        return [UInt8](unsafeUninitializedCapacity: 3 * plane) { planes, count in
            for place in 0..<plane {
                for channel in 0..<3 {
                    (planes.baseAddress! + channel * plane + place).initialize(to: mixed[3 * place + channel])
                }
            }
            count = 3 * plane
        }
    }

    private static func decoded(_ bytes: [UInt8], _ count: Int, _ coloured: Bool, _ path: String)
        throws(DatasetError) -> [UInt8]
    {
        var pixels = [UInt8](repeating: 0, count: count)
        try checked(path) { ci_decode(bytes, bytes.count, coloured, &pixels, count, $0) }
        return pixels
    }

    /// At most `count` bytes from the start of what a gzip stream holds.
    ///
    /// - Throws: `DatasetError` where the stream is damaged or cut short.
    static func inflated(_ bytes: [UInt8], atMost count: Int, _ path: String) throws(DatasetError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        var written = 0
        try checked(path) { ci_gunzip(bytes, bytes.count, &out, count, &written, $0) }
        out.removeLast(count - written)
        return out
    }

    /// Calls a function of the header with room for its message, and throws that where it returns false.
    private static func checked(_ path: String, _ call: (UnsafeMutablePointer<CChar>) -> Bool) throws(DatasetError) {
        var message = [CChar](repeating: 0, count: Int(CI_MESSAGE))
        guard !call(&message) else { return }
        let text = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        throw DatasetError(path, text, help: "take the file anew, or leave it out")
    }
}
