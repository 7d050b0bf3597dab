/// A word of the language.
///
/// The stored properties marked `@Argument` and `@Option` are the whole declaration: argument checks,
/// help, completion and the reference manual are read from them, and `run` uses them as plain values.
public protocol Command: SendableMetatype {
    /// What is piped in; `Nothing` for a word that starts a pipeline.
    associatedtype Input: ValueReadable
    /// What comes out.
    associatedtype Output: ValueConvertible

    /// The word users type; the type's name in snake case unless said otherwise.
    static var name: String { get }
    /// The part of a researcher's work that the word belongs to.
    static var chapter: Chapter { get }
    /// One sentence, shown by `help` and beside each completion.
    static var summary: String { get }
    /// Programs that the tests run and help shows.
    static var examples: [Example] { get }
    /// More for the manual: definitions, sources, shapes.
    static var discussion: String { get }

    /// Whether what a call gives is measured by a clock or a counter of this machine, so that it differs from run to
    /// run.
    static func isMeasured(_ call: CallOutline) -> Bool

    init()

    /// What comes out for an input of type `input`, told before anything runs.
    ///
    /// Parameters whose values are known by then are bound: read them through `$name.known`.
    func outputType(for input: ValueType) throws -> ValueType

    /// The columns over which the row expressions among the arguments range.
    func rowSchema(for input: ValueType) -> Schema

    func run(_ input: Input, in context: Context) throws -> Output
}

extension Command {
    /// The word users type.
    public static var name: String {
        // `String(describing:)` would look for conformances of the type that it does not have, which takes long.
        snakeCase(_typeName(Self.self, qualified: false))
    }
    /// Nothing more unless a command says it.
    public static var discussion: String { "" }

    /// Nothing is measured unless a command says it.
    public static func isMeasured(_ call: CallOutline) -> Bool { false }

    /// What comes out for an input of a type.
    public func outputType(for input: ValueType) throws -> ValueType { Output.valueType }

    /// The columns of the piped table.
    public func rowSchema(for input: ValueType) -> Schema {
        if case .table(let schema) = input { return schema }
        return .unknown
    }
}

/// What the text of a call tells of its arguments, before anything is evaluated.
public struct CallOutline: Sendable {
    /// The arguments that are given by name.
    public var named: Set<String>
    /// The names that stand in its arguments.
    public var mentioned: Set<String>

    /// Makes it of its parts.
    public init(named: Set<String>, mentioned: Set<String>) {
        self.named = named
        self.mentioned = mentioned
    }
}

/// The headings under which `help` lists the words.
public enum Chapter: String, Sendable, CaseIterable {
    case spaces = "Spaces and architectures"
    case networks = "Networks and training"
    case studies = "Studies"
    case measuring = "Measuring and asking"
    case tables = "Tables"
    case analysis = "Analysis"
    case plotting = "Plotting"
    case files = "Files"
    case language = "The language"
}

/// A program that shows a word at work.
public struct Example: Sendable {
    /// The program.
    public let source: String
    /// What it prints, or nil where the tests only see that it runs.
    public let result: String?

    /// Makes it of its parts.
    public init(_ source: String, gives result: String? = nil) {
        self.source = source
        self.result = result
    }
}

/// `crossEntropy`, `CrossEntropy` → `cross_entropy`.
func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { word, letter in
        if letter.isUppercase, !word.isEmpty { word += "_" }
        word += letter.lowercased()
    }
}
