/// Reads JSON (RFC 8259) and JSON lines.
///
/// Numbers without point or exponent are ints where they fit; `null` is `none`.
public enum JSONReader {
    /// How deep lists and objects may lie in each other.
    static let depthLimit = 256

    /// The table of one object a line, or of one list of objects; a field that an object lacks is missing there.
    ///
    /// - Throws: ``ReadingError`` at the first place that is no JSON, or at what is no object.
    public static func table(_ bytes: [UInt8], name: String) throws(ReadingError) -> Table {
        var parser = JSONParser(try TextFile(bytes, name: name))
        var records: [Record] = []
        parser.skipSpace()
        if parser.isAtList {
            records = try parser.records()
            try parser.expectEnd()
        } else {
            while !parser.isAtEnd {
                records.append(try parser.record())
                parser.skipSpace()
            }
        }
        guard !records.isEmpty else {
            throw ReadingError(name, "the file holds no row where objects, such as {\"a\": 1}, are expected")
        }
        return Table(records: records)
    }

    /// The one value that the bytes hold.
    ///
    /// - Throws: ``ReadingError`` at the first place that is no JSON.
    public static func value(_ bytes: [UInt8], name: String) throws(ReadingError) -> Value {
        var parser = JSONParser(try TextFile(bytes, name: name))
        let value = try parser.value()
        try parser.expectEnd()
        return value
    }
}
