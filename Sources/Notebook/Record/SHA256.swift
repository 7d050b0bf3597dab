internal import CNettle
internal import Glibc

/// SHA-256 (FIPS 180-4), by Nettle: what names a cell's source, a value and a data file for good.
public struct SHA256 {
    private var state = sha256_ctx()

    /// Begins with nothing absorbed.
    public init() { nettle_sha256_init(&state) }

    /// Goes on with `bytes`.
    public mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
        nettle_sha256_update(&state, bytes.count, start)
    }

    /// Goes on with the text's UTF-8.
    public mutating func absorb(_ text: String) {
        var text = text
        text.withUTF8 { absorb(UnsafeRawBufferPointer($0)) }
    }

    /// The hash of all that was absorbed, as 64 hexadecimal digits; begins anew.
    public mutating func finish() -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        nettle_sha256_digest(&state, bytes.count, &bytes)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The hash of a text's UTF-8.
    public static func text(_ text: String) -> String {
        var hash = SHA256()
        hash.absorb(text)
        return hash.finish()
    }

    /// The hash of bytes.
    public static func bytes(_ bytes: [UInt8]) -> String {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.absorb($0) }
        return hash.finish()
    }

    /// The hash of a file's bytes, read in pieces; nil where it cannot be read.
    public static func file(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var hash = SHA256()
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count == 0 { return hash.finish() }
            if count < 0 {
                guard errno == EINTR else { return nil }
                continue
            }
            piece.withUnsafeBytes { hash.absorb(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }
}
