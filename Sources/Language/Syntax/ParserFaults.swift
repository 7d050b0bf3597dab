// What is wrong at the parser's place, and what to write.
extension Parser {
    func fault(
        _ message: String, _ labels: [(Span, String)], code: Code = .syntax, help: String? = nil
    ) -> Diagnostic {
        Diagnostic(code, message, labels: labels.map { .init(source, $0.0, $0.1) }, help: help)
    }

    /// The token here in words.
    var found: String {
        switch token.kind {
        case .end: "the end of the text"
        case .newline: "the end of the line"
        case .string: "a string"
        default: "`\(written(token.span))`"
        }
    }

    func written(_ span: Span) -> String { source[span] }

    /// The span of the token here, or just behind the last one where the line ends.
    var place: Span {
        token.kind == .newline || token.kind == .end ? Span(lastEnd, lastEnd) : token.span
    }

    func tooDeep(_ span: Span) -> Diagnostic {
        let short = Span(span.start, Swift.min(span.end, token.span.end))
        return fault(
            "this is nested too deeply", [(short, "more than \(Self.depthLimit) levels")], code: .tooDeep,
            help: "bind a part of it to a name first")
    }

    func twice(_ what: String, _ name: Name, _ first: Name) -> Diagnostic {
        fault(
            "\(what) `\(name.text)` is given twice", [(name.span, "again here"), (first.span, "first given here")],
            help: "remove one of them")
    }

    // Names.

    func expectedName(_ purpose: String) -> Diagnostic {
        fault("expected the name of \(purpose), found \(found)", [(place, "a name should stand here")])
    }

    func keywordAsName(_ purpose: String) -> Diagnostic {
        let word = token.word ?? ""
        return fault(
            "`\(word)` is a word of the language", [(token.span, "it cannot name \(purpose)")],
            help: "choose another name, such as `\(word)_`")
    }

    func expectedAssignment(to name: Name) -> Diagnostic {
        fault(
            "expected `=` after `let \(name.text)`, found \(found)", [(place, "`=` should stand here")],
            help: "write `let \(name.text) = …`, or just `\(name.text) = …`")
    }

    // Statements.

    func expectedParameters(of name: Name) -> Diagnostic {
        fault(
            "expected the parameters of `\(name.text)`, found \(found)", [(place, "`(` should stand here")],
            help: "write `def \(name.text)(x) = x + 1` or `def \(name.text)(x) { … }`")
    }

    func expectedIn(after name: Name) -> Diagnostic {
        fault(
            "expected `in` after `for \(name.text)`, found \(found)", [(place, "`in` should stand here")],
            help: "write `for \(name.text) in 1..10 { … }`")
    }

    func expectedPath() -> Diagnostic {
        fault(
            "expected a file's path, found \(found)", [(place, "a string should stand here")],
            help: "write `use \"file.nash\"`")
    }

    func expectedBlock(of word: String, orAssign: Bool) -> Diagnostic {
        let form = orAssign ? "`=` and the value, or `{ … }`" : "a block `{ … }`"
        let help: String? =
            switch token.kind {
            case .sign(.colon): "write the body of `\(word)` between `{` and `}`"
            case .sign(.assign): "to compare, write `==`"
            case .newline: "open the block with `{` on the same line"
            default: nil
            }
        return fault("expected \(form) after `\(word)`, found \(found)", [(place, "`{` should stand here")], help: help)
    }

    func strayElse() -> Diagnostic {
        fault(
            "`else` without an `if` before it", [(token.span, "no `if { … }` ends right before this")],
            help: "write `} else {` on one line")
    }

    /// Statements as other languages start them.
    func refuseForeignStatement() throws(Diagnostic) {
        if token.is(.colon) {
            let command = following.word.map { ":\($0)" } ?? ":"
            throw fault(
                "`\(command)` is for the prompt", [(token.span, "not part of the language")], code: .onlyAtThePrompt,
                help: "commands with a colon work alone on a line at the prompt, not in scripts")
        }
        guard let word = token.word, let help = Habit.statementWords[word] else { return }
        let next = following
        if word == "import", case .string = next.kind { return }  // the word that reads a network
        guard next.word.map({ Keyword(rawValue: $0)?.isInfix != true }) ?? next.isSpaced, !next.is(.pipe) else {
            return
        }
        switch next.kind {
        case .sign(let sign) where sign != .leftParenthesis && sign != .dot && sign != .leftBracket: return
        case .newline, .end: return
        default: throw fault("`\(word)` is no word of the language", [(token.span, "")], help: help)
        }
    }

    func foreignFunction() -> Diagnostic {
        fault(
            "`\(token.word ?? "")` is no word of the language", [(token.span, "a function has another form")],
            help: "write `{x -> x + 1}`, or `def f(x) = x + 1` to give it a name")
    }

    /// `x <- 5` would compare `x` with `-5`.
    func refuseForeignAssignment() throws(Diagnostic) {
        let minus = following
        guard minus.is(.minus), !minus.isSpaced, token.isSpaced else { return }
        let after = tokens[Swift.min(next(after: next(after: index)), tokens.count - 1)]
        guard after.isSpaced else { return }
        throw fault(
            "`<-` does not assign", [(token.span.union(minus.span), "")],
            help: "write `name = value`; to compare with a negative number, write `x < -5`")
    }

    /// `--seed 0` would be a minus of a minus.
    func refuseFlag() throws(Diagnostic) {
        let second = following
        guard second.is(.minus), second.span.start == token.span.end else { return }
        let name = tokens[Swift.min(next(after: next(after: index)), tokens.count - 1)]
        guard let word = name.word, name.span.start == second.span.end else { return }
        throw fault(
            "`--\(word)` is no part of the language", [(token.span.union(name.span), "arguments have no dashes")],
            help: "write `\(word): …`, with `, ` before it if it is not the first argument")
    }

    // Operators.

    func chained(_ left: Expression) -> Diagnostic {
        guard case .binary(let first, let a, let b) = left.kind, let second = infix else { return expectedValue() }
        let (low, middle) = (written(a.span), written(b.span))
        let help =
            first == .range
            ? "a range has two ends"
            : "write `\(low) \(first.rawValue) \(middle) and \(middle) \(second.rawValue) …`"
        let what = first == .range ? "ranges do" : "comparisons do"
        return fault("\(what) not chain", [(token.span, "a second one"), (left.span, "this is complete")], help: help)
    }

    func tightNot() -> Diagnostic {
        fault("`not` needs brackets here", [(token.span, "")], help: "write `(not …)`")
    }

    func expectedArrow() -> Diagnostic {
        fault(
            "expected `->` after the function's parameters, found \(found)", [(place, "`->` should stand here")],
            help: "a function is `{x -> x + 1}`, a record `{lr: 0.1}`, a list `[a, b]`")
    }

    func expectedKey() -> Diagnostic {
        fault(
            "expected a key, found \(found)", [(place, "a name or a string should stand here")],
            help: token.is(.arrow)
                ? "a function has one parameter or more: `{x -> …}`"
                : "a record is `{lr: 0.1}`, a function `{x -> x + 1}`, a list `[1, 2]`")
    }

    func expectedColon(after key: Name) -> Diagnostic {
        fault(
            "expected `:` after the key `\(key.text)`, found \(found)", [(place, "`:` should stand here")],
            help: token.is(.assign)
                ? "write `\(key.text): …`" : "a record is `{lr: 0.1}`, a function `{x -> x + 1}`")
    }
}
