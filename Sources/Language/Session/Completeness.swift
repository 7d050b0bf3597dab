/// Whether a cell can run as it stands, or what it lacks.
public enum Completeness: Sendable, Equatable {
    /// It can run, or fail for another reason than its form.
    case complete
    /// More lines belong to it; so many brackets are open.
    case incomplete(openBrackets: Int)
    /// It is no program, and further lines do not make it one.
    case invalid

    /// What is to be said of a cell's text.
    public init(_ text: String) {
        let source = Source(name: "", text: text)
        if !Parser.isComplete(text) {
            self = .incomplete(openBrackets: Self.openBrackets(in: source))
        } else if (try? Parser.parse(source)) != nil {
            self = .complete
        } else {
            self = .invalid
        }
    }

    private static func openBrackets(in source: Source) -> Int {
        var lexer = Lexer(source)
        var depth = 0
        while let token = try? lexer.next(), token.kind != .end {
            guard case .sign(let sign) = token.kind else { continue }
            if sign.closing != nil { depth += 1 }
            if sign.isClosing { depth -= 1 }
        }
        return max(0, depth)
    }
}
