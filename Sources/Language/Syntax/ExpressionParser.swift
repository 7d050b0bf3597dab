// Operators, by precedence climbing.

/// How tightly an operator binds, loosest first: the levels of the grammar.
enum Precedence: Int, Comparable {
    case or, and, not, compare, fallback, range, sum, term, power

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }
}

extension BinaryOperator {
    var precedence: Precedence {
        switch self {
        case .or: .or
        case .and: .and
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .matches: .compare
        case .fallback: .fallback
        case .range: .range
        case .plus, .minus: .sum
        case .times, .divided, .modulo: .term
        case .power: .power
        }
    }

    /// Whether `a op b op c` has a meaning.
    var chains: Bool { precedence != .compare && precedence != .range }
}

extension Parser {
    mutating func expression() throws(Diagnostic) -> Expression { try operation(.or) }

    /// The operator that comes next.
    var infix: BinaryOperator? {
        switch token.kind {
        case .sign(let sign): BinaryOperator(rawValue: sign.rawValue)
        case .name(let word): Keyword(rawValue: word)?.isInfix == true ? BinaryOperator(rawValue: word) : nil
        default: nil
        }
    }

    /// Operands joined by operators that bind at least as tightly as `loosest`.
    private mutating func operation(_ loosest: Precedence) throws(Diagnostic) -> Expression {
        var left = try operand(loosest)
        while let infix, infix.precedence >= loosest {
            if infix == .less { try refuseForeignAssignment() }
            let leftHeight = height
            advance()
            skipNewlines()
            let right = try operation(infix.precedence.tighter)
            let parts = Swift.max(leftHeight, height)
            left = try node(.binary(infix, left, right), from: left.span.start, above: parts)
            if !infix.chains, self.infix?.precedence == infix.precedence { throw chained(left) }
        }
        return left
    }

    /// `not` binds more loosely than a comparison, so it can stand only where a comparison can.
    private mutating func operand(_ loosest: Precedence) throws(Diagnostic) -> Expression {
        guard token.is(Keyword.not) else { return try unary() }
        guard loosest <= .not else { throw tightNot() }
        try descend()
        let start = advance().span.start
        skipNewlines()
        let operand = try operation(.not)
        depth -= 1
        return try node(.unary(.not, operand), from: start, above: height)
    }

    /// `"-" unary | postfix [ "**" unary ]`.
    private mutating func unary() throws(Diagnostic) -> Expression {
        guard token.is(.minus) else { return try power() }
        try refuseFlag()
        try descend()
        let start = advance().span.start
        let operand = try unary()
        depth -= 1
        return try node(.unary(.minus, operand), from: start, above: height)
    }

    private mutating func power() throws(Diagnostic) -> Expression {
        let base = try postfix()
        guard token.is(.power) else { return base }
        let baseHeight = height
        try descend()
        advance()
        skipNewlines()
        let exponent = try unary()
        depth -= 1
        let parts = Swift.max(baseHeight, height)
        return try node(.binary(.power, base, exponent), from: base.span.start, above: parts)
    }

    /// Rule 2: calls, indices and members bind only without a space.
    private mutating func postfix() throws(Diagnostic) -> Expression {
        var base = try primary()
        while !token.isSpaced {
            let baseHeight = height
            switch token.kind {
            case .sign(.leftParenthesis): base = try call(base, baseHeight)
            case .sign(.leftBracket): base = try subscripted(base, baseHeight)
            case .sign(.dot):
                advance()
                let name = try member()
                base = try node(.member(base, name), from: base.span.start, above: baseHeight)
            default: return base
            }
        }
        return base
    }

    private mutating func call(_ callee: Expression, _ calleeHeight: Int) throws(Diagnostic) -> Expression {
        let bracket = try open()
        var arguments: [CallArgument] = []
        height = 0
        if !token.is(.rightParenthesis) { arguments = try self.arguments() }
        let parts = Swift.max(calleeHeight, height)
        try close(bracket)
        return try node(.call(callee, arguments), from: callee.span.start, above: parts)
    }

    private mutating func subscripted(_ base: Expression, _ baseHeight: Int) throws(Diagnostic) -> Expression {
        let bracket = try open()
        let position = try expression()
        let parts = Swift.max(baseHeight, height)
        try close(bracket)
        return try node(.index(base, position), from: base.span.start, above: parts)
    }

    /// The name after a dot, which may be a keyword: columns are named by data.
    private mutating func member() throws(Diagnostic) -> Name {
        guard !token.isSpaced else { throw expectedName("a column or field, right after the dot") }
        return try word(for: "a column or field, right after the dot")
    }
}
