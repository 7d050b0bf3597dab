/// A command with its Swift type erased: what the vocabulary holds.
public struct Word: Sendable {
    /// What is known of it.
    public let signature: Signature
    /// The type of the result for an input of a type and arguments of which some values are known.
    let outputType: @Sendable (ValueType, BoundCall) throws -> ValueType
    /// The columns over which row expressions range.
    let rowSchema: @Sendable (ValueType, BoundCall) throws -> Schema
    let run: @Sendable (Value, BoundCall, Context) throws -> Value

    /// Erases the type of a command.
    public init<C: Command>(_ type: C.Type) {
        signature = Signature(type)
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

    /// The word users type.
    public var name: String { signature.name }
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
