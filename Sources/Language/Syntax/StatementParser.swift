// Statements and blocks.
extension Parser {
    /// Statements up to the end of the text, or up to the closing brace of a block, which stays.
    mutating func statements(in block: Token?) throws(Diagnostic) -> [Statement] {
        var statements: [Statement] = []
        while true {
            while token.kind == .newline || token.is(.semicolon) { advance() }
            if token.kind == .end {
                guard let block else { return statements }
                throw neverClosed(block)
            }
            if block != nil, token.is(.rightBrace) { return statements }
            var statement = try self.statement()
            statement.isSilent = try endOfStatement(in: block)
            statements.append(statement)
        }
    }

    /// Goes past what ends a statement; the answer is whether it was `;`.
    private mutating func endOfStatement(in block: Token?) throws(Diagnostic) -> Bool {
        if take(.semicolon) { return true }
        if token.kind == .newline { advance() }
        if tokens[Swift.max(0, index - 1)].kind == .newline || token.kind == .end { return false }
        if block != nil, token.is(.rightBrace) { return false }
        throw misplaced(in: block)
    }

    private mutating func statement() throws(Diagnostic) -> Statement {
        let start = token.span.start
        let kind = try statementKind()
        return Statement(kind: kind, span: Span(start, lastEnd), isSilent: false)
    }

    private mutating func statementKind() throws(Diagnostic) -> Statement.Kind {
        switch token.word.flatMap(Keyword.init(rawValue:)) {
        case .let?:
            advance()
            return try binding()
        case .def?: return .define(try definition())
        case .for?: return try loop()
        case .if?: return .branch(try branch())
        case .use?: return try use()
        case .else?: throw strayElse()
        default: break
        }
        if let word = token.word, following.is(.assign), following.span.start > token.span.start {
            if Keyword(rawValue: word) != nil { throw keywordAsName("a value") }
            return try binding()
        }
        try refuseForeignStatement()
        return .pipeline(try pipeline())
    }

    /// `name = pipeline`.
    private mutating func binding() throws(Diagnostic) -> Statement.Kind {
        let name = try self.name(for: "a value")
        guard take(.assign) else { throw expectedAssignment(to: name) }
        return .bind(name, try pipeline())
    }

    /// `def name(a, b = 1) = pipeline` and `def name(a) { … }`.
    private mutating func definition() throws(Diagnostic) -> Definition {
        advance()
        let name = try self.name(for: "a function")
        guard token.is(.leftParenthesis) else { throw expectedParameters(of: name) }
        let bracket = try open()
        let parameters = try self.parameters()
        try close(bracket)
        if take(.assign) { return Definition(name: name, parameters: parameters, body: .pipeline(try pipeline())) }
        return Definition(name: name, parameters: parameters, body: .block(try block(of: "def", orAssign: true)))
    }

    private mutating func parameters() throws(Diagnostic) -> [Definition.Parameter] {
        var parameters: [Definition.Parameter] = []
        guard !token.is(.rightParenthesis) else { return parameters }
        repeat {
            let name = try self.name(for: "a parameter")
            if let first = parameters.first(where: { $0.name.text == name.text }) {
                throw twice("parameter", name, first.name)
            }
            let fallback = take(.assign) ? try expression() : nil
            parameters.append(.init(name: name, fallback: fallback))
        } while take(.comma)
        return parameters
    }

    /// `for x in values { … }`.
    private mutating func loop() throws(Diagnostic) -> Statement.Kind {
        advance()
        let variable = try name(for: "the loop's value")
        guard token.is(Keyword.in) else { throw expectedIn(after: variable) }
        advance()
        let values = try expression()
        return .loop(variable: variable, over: values, body: try block(of: "for"))
    }

    /// `if condition { … } else if … { … } else { … }`.
    private mutating func branch() throws(Diagnostic) -> Branch {
        try descend()
        advance()
        let condition = try expression()
        var branch = Branch(condition: condition, then: try block(of: "if"), otherwise: nil)
        if token.is(Keyword.else) {
            advance()
            branch.otherwise = token.is(Keyword.if) ? .branch(try self.branch()) : .block(try block(of: "else"))
        }
        depth -= 1
        return branch
    }

    /// `use "file.nash"`.
    private mutating func use() throws(Diagnostic) -> Statement.Kind {
        advance()
        guard case .string(let path) = token.kind else { throw expectedPath() }
        return .use(path: path, span: advance().span)
    }

    private mutating func block(of word: String, orAssign: Bool = false) throws(Diagnostic) -> Program {
        guard token.is(.leftBrace) else { throw expectedBlock(of: word, orAssign: orAssign) }
        let start = token.span.start
        let bracket = try open(isBlock: true)
        let statements = try self.statements(in: bracket.opening)
        try close(bracket)
        return Program(statements: statements, span: Span(start, lastEnd))
    }
}
