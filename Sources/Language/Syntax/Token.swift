/// The smallest piece of program text that means something by itself.
public struct Token: Sendable, Hashable {
    /// What a token is, with its value where it has one.
    public enum Kind: Sendable, Hashable {
        case int(Int)
        case float(Double)
        case quantity(Double, Unit)
        case string(String)
        /// A name or a keyword: which of them, the parser decides by where it stands.
        case name(String)
        case sign(Sign)
        /// The end of a line, where it ends a statement.
        case newline
        /// The end of the text.
        case end
    }
    /// What it is.
    public var kind: Kind
    /// Where it stands.
    public var span: Span
    /// Whether white space, a comment or the start of the text stands before it.
    public var isSpaced: Bool

    /// Whether it is this sign.
    public func `is`(_ sign: Sign) -> Bool { kind == .sign(sign) }

    /// Whether it is this word.
    public func `is`(_ word: Keyword) -> Bool { kind == .name(word.rawValue) }

    /// The word, if it is one.
    public var word: String? {
        if case .name(let text) = kind { text } else { nil }
    }
}

/// A mark of punctuation or an operator, as it is written.
public enum Sign: String, Sendable, Hashable, CaseIterable {
    case pipe = "|"
    case comma = ","
    case assign = "="
    case semicolon = ";"
    case colon = ":"
    case arrow = "->"
    case dot = "."
    case range = ".."
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "**"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case matches = "~"
    case fallback = "??"
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"

    /// The bracket that closes this one.
    var closing: Sign? {
        switch self {
        case .leftParenthesis: .rightParenthesis
        case .leftBracket: .rightBracket
        case .leftBrace: .rightBrace
        default: nil
        }
    }

    var isClosing: Bool { self == .rightParenthesis || self == .rightBracket || self == .rightBrace }

    /// Whether a line that ends with it goes on in the next.
    var continuesLine: Bool { self == .pipe || self == .comma || self == .assign || self == .arrow }
}

/// The words that cannot be names of values; they may be columns, record keys and argument names.
public enum Keyword: String, Sendable, Hashable, CaseIterable {
    case `let`, def, `for`, `if`, `else`, use
    case and, or, not, `in`, mod
    case `true`, `false`, none

    /// Whether a value can start with it.
    var startsValue: Bool { self == .not || self == .true || self == .false || self == .none }

    /// Whether it stands between two values.
    var isInfix: Bool { self == .and || self == .or || self == .in || self == .mod }
}
