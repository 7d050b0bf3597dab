import Language

/// JSON with a line for each entry, as notebooks are kept: what changes in one shows line by line.
enum IndentedJSON {
    /// The value, indented by one space a level; ends with a line's end.
    static func bytes(_ value: Value) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, indent: 0, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private static func append(_ value: Value, indent: Int, to bytes: inout [UInt8]) {
        switch value {
        case .list(let items) where !items.isEmpty:
            for (place, item) in items.enumerated() {
                bytes.append(place == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
                startLine(indent + 1, &bytes)
                append(item, indent: indent + 1, to: &bytes)
            }
            startLine(indent, &bytes)
            bytes.append(UInt8(ascii: "]"))
        case .record(let record) where !record.names.isEmpty:
            for (place, field) in record.fields.enumerated() {
                bytes.append(place == 0 ? UInt8(ascii: "{") : UInt8(ascii: ","))
                startLine(indent + 1, &bytes)
                append(field.name, to: &bytes)
                bytes += ": ".utf8
                append(field.value, indent: indent + 1, to: &bytes)
            }
            startLine(indent, &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .string(let text): append(text, to: &bytes)
        default: bytes += JSONText.text(value).utf8
        }
    }

    private static func startLine(_ indent: Int, _ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<indent { bytes.append(UInt8(ascii: " ")) }
    }

    /// A string, byte by byte: pictures are long.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case ..<0x20, 0x7F: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
