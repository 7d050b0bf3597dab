internal import Glibc

/// The bytes of a text file, with what errors about them need.
struct TextFile {
    let name: String
    let bytes: [UInt8]
    /// Where the text begins: behind a byte order mark.
    let start: Int

    /// - Throws: ``ReadingError`` at the first byte that is not UTF-8, and at a zero byte.
    init(_ bytes: [UInt8], name: String) throws(ReadingError) {
        self.name = name
        self.bytes = bytes
        start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        if let place = TextFile.firstForeign(bytes) {
            throw error(
                at: place, "this is no text in UTF-8",
                help: "save the file as UTF-8, for example with: iconv -f latin1 -t utf-8")
        }
    }

    /// An error at a byte.
    func error(at offset: Int, _ message: String, help: String? = nil) -> ReadingError {
        let before = bytes[start..<max(start, min(offset, bytes.count))]
        let line = before.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? start
        // The bytes that continue a character count nothing.
        let column = bytes[lineStart..<max(lineStart, before.endIndex)].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        return ReadingError(name, line: line, column: column, message, help: help)
    }

    private static func firstForeign(_ bytes: [UInt8]) -> Int? {
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            return error.byteOffsets.lowerBound
        }
        return bytes.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, let zero = memchr(start, 0, bytes.count) else { return nil }
            return UnsafeRawPointer(zero) - start
        }
    }
}
