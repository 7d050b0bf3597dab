/// Reads JSON (RFC 8259) and JSON lines.
///
/// Names and units of columns are taken as ``DelimitedReader`` takes them.
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
        guard records.contains(where: { !$0.names.isEmpty }) else {
            throw ReadingError(name, "the file holds no row where objects, such as {\"a\": 1}, are expected")
        }
        return try named(Table(records: records), name)
    }

    /// The columns with names of the language, and the units that stand in their names.
    private static func named(_ table: Table, _ file: String) throws(ReadingError) -> Table {
        var columns: [Column] = []
        for (place, column) in table.columns.enumerated() {
            let heading = Heading(column.name, place: place + 1)
            guard !columns.contains(where: { $0.name == heading.name }) else {
                throw ReadingError(
                    file, "`\(column.name)` and another name both become the column `\(heading.name)`",
                    help: "rename one of them")
            }
            columns.append(column.numbers == nil ? column.named(heading.name) : column.with(heading))
        }
        return Table(columns)
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
