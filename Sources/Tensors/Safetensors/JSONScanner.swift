/// Reads the little of JSON that a safetensors header is made of, and knows at which byte it stands.
///
/// A general JSON reader would neither tell where a well-formed but wrong value stands, nor refuse a
/// key that comes twice.
struct JSONScanner {
    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    /// A scanner at the start of `bytes`, whose indices are places in the file.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Calls `member` with each key, and where it stands; `member` reads the value.
    mutating func object(_ member: (inout JSONScanner, String, Int) throws(Malformed) -> Void) throws(Malformed) {
        var keys: Set<String> = []
        try list("{", "}") { (scanner) throws(Malformed) in
            let place = scanner.position
            let key = try scanner.string()
            guard keys.insert(key).inserted else {
                throw Malformed(offset: place, problem: "the key \(quoted(key)) comes a second time")
            }
            try scanner.expect(":")
            scanner.skipSpace()
            try member(&scanner, key, place)
        }
    }

    /// An array of whole numbers that are not negative.
    mutating func numbers() throws(Malformed) -> [Int] {
        var numbers: [Int] = []
        try list("[", "]") { (scanner) throws(Malformed) in numbers.append(try scanner.number()) }
        return numbers
    }

    /// A whole number that is not negative.
    mutating func number() throws(Malformed) -> Int {
        let place = position
        var value = 0
        while let digit = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, more) = tens.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
            guard !overflow, !more else { throw Malformed(offset: place, problem: "a number beyond 63 bits") }
            value = sum
            position += 1
        }
        let continues = peek.map { ".eE-".utf8.contains($0) } ?? false
        guard position > place, !continues else {
            throw Malformed(offset: place, problem: "expected a whole number, not negative")
        }
        return value
    }

    /// A string, its escapes resolved.
    mutating func string() throws(Malformed) -> String {
        let place = position
        try expect("\"")
        var text: [UInt8] = []
        while true {
            guard let byte = peek, byte >= 0x20 else {
                throw Malformed(offset: position, problem: "an unfinished string")
            }
            position += 1
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") { text += try escape().utf8 } else { text.append(byte) }
        }
        guard let string = String(validating: text, as: UTF8.self) else {
            throw Malformed(offset: place, problem: "a string that is not UTF-8")
        }
        return string
    }

    /// Spaces and the end of the text.
    mutating func end() throws(Malformed) {
        skipSpace()
        guard position == bytes.endIndex else {
            throw Malformed(offset: position, problem: "text after the header's end")
        }
    }

    private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(Malformed) {
        guard accept(character) else {
            throw Malformed(offset: position, problem: "expected \(quoted(String(character)))")
        }
    }

    private mutating func list(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ item: (inout JSONScanner) throws(Malformed) -> Void
    ) throws(Malformed) {
        try expect(open)
        if accept(close) { return }
        repeat {
            skipSpace()
            try item(&self)
        } while accept(",")
        try expect(close)
    }

    private mutating func escape() throws(Malformed) -> String {
        let place = position - 1
        let byte = peek ?? 0
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(Unicode.Scalar(byte))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return String(try escapedScalar(place))
        default: throw Malformed(offset: place, problem: "an unknown escape in a string")
        }
    }

    /// The scalar of `\uXXXX`, or of two of them that are a surrogate pair.
    private mutating func escapedScalar(_ place: Int) throws(Malformed) -> Unicode.Scalar {
        var units = [try hexadecimal(place)]
        if UTF16.isLeadSurrogate(units[0]), peek == UInt8(ascii: "\\"), position + 1 < bytes.endIndex,
            bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            units.append(try hexadecimal(place))
        }
        guard let scalar = String(validating: units, as: UTF16.self)?.unicodeScalars.first else {
            throw Malformed(offset: place, problem: "half of a surrogate pair in a string")
        }
        return scalar
    }

    private mutating func hexadecimal(_ place: Int) throws(Malformed) -> UInt16 {
        let digits = bytes[position..<min(position + 4, bytes.endIndex)]
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count == 4, digits.first != UInt8(ascii: "+"), let unit = UInt16(text, radix: 16) else {
            throw Malformed(offset: place, problem: "expected four hexadecimal digits")
        }
        position += 4
        return unit
    }
}

/// `text` in double quotes, cut to a length that fits a message.
func quoted(_ text: String) -> String {
    "\"\(text.prefix(60))\(text.count > 60 ? "…" : "")\""
}
