/// Where a link of a text may lead: to http, https, or a place relative to the document.
enum LinkTarget {
    /// The address for a `href`, unescaped, of what stands in the text; nil where it may not be followed.
    ///
    /// Schemes other than the two are refused, and so is what browsers might read as one, or as another machine's
    /// folder: white space, control characters, `\`, and `//` at the start.
    static func address(_ written: ArraySlice<UInt8>) -> String? {
        guard !written.isEmpty, !written.starts(with: "//".utf8),
            written.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        let head = written.prefix { !":/?#".utf8.contains($0) }
        if written[head.endIndex...].first == UInt8(ascii: ":") {
            let scheme = String(decoding: head, as: UTF8.self).lowercased()
            guard scheme == "http" || scheme == "https", written[head.endIndex...].starts(with: "://".utf8) else {
                return nil
            }
        }
        return encoded(written)
    }

    /// With what may not stand in an address as `%XX` (RFC 3986); what is encoded already stays.
    private static func encoded(_ bytes: some Sequence<UInt8>) -> String {
        encoded(bytes, keeping: "-._~:/?#[]@!$&'()*+,;=%")
    }

    /// A file's name as part of an address: letters, digits and `-._~` stay.
    static func component(_ name: String) -> String { encoded(name.utf8, keeping: "-._~") }

    private static func encoded(_ bytes: some Sequence<UInt8>, keeping marks: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            if byte.isAlphanumeric || marks.utf8.contains(byte) {
                text.append(byte)
            } else {
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension UInt8 {
    var isAlphanumeric: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || (0x30...0x39).contains(self)
    }
    /// A mark of punctuation in ASCII: what a backslash before it makes plain.
    var isPunctuation: Bool { self > 0x20 && self < 0x7F && !isAlphanumeric }
    var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 }
}
