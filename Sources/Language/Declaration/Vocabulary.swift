/// The words and constants of the language.
public struct Vocabulary: Sendable {
    /// A constant that can be named anywhere, and not bound again.
    public struct Entry: Sendable {
        /// The name, with its line of help.
        public let name: ConstantName
        /// What it names: `space`, `device`.
        public let kind: String
        /// What it stands for.
        public let value: Value

        /// Makes it of its parts.
        public init(_ name: ConstantName, kind: String, value: Value) {
            self.name = name
            self.kind = kind
            self.value = value
        }
    }
    /// All words.
    public let words: [Word]
    /// All constants.
    public let constants: [Entry]
    /// The types of handles, for the fields that the checker and completion know of them.
    public let handles: [any Handle.Type]
    private let wordsByName: [String: Word]
    private let constantsByName: [String: Entry]

    /// - Precondition: no two words and no two constants of different value share a name.
    public init(words: [Word], constants: [Entry], handles: [any Handle.Type] = []) {
        self.words = words
        self.handles = handles
        self.constants = constants
        wordsByName = Dictionary(uniqueKeysWithValues: words.map { ($0.name, $0) })
        constantsByName = Dictionary(constants.map { ($0.name.name, $0) }) { first, _ in first }
    }

    /// The word of a name.
    public func word(_ name: String) -> Word? { wordsByName[name] }
    /// The fields of a type of handle, or nil where they are not told.
    func fields(ofHandle kind: String) -> [ColumnType]? { handles.first { $0.typeName == kind }?.fields }
    /// The constant of a name.
    public func constant(_ name: String) -> Entry? { constantsByName[name] }
}

extension Constant {
    /// The constants of this kind, for a vocabulary.
    public static var entries: [Vocabulary.Entry] {
        all.map { Vocabulary.Entry($0, kind: kind, value: .symbol(Symbol(kind: kind, name: $0.name))) }
    }
}
