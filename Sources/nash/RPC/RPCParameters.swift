import Language

/// The parameters of a request, by their types.
struct RPCParameters {
    let method: String
    let record: Record

    /// - Throws: at a name that the method does not know.
    init(_ request: RPCRequest, known: [String]) throws(RPCError) {
        method = request.method
        record = request.parameters
        guard let stranger = record.names.first(where: { !known.contains($0) }) else { return }
        let rest = known.isEmpty ? "it takes none" : "it takes " + known.joined(separator: ", ")
        throw RPCError(
            .parameter, "`\(method)` has no parameter `\(stranger)`: \(rest)",
            data: .object(["parameters": .texts(known)]))
    }

    func text(_ name: String) throws(RPCError) -> String? {
        switch record[name] {
        case nil: nil
        case .string(let text)?: text
        default: throw wrong(name, "a text")
        }
    }

    /// A text that must be given.
    func needed(_ name: String) throws(RPCError) -> String {
        guard let text = try text(name) else {
            throw RPCError(.parameter, "`\(method)` needs the parameter `\(name)`, a text")
        }
        return text
    }

    func flag(_ name: String) throws(RPCError) -> Bool? {
        switch record[name] {
        case nil: nil
        case .bool(let flag)?: flag
        default: throw wrong(name, "true or false")
        }
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(RPCError) -> Int? {
        switch record[name] {
        case nil: return nil
        case .int(let number)? where range.contains(number): return number
        default: throw wrong(name, "an integer from \(range.lowerBound) to \(range.upperBound)")
        }
    }

    func id(_ name: String) throws(RPCError) -> RPCRequest.ID? {
        guard let value = record[name] else { return nil }
        guard let id = RPCRequest.ID(value) else { throw wrong(name, "an integer or a text") }
        return id
    }

    private func wrong(_ name: String, _ expected: String) -> RPCError {
        RPCError(.parameter, "`\(name)` of `\(method)` must be \(expected)")
    }
}
