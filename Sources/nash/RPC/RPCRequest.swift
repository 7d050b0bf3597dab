import Language

/// One line of the client, taken apart.
struct RPCRequest: Sendable {
    /// What the client calls the request by.
    enum ID: Hashable, Sendable {
        case number(Int)
        case text(String)

        /// An integer or a text; nil for anything else.
        init?(_ value: Value?) {
            switch value {
            case .int(let number)?: self = .number(number)
            case .string(let text)?: self = .text(text)
            default: return nil
            }
        }

        var json: JSON {
            switch self {
            case .number(let number): JSON(raw: String(number))
            case .text(let text): JSON(text)
            }
        }
    }

    var id: ID
    var method: String
    var parameters: Record

    /// - Throws: what keeps the line from being a request.
    init(_ line: [UInt8]) throws(RPCError) {
        guard case .record(let members) = try Self.value(line) else {
            throw RPCError(.notARequest, "a request is an object: \(Self.form)")
        }
        let id = ID(members["id"])
        guard case .string(let method)? = members["method"] else {
            throw RPCError(.notARequest, "a request needs a `method`, a text: \(Self.form)", id: id)
        }
        guard let id else {
            throw RPCError(.notARequest, "a request needs an `id`, an integer or a text: \(Self.form)")
        }
        (self.id, self.method) = (id, method)
        switch members["params"] {
        case nil: parameters = Record()
        case .record(let parameters)?: self.parameters = parameters
        default: throw RPCError(.notARequest, "`params` must be an object: {\"code\": \"1 + 1\"}", id: id)
        }
    }

    private static let form = "{\"id\": 1, \"method\": \"execute\", \"params\": {\"code\": \"1 + 1\"}}"

    private static func value(_ line: [UInt8]) throws(RPCError) -> Value {
        do throws(ReadingError) {
            return try JSONReader.value(line, name: "line")
        } catch {
            let place = error.column.map { "column \($0): " } ?? ""
            throw RPCError(.notJSON, "the line is not JSON in UTF-8: \(place)\(error.message)")
        }
    }
}
