/// What is wrong with a request: the `error` of its answer.
struct RPCError: Error {
    /// The codes of docs/rpc.md.
    enum Code: Int {
        case notJSON = -32700
        case notARequest = -32600
        case unknownMethod = -32601
        case parameter = -32602
        case lineTooLong = -32000
        case tooMuchWaits = -32001
        case unknownProtocol = -32002
        case idInUse = -32003
    }

    var code: Code
    /// What is wrong, what was expected.
    var message: String
    /// The request that the answer is to, where that is known.
    var id: RPCRequest.ID?
    /// What helps to mend it.
    var data: JSON?

    init(_ code: Code, _ message: String, id: RPCRequest.ID? = nil, data: JSON? = nil) {
        (self.code, self.message, self.id, self.data) = (code, message, id, data)
    }

    /// The answer.
    var answer: JSON {
        let error = JSON.object(["code": JSON(raw: String(code.rawValue)), "message": JSON(message), "data": data])
        return .object(["id": id?.json ?? .null, "error": error])
    }
}
