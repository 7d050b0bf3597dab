import Commands
import Language

/// Something that a client can ask for.
struct RPCMethod: Sendable {
    let name: String
    /// The names of its parameters.
    var parameters: [String] = []
    /// Does it; gives the result, or nil where that comes later.
    let run: @Sendable (RPCServer, RPCRequest.ID, RPCParameters) throws(RPCError) -> JSON?

    /// The version of the protocol: docs/rpc.md.
    static let version = 1

    /// Every method. Each is declared here and nowhere else.
    static let all: [RPCMethod] = [
        RPCMethod(name: "hello", parameters: ["protocol"]) { server, _, parameters throws(RPCError) in
            try server.hello(parameters.integer("protocol", in: 0...Int.max))
        },
        RPCMethod(name: "execute", parameters: ["code", "silent", "width", "title"]) {
            server, id, parameters throws(RPCError) in
            try server.execute(
                CellRequest(
                    id: id, code: parameters.needed("code"), isSilent: parameters.flag("silent") ?? false,
                    width: parameters.integer("width", in: 20...1000) ?? 100, title: parameters.text("title")))
            return nil
        },
        RPCMethod(name: "cancel", parameters: ["id"]) { server, _, parameters throws(RPCError) in
            server.cancel(try parameters.id("id"))
        },
        RPCMethod(name: "complete", parameters: ["code", "cursor"]) { server, _, parameters throws(RPCError) in
            let (code, byte) = try place(parameters)
            return server.completions(of: code, at: byte)
        },
        RPCMethod(name: "inspect", parameters: ["code", "cursor"]) { server, _, parameters throws(RPCError) in
            let (code, byte) = try place(parameters)
            return server.inspection(of: code, at: byte)
        },
        RPCMethod(name: "is_complete", parameters: ["code"]) { server, _, parameters throws(RPCError) in
            server.completeness(of: try parameters.needed("code"))
        },
        RPCMethod(name: "variables") { server, _, _ throws(RPCError) in server.variables },
        RPCMethod(name: "shutdown") { server, _, _ throws(RPCError) in server.shutDown() },
    ]

    /// A text, and the byte of it at the cursor.
    private static func place(_ parameters: RPCParameters) throws(RPCError) -> (code: String, byte: Int) {
        let code = try parameters.needed("code")
        let cursor = try parameters.integer("cursor", in: 0...code.unicodeScalars.count)
        return (code, cursor.flatMap { code.byte(ofCodePoint: $0) } ?? code.utf8.count)
    }
}
