/// A name as it was written.
public struct Name: Sendable, Hashable {
    public let text: String
    public let span: Span

    public init(_ text: String, _ span: Span) {
        self.text = text
        self.span = span
    }
}

/// Statements in order: a script, a cell, or the body of a block.
public struct Program: Sendable {
    public var statements: [Statement]
    public var span: Span
}

/// `statement` of the grammar.
public struct Statement: Sendable {
    public indirect enum Kind: Sendable {
        /// `name = pipeline`, `let name = pipeline`.
        case bind(Name, Pipeline)
        case pipeline(Pipeline)
        case define(Definition)
        case loop(variable: Name, over: Expression, body: Program)
        case branch(Branch)
        /// `use "file.nash"`.
        case use(path: String, span: Span)
    }
    public var kind: Kind
    public var span: Span
    /// Whether a `;` follows, which hides the result.
    public var isSilent: Bool
}

/// `def name(a, b = 1) = pipeline` or `def name(a) { … }`.
public struct Definition: Sendable {
    public struct Parameter: Sendable {
        public var name: Name
        public var fallback: Expression?
    }
    public indirect enum Body: Sendable {
        case pipeline(Pipeline)
        case block(Program)
    }
    public var name: Name
    public var parameters: [Parameter]
    public var body: Body
}

/// `if condition { … } else …`.
public struct Branch: Sendable {
    public indirect enum Otherwise: Sendable {
        case block(Program)
        case branch(Branch)
    }
    public var condition: Expression
    public var then: Program
    public var otherwise: Otherwise?
}

/// Stages joined by `|`; a leading `|` pipes `it`, the last result, into the first.
public struct Pipeline: Sendable {
    public var isContinued: Bool
    public var stages: [Stage]
    public var span: Span
}

/// One stage: a command with its arguments, or an expression.
public struct Stage: Sendable {
    public enum Kind: Sendable {
        case command(Name, [CallArgument])
        case expression(Expression)
    }
    public var kind: Kind
    public var span: Span
}

/// `value` or `key: value`.
public struct CallArgument: Sendable {
    public var key: Name?
    public var value: Expression
    public var span: Span
}

/// `expr` of the grammar.
public struct Expression: Sendable {
    public indirect enum Kind: Sendable {
        /// `none`, `true`, `false`.
        case none
        case bool(Bool)
        case int(Int)
        case float(Double)
        /// A number with a unit that is not a plain multiplier: `5ms`, `90%`, `81ep`.
        case quantity(Double, Unit)
        case string(String)
        case name(String)
        /// `.accuracy` with no value before the dot.
        case field(String)
        /// `.`, the row itself.
        case row
        /// `( pipeline )`.
        case parenthesised(Pipeline)
        case list([Expression])
        case record([(key: Name, value: Expression)])
        case lambda(Lambda)
        case unary(UnaryOperator, Expression)
        case binary(BinaryOperator, Expression, Expression)
        case call(Expression, [CallArgument])
        case index(Expression, Expression)
        case member(Expression, Name)
    }
    public var kind: Kind
    public var span: Span

    public init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}

/// `{a, b -> pipeline}`.
public struct Lambda: Sendable {
    public var parameters: [Name]
    public var body: Pipeline
}

/// An operator written before its operand.
public enum UnaryOperator: String, Sendable, Hashable {
    case minus = "-"
    case not
}

/// An operator between two operands, as it is written.
public enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
    case or, and
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
    /// Text matches a regular expression.
    case matches = "~"
    case fallback = "??"
    case range = ".."
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case modulo = "mod"
    case power = "**"
}
