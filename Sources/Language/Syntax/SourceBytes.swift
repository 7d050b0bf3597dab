extension Source {
    /// A source from a file's bytes.
    ///
    /// - Throws: `badEncoding` with the place of the first byte that is no UTF-8.
    public init(name: String, bytes: [UInt8]) throws(Diagnostic) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self.init(name: name, text: text)
            return
        }
        let repaired = Source(name: name, text: String(decoding: bytes, as: UTF8.self))
        let offset = Self.firstInvalid(in: bytes, repaired: repaired.text)
        let byte = String(bytes[offset], radix: 16, uppercase: true)
        throw Diagnostic(
            .badEncoding, "this text is not UTF-8",
            labels: [.init(repaired, Span(offset, offset + 3), "byte 0x\(byte) at offset \(offset)")],
            help: "save the file as UTF-8; `iconv -f latin1 -t utf-8` turns an older encoding into it")
    }

    /// Where the text read with repairs first differs from the bytes.
    private static func firstInvalid(in bytes: [UInt8], repaired: String) -> Int {
        var offset = 0
        for scalar in repaired.unicodeScalars {
            let encoded = String(scalar).utf8
            guard bytes[offset...].starts(with: encoded) else { return offset }
            offset += encoded.count
        }
        return min(offset, bytes.count - 1)
    }
}
