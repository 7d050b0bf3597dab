// Pipelines, stages, commands and their arguments.
extension Parser {
    mutating func pipeline() throws(Diagnostic) -> Pipeline {
        let start = token.span.start
        let isContinued = take(.pipe)
        var stages: [Stage] = []
        var tallest = 0
        repeat {
            stages.append(try stage())
            tallest = Swift.max(tallest, height)
        } while take(.pipe)
        height = tallest
        return Pipeline(isContinued: isContinued, stages: stages, span: Span(start, lastEnd))
    }

    private mutating func stage() throws(Diagnostic) -> Stage {
        let start = token.span.start
        if let word = token.word, Keyword(rawValue: word) == nil, argumentFollows {
            if Habit.functionWords.contains(word) { throw foreignFunction() }
            let name = Name(word, advance().span)
            let arguments = try self.arguments()
            return Stage(kind: .command(name, arguments), span: Span(start, lastEnd))
        }
        let expression = try self.expression()
        return Stage(kind: .expression(expression), span: expression.span)
    }

    /// Rule 1: whether the next token is spaced and starts a value, so that the name here is a command.
    private var argumentFollows: Bool {
        let next = following
        guard next.isSpaced else { return false }
        switch next.kind {
        case .int, .float, .quantity, .string: return true
        case .name(let word): return Keyword(rawValue: word)?.isInfix != true || isKey(next)
        case .sign(.leftParenthesis), .sign(.leftBracket), .sign(.leftBrace), .sign(.dot): return true
        case .sign(.minus): return isGlued(after: next)
        default: return false
        }
    }

    /// Whether the token after this one, `next`, names an argument.
    private func isKey(_ next: Token) -> Bool {
        let after = tokens[Swift.min(self.next(after: self.next(after: index)), tokens.count - 1)]
        return after.is(.colon) && after.span.start == next.span.end
    }

    /// Whether something follows the token after this one without a space.
    private func isGlued(after token: Token) -> Bool {
        let after = tokens[Swift.min(self.next(after: self.next(after: index)), tokens.count - 1)]
        return after.span.start == token.span.end && after.kind != .newline && after.kind != .end
    }

    /// One argument or more, between commas.
    mutating func arguments() throws(Diagnostic) -> [CallArgument] {
        var arguments: [CallArgument] = []
        var tallest = 0
        repeat {
            let argument = try self.argument()
            let key = argument.key
            if let key, let first = arguments.first(where: { $0.key?.text == key.text })?.key {
                throw twice("argument", key, first)
            }
            arguments.append(argument)
            tallest = Swift.max(tallest, height)
        } while take(.comma)
        height = tallest
        return arguments
    }

    private mutating func argument() throws(Diagnostic) -> CallArgument {
        let start = token.span.start
        var key: Name?
        if let word = token.word, following.is(.colon), !following.isSpaced {
            key = Name(word, advance().span)
            advance()
        }
        let value = try expression()
        return CallArgument(key: key, value: value, span: Span(start, lastEnd))
    }
}
