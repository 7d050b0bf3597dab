/// Shows diagnostics to programs: one JSON object in one line.
///
/// ```json
/// {"code":"E010","message":"…","labels":[{"source":"cell 3","start":0,"end":5,"line":1,"column":1,
///  "end_line":1,"end_column":6,"remark":"…"}],"help":"…","cause":"…"}
/// ```
/// `start` and `end` are UTF-8 offsets in the cell's text, half open; lines and columns count from 1, columns in characters.
/// `help` and `cause` are missing where there is none.
public enum JSONRenderer {
    /// The diagnostic as one line of JSON, without a line's end.
    public static func render(_ diagnostic: Diagnostic) -> String {
        var entries = [
            "\"code\":\(quoted(diagnostic.code.rawValue))",
            "\"message\":\(quoted(diagnostic.message))",
            "\"labels\":[\(diagnostic.labels.map(label).joined(separator: ","))]",
        ]
        if let help = diagnostic.help { entries.append("\"help\":\(quoted(help))") }
        if let cause = diagnostic.cause { entries.append("\"cause\":\(quoted(cause))") }
        return "{\(entries.joined(separator: ","))}"
    }

    private static func label(_ label: Diagnostic.Label) -> String {
        let lines = SourceLines(label.source)
        let span = lines.clamp(label.span)
        let (start, end) = (lines.place(of: span.start), lines.place(of: span.end))
        return "{\"source\":\(quoted(label.source.name)),\"start\":\(span.start),\"end\":\(span.end),"
            + "\"line\":\(start.line),\"column\":\(start.column),"
            + "\"end_line\":\(end.line),\"end_column\":\(end.column),\"remark\":\(quoted(label.remark))}"
    }

    /// A JSON string; control characters and the line separators of JavaScript are escaped.
    static func quoted(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\r": json += "\\r"
            case "\t": json += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar == "\u{2028}" || scalar == "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }
}
