import Commands
import Language

/// What the methods answer that need no running cell.
extension RPCServer {
    func hello(_ version: Int?) throws(RPCError) -> JSON {
        if let version, version != RPCMethod.version {
            throw RPCError(
                .unknownProtocol, "this nash speaks version \(RPCMethod.version) of the protocol, not \(version)",
                data: .object(["protocol": JSON(.int(RPCMethod.version))]))
        }
        return .object([
            "name": "nash", "version": JSON(NashVersion.text), "protocol": JSON(.int(RPCMethod.version)),
            "seed": JSON(.int(session.rootSeed)), "max_line": JSON(.int(RequestLines.limit)),
        ])
    }

    func completions(of code: String, at byte: Int) -> JSON {
        var found = session.completions(of: code, at: byte)
        if found.isPath {
            let paths = PathCandidates(
                String(decoding: code.utf8.prefix(byte).dropFirst(found.range.start), as: UTF8.self))
            found.candidates = paths.candidates
            found.range.start = byte - paths.name.utf8.count
        }
        let candidates = found.candidates.map { candidate in
            JSON.object([
                "text": JSON(candidate.text), "help": JSON(candidate.summary), "append": JSON(candidate.suffix),
            ])
        }
        return .object([
            "candidates": .list(candidates), "start": JSON(.int(code.codePoint(ofByte: found.range.start))),
            "end": JSON(.int(code.codePoint(ofByte: found.range.end))),
        ])
    }

    func inspection(of code: String, at byte: Int) -> JSON {
        let text = session.inspection(of: code, at: byte)
        return .object(["found": text == nil ? false : true, "data": .object(["text/plain": text.map { JSON($0) }])])
    }

    func completeness(of code: String) -> JSON {
        let isQuestion = code.first { $0 != " " } == "?"
        switch isQuestion ? .complete : Completeness(code) {
        case .complete: return .object(["status": "complete"])
        case .invalid: return .object(["status": "invalid"])
        case .incomplete(let brackets):
            let indent = String(repeating: "  ", count: max(1, brackets))
            return .object(["status": "incomplete", "indent": JSON(indent)])
        }
    }

    var variables: JSON {
        let names = session.scope.names.filter { $0 != "out" && $0 != "args" }
        return .object([
            "variables": .list(
                names.compactMap { name in
                    session.scope[name].map { value in
                        .object([
                            "name": JSON(name), "type": JSON(value.type.phrase),
                            "summary": JSON(String(ValuePrinter.line(value).prefix(200))),
                        ])
                    }
                })
        ])
    }
}
