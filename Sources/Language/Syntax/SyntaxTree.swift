/// A name as it was written.
public struct Name: Sendable, Hashable {
    /// The word, or a record key's text without its quotes.
    public let text: String
    /// Where it stands.
    public let span: Span

    /// A name at a place.
    public init(_ text: String, _ span: Span) {
        self.text = text
        self.span = span
    }
}

/// Statements in order: a script, a cell, or the body of a block.
public struct Program: Sendable {
    /// In the order of the text.
    public var statements: [Statement]
    /// The whole text, or the block with its braces.
    public var span: Span
}

/// `statement` of the grammar.
public struct Statement: Sendable {
    /// The forms of a statement.
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
    /// Which form it has.
    public var kind: Kind
    /// From its first token to its last, without a `;`.
    public var span: Span
    /// Whether a `;` follows, which hides the result.
    public var isSilent: Bool
}

/// `def name(a, b = 1) = pipeline` or `def name(a) { … }`.
public struct Definition: Sendable {
    /// A parameter with its default.
    public struct Parameter: Sendable {
        /// What the body calls it.
        public var name: Name
        /// What it is when no argument is given; without it the argument must be given.
        public var fallback: Expression?
    }
    /// What it computes.
    public indirect enum Body: Sendable {
        case pipeline(Pipeline)
        case block(Program)
    }
    /// What calls it.
    public var name: Name
    /// In the order of positional arguments.
    public var parameters: [Parameter]
    /// What it computes.
    public var body: Body
}

/// `if condition { … } else …`.
public struct Branch: Sendable {
    /// What follows `else`.
    public indirect enum Otherwise: Sendable {
        case block(Program)
        case branch(Branch)
    }
    /// What must be true.
    public var condition: Expression
    /// The block when it is.
    public var then: Program
    /// What follows `else`, where there is one.
    public var otherwise: Otherwise?
}

/// Stages joined by `|`; a leading `|` pipes `it`, the last result, into the first.
public struct Pipeline: Sendable {
    /// Whether a `|` leads it.
    public var isContinued: Bool
    /// At least one.
    public var stages: [Stage]
    /// From its first token to its last.
    public var span: Span
}

/// One stage: a command with its arguments, or an expression.
public struct Stage: Sendable {
    /// The forms of a stage.
    public enum Kind: Sendable {
        case command(Name, [CallArgument])
        case expression(Expression)
    }
    /// Which form it has.
    public var kind: Kind
    /// From its first token to its last.
    public var span: Span
}

/// `value` or `key: value`.
public struct CallArgument: Sendable {
    /// The word before the colon.
    public var key: Name?
    /// What is given.
    public var value: Expression
    /// Key and value.
    public var span: Span
}

/// `expr` of the grammar.
public struct Expression: Sendable {
    /// The forms of an expression.
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
    /// Which form it has.
    public var kind: Kind
    /// From its first token to its last.
    public var span: Span

    /// An expression at a place.
    public init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}

/// `{a, b -> pipeline}`.
public struct Lambda: Sendable {
    /// At least one.
    public var parameters: [Name]
    /// What it computes.
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
