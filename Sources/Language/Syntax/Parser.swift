/// Reads tokens into a syntax tree, by recursive descent with one table of operators.
///
/// The first error ends it. Newlines are tokens that it skips inside brackets (`isFree`); inside the braces of
/// a block they end statements again.
public struct Parser {
    let source: Source
    let tokens: [Token]
    /// What stopped the lexer; it counts when the parser gets that far.
    private let lexical: Diagnostic?
    var index = 0
    var lastEnd = 0
    /// Whether line ends mean nothing here.
    var isFree = false
    /// How many brackets, blocks and prefix operators are open.
    var depth = 0
    /// The height of the tree read last.
    var height = 0

    static let depthLimit = 200
    /// Long chains of operators make high trees without brackets.
    static let heightLimit = 1000

    /// The program that a text holds.
    ///
    /// - Throws: the first error in it.
    public static func parse(_ source: Source) throws(Diagnostic) -> Program {
        var parser = Parser(source)
        return try parser.whole()
    }

    /// Whether a cell can be evaluated, or its error be reported, without more lines: false while a bracket, a
    /// string or a block is open and after a trailing `|`, `,`, `=`, `->` or operator.
    public static func isComplete(_ text: String) -> Bool {
        var parser = Parser(Source(name: "", text: text + "\n"))
        do {
            _ = try parser.whole()
            return true
        } catch {
            let canBeMended = error.code == .syntax || error.code == .unterminated
            let lexerWentThrough = parser.lexical == nil || parser.lexical?.code == .unterminated
            return !(parser.token.kind == .end && canBeMended && lexerWentThrough)
        }
    }

    private init(_ source: Source) {
        self.source = source
        var lexer = Lexer(source)
        var tokens: [Token] = []
        var failure: Diagnostic?
        do {
            repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        } catch {
            failure = error
            let end = tokens.last?.span.end ?? 0
            tokens.append(Token(kind: .end, span: Span(end, end), isSpaced: true))
        }
        self.tokens = tokens
        lexical = failure
    }

    private mutating func whole() throws(Diagnostic) -> Program {
        do throws(Diagnostic) {
            let statements = try self.statements(in: nil)
            if let lexical { throw lexical }
            return Program(statements: statements, span: Span(0, source.text.utf8.count))
        } catch {
            throw token.kind == .end ? lexical ?? error : error
        }
    }
}

// Moving through the tokens.
extension Parser {
    var token: Token { tokens[index] }

    /// The token after this one.
    var following: Token { tokens[Swift.min(next(after: index), tokens.count - 1)] }

    func next(after index: Int) -> Int {
        var next = index + 1
        while isFree, next < tokens.count, tokens[next].kind == .newline { next += 1 }
        return next
    }

    var previous: Token? {
        var before = index - 1
        while before >= 0, tokens[before].kind == .newline { before -= 1 }
        return before >= 0 ? tokens[before] : nil
    }

    @discardableResult
    mutating func advance() -> Token {
        let token = self.token
        if token.kind != .newline { lastEnd = token.span.end }
        index = Swift.min(next(after: index), tokens.count - 1)
        return token
    }

    /// Goes past a sign if it comes next.
    mutating func take(_ sign: Sign) -> Bool {
        guard token.is(sign) else { return false }
        advance()
        return true
    }

    mutating func skipNewlines() {
        while token.kind == .newline { index += 1 }
    }

    /// A name that comes next; a keyword is none.
    mutating func name(for purpose: String) throws(Diagnostic) -> Name {
        guard let text = token.word else { throw expectedName(purpose) }
        if Keyword(rawValue: text) != nil { throw keywordAsName(purpose) }
        return Name(text, advance().span)
    }

    /// A word that comes next, be it a keyword.
    mutating func word(for purpose: String) throws(Diagnostic) -> Name {
        guard let text = token.word else { throw expectedName(purpose) }
        return Name(text, advance().span)
    }
}

// Brackets and depth.
extension Parser {
    /// An open bracket and the state to go back to after it.
    struct Bracket {
        let opening: Token
        let wasFree: Bool
    }

    /// Goes past an opening bracket; line ends count after it only in a block.
    mutating func open(isBlock: Bool = false) throws(Diagnostic) -> Bracket {
        try descend()
        let bracket = Bracket(opening: token, wasFree: isFree)
        isFree = !isBlock
        advance()
        return bracket
    }

    /// Goes past the bracket that closes an open one.
    mutating func close(_ bracket: Bracket) throws(Diagnostic) {
        guard case .sign(let sign) = bracket.opening.kind, let closing = sign.closing else { return }
        guard token.is(closing) else { throw notClosed(bracket.opening, closing) }
        isFree = bracket.wasFree
        advance()
        depth -= 1
    }

    mutating func descend() throws(Diagnostic) {
        depth += 1
        if depth > Self.depthLimit { throw tooDeep(token.span) }
    }

    /// An expression from `start` to the last token, one higher than its highest part.
    mutating func node(_ kind: Expression.Kind, from start: Int, above parts: Int) throws(Diagnostic) -> Expression {
        height = parts + 1
        let span = Span(start, lastEnd)
        if height > Self.heightLimit { throw tooDeep(span) }
        return Expression(kind, span)
    }
}
