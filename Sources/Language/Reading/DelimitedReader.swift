/// Reads CSV after RFC 4180, also with `;` or tabs between fields: the header line tells which.
///
/// - Fields in quotes are text, unless the header too stands in quotes throughout, as some programs write everything.
/// - Columns are ints, floats or bools where all their fields are; empty fields, `nan`, `NA`, `none` and `null` are missing.
/// - `latency (ms)` or `latency [ms]` in the header gives a column of numbers its unit.
/// - Names become names of the language: what is no letter, digit or `_` turns into `_`, and one goes before a first digit.
public enum DelimitedReader {
    /// The table of a file's bytes; `name` is for errors.
    ///
    /// - Throws: ``ReadingError`` with line and column for bad UTF-8, rows of unequal length, quotes that do not end,
    ///   no header, or two columns of one name.
    public static func table(_ bytes: [UInt8], name: String) throws(ReadingError) -> Table {
        guard bytes.count < 1 << 32 else {
            throw ReadingError(name, "the file is larger than 4 GiB", help: "split it into several files")
        }
        let file = try TextFile(bytes, name: name)
        let fields = try DelimitedFields(file, separator: separator(file))
        guard fields.rowCount > 0 else {
            throw ReadingError(name, "the file is empty where a line with the names of the columns is expected")
        }
        let isAllQuoted = (0..<fields.width).allSatisfy { fields[0, $0].isQuoted }
        let header = try header(file, fields)
        return Table(
            header.enumerated().map { place, heading in
                let cells = FieldColumn(file: file, fields: fields, column: place, quotesMeanText: !isAllQuoted)
                return cells.column(heading)
            })
    }

    /// The most frequent of `,`, `;` and tab on the first line, outside quotes.
    private static func separator(_ file: TextFile) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in file.bytes[file.start...].drop(while: { $0 == 10 || $0 == 13 }) {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == UInt8(ascii: "\n") { break }
            counts[byte, default: 0] += 1
        }
        let candidates = [",", ";", "\t"].map { UInt8(ascii: $0) }
        return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? candidates[0]
    }

    private static func header(_ file: TextFile, _ fields: DelimitedFields) throws(ReadingError) -> [Heading] {
        let texts = (0..<fields.width).map { file.text(fields[0, $0]) }
        let isData = texts.allSatisfy { [.int, .float, .missing].contains(CellText($0)) }
        guard !isData || texts.contains(where: { CellText($0) == .missing && !$0.isEmpty }) else {
            throw file.error(
                at: fields[0, 0].start, "here stand numbers where the names of the columns are expected",
                help: "put a line with the names on top")
        }
        var headings: [Heading] = []
        for (place, text) in texts.enumerated() {
            let heading = Heading(text, place: place + 1)
            guard !headings.contains(where: { $0.name == heading.name }) else {
                throw file.error(
                    at: fields[0, place].start, "a second column is called `\(heading.name)`",
                    help: "give every column a name of its own")
            }
            headings.append(heading)
        }
        return headings
    }
}

extension TextFile {
    /// The characters of a field.
    func text(_ field: DelimitedFields.Field) -> String {
        let text = String(decoding: bytes[field.start..<field.end], as: UTF8.self)
        return field.hasDoubledQuotes ? text.withSingleQuotes : text
    }
}

extension String {
    /// `""` turned into `"`, scalar by scalar: a mark that combines with a quote must not hide it.
    fileprivate var withSingleQuotes: String {
        var isSecond = false
        var result = UnicodeScalarView()
        for scalar in unicodeScalars {
            isSecond = scalar == "\"" && !isSecond
            if scalar != "\"" || isSecond { result.append(scalar) }
        }
        return String(result)
    }
}
