extension Session {
    /// What is known of the name at `offset` (in bytes) of `text`: the type and the value of a variable, the help of a
    /// word, a constant, a function or an error's code. Where the name tells nothing, the word that begins the stage is
    /// meant, whose arguments stand there.
    ///
    /// - Parameters:
    ///   - width: the columns for which a value is laid out.
    ///   - rows: how many rows or lines of it are shown.
    /// - Returns: nil where nothing is known, and within quotes.
    public func inspection(of text: String, at offset: Int, width: Int = 80, rows: Int = 8) -> String? {
        let bytes = Array(text.utf8)
        let cursor = Cursor(String(decoding: bytes.prefix(offset), as: UTF8.self))
        guard cursor.quoteStart == nil else { return nil }
        let rest = String(decoding: bytes.dropFirst(offset), as: UTF8.self)
        let name = cursor.word + rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        let head = cursor.stage.split(separator: " ").first.map { String($0.drop { $0 == "?" }) }
        return inspection(of: name, width, rows) ?? head.flatMap { inspection(of: $0, width, rows) }
    }

    private func inspection(of name: String, _ width: Int, _ rows: Int) -> String? {
        guard let value = scope[name] else { return Help(vocabulary).text(on: name) }
        return "\(name): \(value.type.phrase)\n\n\(ValuePrinter(width: width, rowLimit: rows).text(value))"
    }
}
