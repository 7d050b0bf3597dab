import Language

/// JSON with a line for each entry, as notebooks are kept: what changes in one shows line by line.
enum IndentedJSON {
    /// The value, indented by one space a level; ends with a line's end.
    static func text(_ value: Value) -> String {
        var text = ""
        append(value, indent: "\n", to: &text)
        return text + "\n"
    }

    private static func append(_ value: Value, indent: String, to text: inout String) {
        let inner = indent + " "
        switch value {
        case .list(let items) where !items.isEmpty:
            var separator = "["
            for item in items {
                text += separator + inner
                append(item, indent: inner, to: &text)
                separator = ","
            }
            text += indent + "]"
        case .record(let record) where !record.names.isEmpty:
            var separator = "{"
            for (name, value) in record.fields {
                text += separator + inner + JSONText.text(.string(name)) + ": "
                append(value, indent: inner, to: &text)
                separator = ","
            }
            text += indent + "}"
        default: text += JSONText.text(value)
        }
    }
}
