/// A value right behind another, where an argument lacks its comma or its name.
///
/// The parser knows no words, so its advice is general; with the vocabulary at hand it can say what the word that is
/// called would take the value for.
struct StrayArgument {
    private let source: Source
    /// The tokens up to and with the value, and those behind it.
    private let tokens: [Token]
    private let place: Int
    private let head: String

    /// The value that a fault of the parser is about; nil for any other fault.
    init?(_ fault: Diagnostic) {
        guard fault.message == Parser.neighbours, let label = fault.labels.first else { return nil }
        var lexer = Lexer(label.source)
        var tokens: [Token] = []
        while let token = try? lexer.next(), token.kind != .end { tokens.append(token) }
        guard let place = tokens.firstIndex(where: { $0.span == label.span }), place > 0,
            let head = Self.head(before: place, in: tokens)
        else { return nil }
        (source, self.tokens, self.place, self.head) = (label.source, tokens, place, head)
    }

    /// What to write, where the word that is called has a parameter of that name or for that constant; nil where the
    /// parser's own advice is as good.
    func help(_ vocabulary: Vocabulary) -> String? {
        guard let signature = vocabulary.word(head)?.signature, !tokens[place].is(.dot) else { return nil }
        if tokens.indices.contains(place + 1), tokens[place + 1].is(.colon) { return nil }
        if let text = tokens[place].word {
            if signature[text] != nil, let value {
                return "an argument's name has a colon: write `, \(text): \(value)`"
            }
            if let parameter = signature.named.first(where: { $0.type.symbol(text) != nil }) {
                return "write `, \(parameter.name): \(text)`"
            }
        }
        // The name before it names no argument, whatever the parser guessed.
        guard let name = tokens[place - 1].word, signature[name] == nil else { return nil }
        return "separate arguments with `,` and stages with `|`"
    }

    /// The text of the value behind the stray name; nil where there is none.
    private var value: String? {
        let rest = tokens[(place + 1)...]
        let value = rest.prefix { token in
            if case .sign(let sign) = token.kind { return sign == .dot || sign == .minus }
            return token.kind != .newline
        }
        guard let first = value.first, let last = value.last else { return nil }
        return source[Span(first.span.start, last.span.end)]
    }

    /// The word that begins the innermost stage or call around a token.
    private static func head(before place: Int, in tokens: [Token]) -> String? {
        var open: [(isBlock: Bool, head: Int)] = [(true, 0)]
        for (index, token) in tokens[..<place].enumerated() {
            switch token.kind {
            case .newline where open[open.count - 1].isBlock: open[open.count - 1].head = index + 1
            case .sign(.leftParenthesis) where !token.isSpaced && index > 0: open.append((false, index - 1))
            case .sign(let sign) where sign.closing != nil: open.append((sign == .leftBrace, index + 1))
            case .sign(let sign) where sign.isClosing: if open.count > 1 { open.removeLast() }
            case .sign(.pipe), .sign(.semicolon), .sign(.assign), .sign(.arrow): open[open.count - 1].head = index + 1
            default: break
            }
        }
        return open.last.flatMap { tokens[$0.head].word }
    }
}

extension Parser {
    /// The program that a text holds; a fault in the arguments of a word is explained by what the word takes.
    ///
    /// - Throws: the first error in it.
    static func parse(_ source: Source, with vocabulary: Vocabulary) throws(Diagnostic) -> Program {
        do throws(Diagnostic) {
            return try parse(source)
        } catch {
            var error = error
            if let help = StrayArgument(error)?.help(vocabulary) { error.help = help }
            throw error
        }
    }
}
