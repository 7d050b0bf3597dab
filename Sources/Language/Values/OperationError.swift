/// Why an operator refuses its operands; the evaluator and the checker put the place to it.
public struct OperationError: Error, Sendable, Hashable {
    /// What is wrong.
    public enum Kind: Sendable, Hashable {
        /// The types do not go with the operator or with each other.
        case type
        /// A unit is missing, superfluous, or measures something else.
        case unit
        /// The result leaves the range of whole numbers, or a pattern is none.
        case range
    }
    /// What is wrong, in a word.
    public var kind: Kind
    /// What is wrong, in a sentence.
    public var message: String
    /// What to try.
    public var help: String?

    /// Makes an error from what happened and what to try.
    public init(_ kind: Kind, _ message: String, help: String? = nil) {
        self.kind = kind
        self.message = message
        self.help = help
    }
}

extension OperationError: CustomStringConvertible {
    /// What is wrong, in a line.
    public var description: String { message }
}
