/// Walks over the bytes of a JSON text.
struct JSONParser {
    private let file: TextFile
    private var place: Int
    private var depth = 0

    init(_ file: TextFile) {
        self.file = file
        place = file.start
    }

    var isAtEnd: Bool { place >= file.bytes.count }

    var isAtList: Bool { peek == UInt8(ascii: "[") }

    mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    mutating func expectEnd() throws(ReadingError) {
        skipSpace()
        guard isAtEnd else {
            throw error("the end of the file was expected", help: "put one object on each line, or a list around all")
        }
    }

    mutating func value() throws(ReadingError) -> Value {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return .record(try record())
        case UInt8(ascii: "["):
            var items: [Value] = []
            try list { (parser: inout JSONParser) throws(ReadingError) in items.append(try parser.value()) }
            return .list(items)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .none)
        case let byte? where byte.isDigit || byte == UInt8(ascii: "-"): return try number()
        default: throw error("a JSON value was expected")
        }
    }

    mutating func records() throws(ReadingError) -> [Record] {
        var records: [Record] = []
        try list { (parser: inout JSONParser) throws(ReadingError) in records.append(try parser.record()) }
        return records
    }

    mutating func record() throws(ReadingError) -> Record {
        skipSpace()
        guard peek == UInt8(ascii: "{") else { throw error("an object was expected: {\"name\": value, …}") }
        var record = Record()
        try enclosed(by: UInt8(ascii: "}")) { (parser: inout JSONParser) throws(ReadingError) in
            let name = try parser.string()
            parser.skipSpace()
            try parser.expect(":")
            record[name] = try parser.value()
        }
        return record
    }

    private mutating func list(_ item: (inout JSONParser) throws(ReadingError) -> Void) throws(ReadingError) {
        try enclosed(by: UInt8(ascii: "]"), item)
    }

    /// Items between the bracket that stands here and `closing`, with commas between them.
    private mutating func enclosed(
        by closing: UInt8, _ item: (inout JSONParser) throws(ReadingError) -> Void
    ) throws(ReadingError) {
        guard depth < JSONReader.depthLimit else {
            throw error("brackets lie more than \(JSONReader.depthLimit) deep here")
        }
        depth += 1
        place += 1
        skipSpace()
        if peek != closing {
            while true {
                skipSpace()
                try item(&self)
                skipSpace()
                guard peek == UInt8(ascii: ",") else { break }
                place += 1
            }
        }
        try expect(Character(Unicode.Scalar(closing)))
        depth -= 1
    }

    private mutating func string() throws(ReadingError) -> String {
        let opening = place
        try expect("\"")
        var bytes: [UInt8] = []
        while true {
            guard let byte = peek, byte != 0x0A else {
                throw file.error(at: opening, "the string that opens here is never closed", help: "close it with \"")
            }
            guard byte >= 0x20 else { throw error("a control character must be escaped in a string, as \\u0009") }
            place += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
            if byte == UInt8(ascii: "\\") { bytes += try escape() } else { bytes.append(byte) }
        }
    }

    /// The bytes that an escape stands for; the backslash is behind.
    private mutating func escape() throws(ReadingError) -> [UInt8] {
        guard let byte = peek else { throw error("an escape was expected") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return Array(String(try scalar()).utf8)
        default:
            place -= 1
            throw error("there is no such escape", help: #"write \\ for a backslash"#)
        }
    }

    /// `XXXX`, or the two halves of a surrogate pair.
    private mutating func scalar() throws(ReadingError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, peek == UInt8(ascii: "\\") else { throw error("half of a surrogate pair stands alone") }
        place += 1
        try expect("u")
        let second = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw error("half of a surrogate pair stands alone") }
        return scalar
    }

    private mutating func hexadecimal() throws(ReadingError) -> UInt32 {
        let digits = file.bytes[place..<min(place + 4, file.bytes.count)]
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits were expected") }
        place += 4
        return code
    }

    private mutating func number() throws(ReadingError) -> Value {
        let start = place
        while let byte = peek,
            byte.isDigit || [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ".")].contains(byte)
                || byte | 0x20 == UInt8(ascii: "e")
        {
            place += 1
        }
        let text = String(decoding: file.bytes[start..<place], as: UTF8.self)
        if file.bytes[start..<place].isJSONNumber {
            if let int = Int(text) { return .int(int) }
            if let float = Double(text), float.isFinite { return .float(float) }
        }
        throw file.error(at: start, "`\(text)` is no number", help: "write it as 12, -0.5 or 1e-3")
    }

    private mutating func word(_ word: String, _ value: Value) throws(ReadingError) -> Value {
        guard file.bytes[place...].starts(with: word.utf8) else {
            throw error("a JSON value was expected", help: "text stands in quotes")
        }
        place += word.utf8.count
        return value
    }

    private mutating func expect(_ character: Character) throws(ReadingError) {
        guard peek == character.asciiValue else { throw error("`\(character)` was expected") }
        place += 1
    }

    private var peek: UInt8? { place < file.bytes.count ? file.bytes[place] : nil }

    private func error(_ message: String, help: String? = nil) -> ReadingError {
        isAtEnd
            ? file.error(at: place, "the file ends here, but \(message)", help: help)
            : file.error(at: place, message, help: help)
    }
}

extension ArraySlice<UInt8> {
    /// Digits without a needless zero, perhaps a fraction, perhaps an exponent.
    fileprivate var isJSONNumber: Bool {
        var rest = self
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let whole = rest.prefix { $0.isDigit }
        guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
        rest = rest.dropFirst(whole.count)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { $0.isDigit }
            guard !fraction.isEmpty else { return false }
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard let first = rest.first else { return true }
        guard first | 0x20 == UInt8(ascii: "e") else { return false }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(\.isDigit)
    }
}
