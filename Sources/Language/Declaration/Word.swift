internal import Synchronization

/// A command with its Swift type erased: what the vocabulary holds.
public struct Word: Sendable {
    /// The word users type.
    public let name: String
    /// What is known of it, read from its declaration when it is first asked for: a program uses few of the words, and
    /// its start should not wait for all of them.
    public var signature: Signature { lazySignature.value }
    private let lazySignature: Lazy<Signature>
    /// The type of the result for an input of a type and arguments of which some values are known.
    let outputType: @Sendable (ValueType, BoundCall) throws -> ValueType
    /// The columns over which row expressions range.
    let rowSchema: @Sendable (ValueType, BoundCall) throws -> Schema
    /// Whether what a call gives is measured on this machine, as far as its text tells.
    public let isMeasured: @Sendable (CallOutline) -> Bool
    let run: @Sendable (Value, BoundCall, Context) throws -> Value

    /// Erases the type of a command.
    public init<C: Command>(_ type: C.Type) {
        name = C.name
        lazySignature = Lazy { Signature(type) }
        isMeasured = { C.isMeasured($0) }
        outputType = { input, call in try C.bound(to: call).outputType(for: input) }
        rowSchema = { input, call in try C.bound(to: call).rowSchema(for: input) }
        run = { input, call, context in
            guard let own = C.Input(input) else {
                throw CommandError(
                    "`\(C.name)` takes \(C.Input.valueType.phrase), not \(input.type.phrase)", code: .wrongInput)
            }
            return try C.bound(to: call).run(own, in: context).value
        }
    }
}

/// A value that is made when it is first asked for.
private final class Lazy<Value: Sendable>: Sendable {
    private let make: @Sendable () -> Value
    private let made = Mutex<Value?>(nil)

    init(_ make: @escaping @Sendable () -> Value) { self.make = make }

    var value: Value {
        if let value = made.withLock({ $0 }) { return value }
        let new = make()
        made.withLock { $0 = new }
        return new
    }
}

/// The arguments of one call by parameter; an argument whose value is not known yet is there as nil.
struct BoundCall: Sendable {
    var arguments: [String: BoundArgument?] = [:]
}

extension Command {
    /// A command with its parameters bound to the arguments of `call`.
    static func bound(to call: BoundCall) throws -> Self {
        let command = Self()
        for (name, declared) in declarations(of: command) {
            guard let argument = call.arguments[name] else { continue }
            do {
                try declared.bind(argument)
            } catch {
                throw CommandError(
                    "`\(name)` of `\(Self.name)` \(error.message)", help: error.help, argument: name, code: .wrongType)
            }
        }
        return command
    }
}
