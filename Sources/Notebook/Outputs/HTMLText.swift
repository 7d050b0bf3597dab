/// Text for HTML: it reads as it is, and nothing in it is markup.
public enum HTMLText {
    /// The text as it may stand in an element or between the quotes of an attribute.
    ///
    /// `& < > " '` become character references; what a reader does not see but a browser obeys is written out, as
    /// ``VisibleText`` does.
    public static func escaped(_ text: String) -> String {
        let text = VisibleText.of(text)
        guard text.utf8.contains(where: isMarkup) else { return text }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func isMarkup(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}
