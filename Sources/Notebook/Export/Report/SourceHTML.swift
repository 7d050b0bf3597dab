import Language

/// A program's text as HTML, with its parts told from each other as quietly as the language's own lexer can.
enum SourceHTML {
    /// Comments (`c`), strings (`s`), numbers (`m`), keywords (`k`), the words behind a `|` (`f`) and the names of
    /// arguments (`a`) are in `span`s of these classes. From where the lexer stops at a fault, all is plain.
    static func text(_ source: String) -> String {
        let shown = VisibleText.of(source)
        let bytes = Array(shown.utf8)
        let (tokens, isWhole) = tokens(of: shown)
        var html = ""
        var end = 0
        for (place, token) in tokens.enumerated() {
            html += blank(bytes[end..<token.span.start])
            let text = escaped(bytes[token.span.start..<token.span.end])
            let kind = kind(
                token, after: place > 0 ? tokens[place - 1] : nil,
                before: place + 1 < tokens.count ? tokens[place + 1] : nil)
            html += kind.map { "<span class=\"\($0)\">\(text)</span>" } ?? text
            end = token.span.end
        }
        return html + (isWhole ? blank(bytes[end...]) : escaped(bytes[end...]))
    }

    /// The tokens that are written, and whether the lexer came to the end.
    private static func tokens(of text: String) -> (tokens: [Token], isWhole: Bool) {
        var lexer = Lexer(Source(name: "", text: text))
        var tokens: [Token] = []
        do throws(Diagnostic) {
            while true {
                let token = try lexer.next()
                if token.kind == .end { return (tokens, true) }
                if token.kind != .newline { tokens.append(token) }
            }
        } catch {
            return (tokens, false)
        }
    }

    private static func kind(_ token: Token, after previous: Token?, before next: Token?) -> String? {
        switch token.kind {
        case .int, .float, .quantity: return "m"
        case .string: return "s"
        case .name(let word):
            let isMember = previous.map { $0.is(.dot) && !token.isSpaced } ?? false
            if isMember { return nil }
            if let next, next.is(.colon), !next.isSpaced { return "a" }
            if Keyword(rawValue: word) != nil { return "k" }
            return previous.map { $0.is(.pipe) } ?? false ? "f" : nil
        case .sign, .newline, .end: return nil
        }
    }

    /// What lies between tokens: white space and comments.
    private static func blank(_ bytes: ArraySlice<UInt8>) -> String {
        var html = ""
        var rest = bytes
        while let start = rest.firstIndex(of: UInt8(ascii: "#")) {
            let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            html += escaped(rest[..<start]) + "<span class=\"c\">\(escaped(rest[start..<end]))</span>"
            rest = rest[end...]
        }
        return html + escaped(rest)
    }

    private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
        HTMLText.escaped(String(decoding: bytes, as: UTF8.self))
    }
}
