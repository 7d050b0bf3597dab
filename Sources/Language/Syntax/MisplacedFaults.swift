// A token where something else should stand: the largest family of mistakes.
extension Parser {
    /// No value starts here, though one should.
    func expectedValue() -> Diagnostic {
        let after = previous.map { " after `\(short($0))`" } ?? ""
        switch token.kind {
        case .end, .newline:
            return fault("expected a value\(after), found \(found)", [(place, "a value should stand here")])
        case .name(let word):
            let isInfix = Keyword(rawValue: word)?.isInfix == true
            return fault(
                isInfix ? "`\(word)` needs a value on its left" : "`\(word)` is a word of the language",
                [(token.span, "a value should stand here")],
                help: isInfix ? nil : "`\(word)` starts a statement, on a line of its own")
        case .sign(let sign):
            return fault(
                "expected a value, found `\(sign.rawValue)`", [(token.span, "a value should stand here")],
                help: helpForMissingValue(sign))
        default: return misplaced(in: nil)
        }
    }

    private func helpForMissingValue(_ sign: Sign) -> String? {
        let closesAfterComma = sign.isClosing && previous?.is(.comma) == true
        if closesAfterComma { return "remove the comma, or write a value after it" }
        switch sign {
        case .plus: return "a positive number has no sign"
        case .times, .power: return "lists and records are not unpacked: pass them whole"
        case .pipe: return previous?.is(.pipe) == true ? "to say either, write `or`" : "a stage is missing before `|`"
        case .assign: return "to compare, write `==`; to bind, write `name = value`"
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .divided, .matches, .fallback, .range:
            return "`\(sign.rawValue)` needs a value on its left"
        case .arrow: return "a function is `{x -> x + 1}`"
        default: return nil
        }
    }

    private func short(_ token: Token) -> String {
        let text = written(token.span)
        return text.count <= 24 && !text.contains("\n") ? text : text.prefix(20).prefix { $0 != "\n" } + "…"
    }

    /// A complete value, and then something that cannot follow it; `opening` is the bracket or brace around.
    func misplaced(in opening: Token?) -> Diagnostic {
        var diagnostic = misplacedToken()
        if let opening, token.isClosingBracket {
            diagnostic.labels.append(.init(source, opening.span, "to close this"))
        }
        return diagnostic
    }

    private func misplacedToken() -> Diagnostic {
        switch token.kind {
        case .int, .float, .quantity, .string, .sign(.dot), .sign(.leftBrace): return twoValues()
        case .sign(.leftParenthesis), .sign(.leftBracket): return spacedBracket()
        case .name(let word): return misplacedWord(word)
        case .sign(let sign): return misplacedSymbol(sign)
        case .newline, .end: return fault("unexpected \(found)", [(place, "")])
        }
    }

    private func misplacedSymbol(_ sign: Sign) -> Diagnostic {
        switch sign {
        case .assign: return misplacedAssignment()
        case .colon: return misplacedColon()
        case .comma:
            return fault(
                "a `,` separates arguments and elements", [(token.span, "there is no list of them here")],
                help: "write `f a, b` or `[a, b]`; each binding has a line of its own")
        case .semicolon:
            return fault("a `;` ends a statement", [(token.span, "inside brackets there is none")])
        case .pipe:
            return isFree
                ? fault(
                    "an element or argument is one expression", [(token.span, "a pipeline goes on here")],
                    help: "put it in parentheses: `(… | …)`")
                : fault(
                    "nothing here can be piped", [(token.span, "")],
                    help: "`for`, `if` with its blocks, `def` with a block and `use` give no value")
        case .arrow:
            return fault("`->` stands after a function's parameters", [(token.span, "")], help: "write `{x -> x + 1}`")
        case _ where sign.isClosing:
            return fault("`\(sign.rawValue)` closes nothing", [(token.span, "no bracket of its kind is open here")])
        default: return fault("unexpected \(found)", [(token.span, "")])
        }
    }

    private func misplacedAssignment() -> Diagnostic {
        let isName = previous?.word != nil
        let isMember = index >= 2 && tokens[index - 2].is(.dot)
        let name = previous?.word ?? "name"
        let help =
            isName && !isMember
            ? "to name an argument, write `\(name): …`; to compare, write `\(name) == …`"
            : "to compare, write `==`; values do not change: bind a new one with `name = …`"
        return fault(
            "`=` cannot stand here", [(token.span, "it binds a plain name, at a statement's start")], help: help)
    }

