public import Language
public import Statistics

/// `seed: 0`, or one that derives from the root seed, the cell and the call.
public struct SeedOption: ParameterType, ValueConvertible {
    /// What help and errors call it, with its article.
    public static let wording = "a seed, a whole number"
    /// What the checker knows of it.
    public static let valueType = ValueType.int
    private let given: Int?

    /// The seed that derives where the user gives none.
    public static let derived = SeedOption(given: nil)

    private init(given: Int?) { self.given = given }

    /// The value as this type; nil for any other.
    public init?(_ value: Value) {
        guard case .int(let given) = value else { return nil }
        self.given = given
    }

    /// As a value of the language.
    public var value: Value { given.map(Value.int) ?? .none }

    /// The generator of a call.
    public func generator(in context: Context) -> Random {
        if let given { return Random(seed: UInt64(bitPattern: Int64(given))) }
        let root = Seed(UInt64(bitPattern: Int64(context.rootSeed)))
        return Random(root.derived(["cell", .number(context.cell), .number(context.call)]))
    }
}

extension SeedOption: CustomStringConvertible {
    /// As text.
    public var description: String { given.map(String.init) ?? "derived" }
}
