/// What is wrong with a program or a value, where, and what to try.
///
/// One renderer prints it for people, one as JSON.
public struct Diagnostic: Error, Sendable, Hashable {
    /// A stretch of a source with a remark on it; the first label is the place of the error.
    public struct Label: Sendable, Hashable {
        /// The text that it is in.
        public var source: Source
        /// Where in it.
        public var span: Span
        /// What is said of it, in a few words; may be empty.
        public var remark: String

        /// A label on a stretch of a source.
        public init(_ source: Source, _ span: Span, _ remark: String = "") {
            self.source = source
            self.span = span
            self.remark = remark
        }
    }
    /// The kind of error.
    public var code: Code
    /// What is wrong, in a line.
    public var message: String
    /// Where it is.
    public var labels: [Label]
    /// What to try.
    public var help: String?
    /// The words of the layer below, where there is one.
    public var cause: String?

    /// A diagnostic with its parts.
    public init(_ code: Code, _ message: String, labels: [Label] = [], help: String? = nil, cause: String? = nil) {
        self.code = code
        self.message = message
        self.labels = labels
        self.help = help
        self.cause = cause
    }
}
