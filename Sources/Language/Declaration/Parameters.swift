/// A positional argument, `sample 1000`, which may be given by name too; without a default it is required.
@propertyWrapper
public struct Argument<Wrapped: ParameterType>: Sendable {
    let declaration: Declaration<Wrapped>
    /// Makes it of its parts.
    public init(_ help: String) { declaration = Declaration(help: help, fallback: Wrapped.absent) }
    /// Makes it of its parts.
    public init(wrappedValue: Wrapped, _ help: String) { declaration = Declaration(help: help, fallback: wrappedValue) }
    /// The value, inside `run`.
    public var wrappedValue: Wrapped { declaration.bound }
    /// What is known of it before `run`.
    public var projectedValue: Declaration<Wrapped> { declaration }
}

/// A named argument, `seed: 0`; without a default it is required.
@propertyWrapper
public struct Option<Wrapped: ParameterType>: Sendable {
    let declaration: Declaration<Wrapped>
    /// Makes it of its parts.
    public init(_ help: String) { declaration = Declaration(help: help, fallback: Wrapped.absent) }
    /// Makes it of its parts.
    public init(wrappedValue: Wrapped, _ help: String) { declaration = Declaration(help: help, fallback: wrappedValue) }
    /// The value, inside `run`.
    public var wrappedValue: Wrapped { declaration.bound }
    /// What is known of it before `run`.
    public var projectedValue: Declaration<Wrapped> { declaration }
}

/// Parameters that several words share: a structure of `@Argument` and `@Option` properties.
///
/// A command holds it as a plain property, `var training = TrainingOptions()`; its parameters are then the command's own.
public protocol ParameterGroup: Sendable {}

/// Where a call puts the value of a parameter; a command is made anew for each call and stays on its thread.
public final class Declaration<Wrapped: ParameterType>: @unchecked Sendable {
    let help: String
    let fallback: Wrapped?
    private var given: Wrapped?
    /// Whether the call names the parameter, be its value known yet or not.
    public private(set) var isGiven = false

    init(help: String, fallback: Wrapped?) {
        self.help = help
        self.fallback = fallback
    }

    /// The value where it is known before the call runs: what is given and known, or the default.
    public var known: Wrapped? { isGiven ? given : fallback }

    var bound: Wrapped {
        guard let value = known else { preconditionFailure("an argument is read only inside `run`") }
        return value
    }
}

extension ParameterType {
    /// What an optional parameter is when no argument is given.
    static var absent: Self? { isOptional ? try? Self(bound: .value(.none)) : nil }
}

/// What the wrappers of a command's properties tell of themselves.
protocol Declared {
    var parameterType: any ParameterType.Type { get }
    var help: String { get }
    var isPositional: Bool { get }
    var isRequired: Bool { get }
    /// The default as text, or nil where there is none or it says nothing.
    var fallbackText: String? { get }
    func bind(_ argument: BoundArgument?) throws(ArgumentError)
}

extension Declaration {
    var fallbackText: String? {
        switch fallback {
        case .none: nil
        case .some(let value): describe(value)
        }
    }

    /// Takes the argument of a call; nil when it is given and its value not yet known.
    func bind(_ argument: BoundArgument?) throws(ArgumentError) {
        isGiven = true
        given = nil
        if let argument { given = try Wrapped(bound: argument) }
    }

    private func describe(_ value: Wrapped) -> String? {
        if let list = value as? any Collection, list.isEmpty { return nil }
        if Mirror(reflecting: value).displayStyle == .optional, Mirror(reflecting: value).children.isEmpty {
            return nil
        }
        return snakeCase(String(describing: value)).replacing(" ", with: "_")
    }
}

extension Argument: Declared {
    var parameterType: any ParameterType.Type { Wrapped.self }
    var help: String { declaration.help }
    var isPositional: Bool { true }
    var isRequired: Bool { declaration.fallback == nil }
    var fallbackText: String? { declaration.fallbackText }
    func bind(_ argument: BoundArgument?) throws(ArgumentError) { try declaration.bind(argument) }
}

extension Option: Declared {
    var parameterType: any ParameterType.Type { Wrapped.self }
    var help: String { declaration.help }
    var isPositional: Bool { false }
    var isRequired: Bool { declaration.fallback == nil }
    var fallbackText: String? { declaration.fallbackText }
    func bind(_ argument: BoundArgument?) throws(ArgumentError) { try declaration.bind(argument) }
}