    private func misplacedColon() -> Diagnostic {
        let name = previous?.word
        if token.isSpaced, let name {
            return fault(
                "no space may stand before `:`", [(token.span, "this belongs to `\(name)`")],
                help: "write `\(name): …`")
        }
        if case .string(let text)? = previous?.kind {
            return fault(
                "a `:` cannot follow a string here", [(token.span, "")],
                help: "an argument's name has no quotes: `\(text): …`; a record is `{\"\(text)\": …}`")
        }
        return fault(
            "a `:` cannot stand here", [(token.span, "")],
            help:
                "it names an argument, `f seed: 0`, or a record's entry, `{seed: 0}`; a block stands between `{` and `}`"
        )
    }

    private func misplacedWord(_ word: String) -> Diagnostic {
        guard let keyword = Keyword(rawValue: word), !keyword.startsValue else { return twoValues() }
        let help: String? =
            switch keyword {
            case .else: "write `} else {` on one line, after the block of an `if`"
            case .if: "`if` is a statement: write `if … { … } else { … }` on a line of its own"
            case .for: "`for` is a statement: write `for x in … { … }`; a table maps with `derive .x + 1, as: y`"
            default: "statements end with the line or with `;`"
            }
        return fault("`\(word)` cannot stand here", [(token.span, "")], help: help)
    }

    private func spacedBracket() -> Diagnostic {
        guard token.isSpaced else { return twoValues() }
        let bracket = written(token.span)
        let close = bracket == "(" ? ")" : "]"
        return fault(
            Self.neighbours, [(token.span, "this one is not expected")],
            help: "a call or an index has no space: `f\(bracket)…\(close)`; else separate arguments with `,`")
    }

    /// What is said of a value that follows another.
    static let neighbours = "two values next to each other"

    private func twoValues() -> Diagnostic {
        var labels = [(token.span, "this one is not expected")]
        var help = "separate arguments with `,` and stages with `|`"
        if let name = token.word, following.is(.colon) {
            help = "a comma is missing: write `, \(name): …`"
        } else if let number = previous, number.isNumber, let unit = token.word, Unit.isSuffix(unit) {
            help = "write the unit right behind the number, `\(written(number.span))\(unit)`"
        } else if case .quantity(_, .percent)? = previous?.kind, !token.isSpaced {
            help = "`%` is percent; the remainder of a division is `a mod b`"
        } else if token.is(.dot), following.word != nil {
            help = "a member has no space before its dot; else separate arguments with `,`"
        } else if let name = previous?.word, Keyword(rawValue: name) == nil {
            help = "a named argument is `\(name): \(short(token))`; else separate arguments with `,`, stages with `|`"
        }
        if case .string? = previous?.kind, let span = previous?.span, written(span).contains("\n") {
            labels.append((Span(span.start, span.start + 1), "a string over several lines starts here"))
            help = "a quote may be missing where that string should have ended"
        }
        return fault(Self.neighbours, labels, help: help)
    }

    // Brackets.

    func neverClosed(_ opening: Token) -> Diagnostic {
        let bracket = written(opening.span)
        let closing = Sign(rawValue: bracket)?.closing?.rawValue ?? ""
        return fault(
            "`\(bracket)` is never closed", [(opening.span, "opened here"), (place, "`\(closing)` should stand here")],
            code: .unterminated)
    }

    /// An open bracket meets something that neither goes on nor closes it.
    func notClosed(_ opening: Token, _ closing: Sign) -> Diagnostic {
        if token.kind == .end { return neverClosed(opening) }
        guard token.isClosingBracket else { return misplaced(in: opening) }
        return fault(
            "expected `\(closing.rawValue)`, found \(found)",
            [(token.span, "this closes another kind of bracket"), (opening.span, "opened here")])
    }
}

extension Token {
    /// Whether it is a number without a unit.
    fileprivate var isNumber: Bool {
        switch kind {
        case .int, .float: true
        default: false
        }
    }

    fileprivate var isClosingBracket: Bool {
        if case .sign(let sign) = kind { sign.isClosing } else { false }
    }
}
