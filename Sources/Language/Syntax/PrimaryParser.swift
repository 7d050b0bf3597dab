// Values that no operator takes apart.
extension Parser {
    mutating func primary() throws(Diagnostic) -> Expression {
        switch token.kind {
        case .int(let value): return try leaf(.int(value))
        case .float(let value): return try leaf(.float(value))
        case .quantity(let magnitude, let unit): return try leaf(.quantity(magnitude, unit))
        case .string(let text): return try leaf(.string(text))
        case .name(let word): return try named(word)
        case .sign(.dot): return try row()
        case .sign(.leftParenthesis): return try parenthesised()
        case .sign(.leftBracket): return try list()
        case .sign(.leftBrace): return try braces()
        default: throw expectedValue()
        }
    }

    private mutating func leaf(_ kind: Expression.Kind) throws(Diagnostic) -> Expression {
        try node(kind, from: advance().span.start, above: 0)
    }

    private mutating func named(_ word: String) throws(Diagnostic) -> Expression {
        switch Keyword(rawValue: word) {
        case nil:
            if Habit.functionWords.contains(word) { throw foreignFunction() }
            return try leaf(.name(word))
        case .true?: return try leaf(.bool(true))
        case .false?: return try leaf(.bool(false))
        case Keyword.none?: return try leaf(.none)
        default: throw expectedValue()
        }
    }

    /// `.accuracy`, or the row `.` itself.
    private mutating func row() throws(Diagnostic) -> Expression {
        let start = advance().span.start
        guard let word = token.word, !token.isSpaced else { return try node(.row, from: start, above: 0) }
        advance()
        return try node(.field(word), from: start, above: 0)
    }

    private mutating func parenthesised() throws(Diagnostic) -> Expression {
        let start = token.span.start
        let bracket = try open()
        let pipeline = try self.pipeline()
        let parts = height
        try close(bracket)
        return try node(.parenthesised(pipeline), from: start, above: parts)
    }

    private mutating func list() throws(Diagnostic) -> Expression {
        let start = token.span.start
        let bracket = try open()
        var elements: [Expression] = []
        var tallest = 0
        while !token.is(.rightBracket) {
            elements.append(try expression())
            tallest = Swift.max(tallest, height)
            if !take(.comma) { break }
        }
        try close(bracket)
        return try node(.list(elements), from: start, above: tallest)
    }

    /// `{a, b -> …}` where a name and then `,` or `->` follow the brace, else a record.
    private mutating func braces() throws(Diagnostic) -> Expression {
        let start = token.span.start
        let bracket = try open()
        let kind = token.word != nil && (following.is(.comma) || following.is(.arrow)) ? try lambda() : try record()
        let parts = height
        try close(bracket)
        return try node(kind, from: start, above: parts)
    }

    private mutating func lambda() throws(Diagnostic) -> Expression.Kind {
        var parameters: [Name] = []
        repeat {
            let name = try self.name(for: "a parameter")
            if let first = parameters.first(where: { $0.text == name.text }) { throw twice("parameter", name, first) }
            parameters.append(name)
        } while take(.comma)
        guard take(.arrow) else { throw expectedArrow() }
        return .lambda(Lambda(parameters: parameters, body: try pipeline()))
    }

    private mutating func record() throws(Diagnostic) -> Expression.Kind {
        var entries: [(key: Name, value: Expression)] = []
        var tallest = 0
        height = 0
        guard !token.is(.rightBrace) else { return .record(entries) }
        repeat {
            let key = try self.key()
            if let first = entries.first(where: { $0.key.text == key.text })?.key { throw twice("key", key, first) }
            guard take(.colon) else { throw expectedColon(after: key) }
            entries.append((key, try expression()))
            tallest = Swift.max(tallest, height)
        } while take(.comma)
        height = tallest
        return .record(entries)
    }

    private mutating func key() throws(Diagnostic) -> Name {
        if case .string(let text) = token.kind { return Name(text, advance().span) }
        guard token.word != nil else { throw expectedKey() }
        return try word(for: "a key")
    }
}
