/// The fields of a delimited file as stretches of its bytes, row by row.
struct DelimitedFields {
    /// A field without its quotes.
    struct Field {
        var start: Int
        private var length: UInt32
        var isQuoted: Bool
        /// Whether `""` stands in it for a quote.
        var hasDoubledQuotes = false

        var end: Int { start + Int(length) }

        /// - Precondition: the field is shorter than 4 GiB.
        init(_ start: Int, _ end: Int, isQuoted: Bool = false) {
            self.start = start
            self.length = UInt32(end - start)
            self.isQuoted = isQuoted
        }
    }
    private(set) var fields: [Field] = []
    /// How many fields a row has.
    private(set) var width = 0

    var rowCount: Int { width == 0 ? 0 : fields.count / width }

    subscript(row: Int, column: Int) -> Field { fields[row * width + column] }

    /// Cuts the file at `separator`, outside quotes, into rows of the same number of fields; empty lines are no rows.
    ///
    /// - Throws: ``ReadingError`` at a row of another length than the first, a quote that does not end, and text
    ///   behind a closing quote.
    init(_ file: TextFile, separator: UInt8) throws(ReadingError) {
        fields.reserveCapacity(file.bytes.count / 6)
        try file.bytes.withUnsafeBufferPointer { (bytes) throws(ReadingError) in
            var scanner = FieldScanner(file: file, bytes: bytes, place: file.start, separator: separator)
            while scanner.place < bytes.count {
                if scanner.skipEmptyLine() { continue }
                let rowStart = scanner.place
                let first = fields.count
                while try scanner.field(into: &fields) {}
                let found = fields.count - first
                if width == 0 { width = found }
                guard found == width else { throw DelimitedFields.ragged(file, rowStart, found, width) }
            }
        }
    }

    private static func ragged(_ file: TextFile, _ start: Int, _ found: Int, _ width: Int) -> ReadingError {
        var error = file.error(
            at: start, "this row has \(found) \(found == 1 ? "field" : "fields") where the header has \(width)",
            help: found > width
                ? "put fields with a separator in them in quotes"
                : "fill up the row with separators; an empty field is a missing value")
        error.column = nil
        return error
    }
}

/// Walks over the bytes of a delimited file.
private struct FieldScanner {
    let file: TextFile
    /// The file's, where they lie.
    let bytes: UnsafeBufferPointer<UInt8>
    var place: Int
    let separator: UInt8

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Steps over a line without anything on it.
    mutating func skipEmptyLine() -> Bool {
        let length = lineEnd(at: place)
        place += length
        return length > 0
    }

    /// Takes a field and what ends it; false when that is the end of the row.
    mutating func field(into fields: inout [DelimitedFields.Field]) throws(ReadingError) -> Bool {
        if place < bytes.count, bytes[place] == FieldScanner.quote {
            fields.append(try quoted())
        } else {
            fields.append(bare())
        }
        guard place < bytes.count else { return false }
        if bytes[place] == separator {
            place += 1
            return true
        }
        place += lineEnd(at: place)
        return false
    }

    private mutating func bare() -> DelimitedFields.Field {
        let start = place
        while place < bytes.count, bytes[place] != separator, bytes[place] != FieldScanner.newline { place += 1 }
        let isReturn = place > start && bytes[place - 1] == FieldScanner.carriageReturn
        if isReturn, place == bytes.count || bytes[place] == FieldScanner.newline { place -= 1 }
        return DelimitedFields.Field(start, place)
    }

    private mutating func quoted() throws(ReadingError) -> DelimitedFields.Field {
        let opening = place
        var hasDoubledQuotes = false
        place += 1
        while true {
            guard let end = bytes[place...].firstIndex(of: FieldScanner.quote) else {
                throw file.error(
                    at: opening, "the quote that opens here is never closed",
                    help: #"close it with ", and write a quote within a field as """#)
            }
            place = end + 1
            guard place < bytes.count, bytes[place] == FieldScanner.quote else {
                break
            }
            hasDoubledQuotes = true
            place += 1
        }
        var field = DelimitedFields.Field(opening + 1, place - 1, isQuoted: true)
        field.hasDoubledQuotes = hasDoubledQuotes
        guard place == bytes.count || bytes[place] == separator || lineEnd(at: place) > 0 else {
            throw file.error(
                at: place, "after a closing quote a separator or the end of the line must follow",
                help: #"write a quote within a field as """#)
        }
        return field
    }

    /// The bytes of the line's end that stands here: `\n`, `\r\n`, or a `\r` at the end of the file.
    private func lineEnd(at place: Int) -> Int {
        guard place < bytes.count else { return 0 }
        if bytes[place] == FieldScanner.newline { return 1 }
        guard bytes[place] == FieldScanner.carriageReturn else { return 0 }
        if place + 1 == bytes.count { return 1 }
        return bytes[place + 1] == FieldScanner.newline ? 2 : 0
    }
}
