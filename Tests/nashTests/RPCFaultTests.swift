import Foundation
import Testing

@testable import nash

/// What befalls `nash rpc`: lines that are no requests, clients that cancel, do not read, or go away.
@Suite struct RPCFaultTests {
    /// A cell that runs until it is cancelled.
    private static let endless = "for i in 1..1000000000000 { x = i }"

    /// Sends a cell and waits until it runs.
    private func begin(_ code: String, _ client: RPCClient) throws -> Int {
        let id = try client.send("execute", ["code": code])
        #expect(try client.message().text("status") == "running")
        return id
    }

    @Test(
        arguments: [
            ("nonsense", -32700, nil), ("{\"id\":1,", -32700, nil), ("\u{0}", -32700, nil),
            ("{\"id\":1,\"method\":\"hello\"} x", -32700, nil), ("[1]", -32600, nil), ("\"hello\"", -32600, nil),
            ("{\"method\":\"hello\"}", -32600, nil), ("{\"id\":null,\"method\":\"hello\"}", -32600, nil),
            ("{\"id\":1.5,\"method\":\"hello\"}", -32600, nil), ("{\"id\":1}", -32600, 1),
            ("{\"id\":1,\"method\":7}", -32600, 1), ("{\"id\":1,\"method\":\"hello\",\"params\":[]}", -32600, 1),
            ("{\"id\":1,\"method\":\"exec\"}", -32601, 1), ("{\"id\":1,\"method\":\"execute\"}", -32602, 1),
            ("{\"id\":1,\"method\":\"execute\",\"params\":{\"code\":1}}", -32602, 1),
            ("{\"id\":1,\"method\":\"execute\",\"params\":{\"code\":\"1\",\"cod\":1}}", -32602, 1),
            ("{\"id\":1,\"method\":\"execute\",\"params\":{\"code\":\"1\",\"silent\":1}}", -32602, 1),
            ("{\"id\":1,\"method\":\"execute\",\"params\":{\"code\":\"1\",\"width\":1}}", -32602, 1),
            ("{\"id\":1,\"method\":\"complete\",\"params\":{\"code\":\"1\",\"cursor\":2}}", -32602, 1),
            ("{\"id\":1,\"method\":\"complete\",\"params\":{\"code\":\"1\",\"cursor\":-1}}", -32602, 1),
            ("{\"id\":1,\"method\":\"cancel\",\"params\":{\"id\":[]}}", -32602, 1),
            ("{\"id\":1,\"method\":\"hello\",\"params\":{\"protocol\":2}}", -32002, 1),
            (String(repeating: "[", count: 100_000), -32700, nil),
        ] as [(String, Int, Int?)])
    func `what is no request is told, and the session lives on`(_ line: String, _ code: Int, _ id: Int?) throws {
        let client = try RPCClient()
        let answer = try client.ask(line: line).answer
        #expect(answer.number("error.code") == code, "\(answer.line.prefix(300))")
        #expect(answer.number("id") == id)
        #expect(answer.text("error.message")?.isEmpty == false)
        #expect(try client.show("1 + 1")[0]["text/plain"] as? String == "2")
    }

    @Test func `bytes that are not UTF-8, and lines without anything`() throws {
        let client = try RPCClient()
        try client.send(bytes: Array("{\"id\":1,\"method\":\"h".utf8) + [0xFF, 0xFE])
        #expect(try client.answer().answer.number("error.code") == -32700)
        for blank in ["", "  ", "\t\r"] { try client.send(line: blank) }
        #expect(
            try client.ask(line: "{\"jsonrpc\":\"2.0\",\"id\":\"é\",\"method\":\"hello\"}\r").answer.text("id") == "é")
    }

    @Test func `a line of more than 64 MB is told and not kept`() throws {
        let client = try RPCClient()
        try client.send(bytes: [UInt8](repeating: UInt8(ascii: "x"), count: 65 << 20))
        let answer = try client.answer().answer
        #expect(answer.number("error.code") == -32000 && answer["id"] is NSNull)
        #expect(try client.show("1 + 1").count == 1)
    }

    @Test(arguments: [
        String(repeating: "(", count: 20_000), "\u{0}", "\"\u{0}\"", "\u{FEFF}1", "\u{202E}x",
        String(repeating: "x ", count: 5_000),
    ])
    func `programs of any text end in an answer`(_ code: String) throws {
        let client = try RPCClient()
        let status = try client.ask("execute", ["code": code]).answer.text("result.status")
        #expect(status != nil)
        for method in ["complete", "inspect", "is_complete"] {
            #expect(try client.ask(method, ["code": code]).answer["result"] != nil)
        }
    }

    @Test func `cancel stops the running cell, and names stay`() throws {
        let client = try RPCClient()
        try client.ask("execute", ["code": "x = 41"])
        let id = try begin(Self.endless, client)
        try client.send("cancel", ["id": id])
        let answers = try [client.answer().answer, client.answer().answer]
        #expect(answers.contains { $0.text("result.found") == "running" })
        #expect(answers.contains { $0.number("id") == id && $0.text("result.status") == "cancelled" })
        #expect(try client.show("x + 1")[0]["text/plain"] as? String == "42")
        #expect(try client.ask("cancel").answer.text("result.found") == "none")
    }

    @Test func `cancel takes out a cell that waits`() throws {
        let client = try RPCClient()
        _ = try begin(Self.endless, client)
        let waiting = try client.send("execute", ["code": "1"])
        try client.send("cancel", ["id": waiting])
        let dropped = try client.answer().answer
        #expect(dropped.number("id") == waiting && dropped.text("result.status") == "cancelled")
        #expect(dropped.number("result.count") == 0)
        #expect(try client.answer().answer.text("result.found") == "waiting")
    }

    @Test func `SIGINT cancels the running cell and nothing else`() throws {
        let client = try RPCClient()
        try client.ask("hello")
        client.signal(SIGINT)
        _ = try begin(Self.endless, client)
        client.signal(SIGINT)
        #expect(try client.answer().answer.text("result.status") == "cancelled")
        #expect(try client.show("1").count == 1)
    }

    @Test func `questions are answered while a cell runs`() throws {
        let client = try RPCClient()
        _ = try begin(Self.endless, client)
        for (method, code) in [("complete", "sam"), ("inspect", "sample"), ("is_complete", "(")] {
            #expect(try client.ask(method, ["code": code]).answer["result"] != nil)
        }
    }

    @Test func `an id that is at work is not taken again`() throws {
        let client = try RPCClient()
        let id = try begin(Self.endless, client)
        let answer = try client.ask(line: "{\"id\":\(id),\"method\":\"hello\"}").answer
        #expect(answer.number("error.code") == -32003 && answer["id"] is NSNull)
        #expect(answer.number("error.data.id") == id)
        try client.ask("cancel")
        _ = try client.answer()
        #expect(try client.ask(line: "{\"id\":\(id),\"method\":\"hello\"}").answer.number("id") == id)
    }

    @Test func `ten thousand cells may wait, and no more`() throws {
        let client = try RPCClient()
        _ = try begin(Self.endless, client)
        for _ in 0..<10_000 { try client.send("execute", ["code": "1", "silent": true]) }
        #expect(try client.ask("execute", ["code": "1"]).answer.number("error.code") == -32001)
        #expect(try client.ask("cancel").answer.text("result.found") == "running")
    }

    @Test func `progress comes at most ten times a second`() throws {
        let client = try RPCClient()
        try client.ask("execute", ["code": "def spin(n) { for i in 1..n { z = i } }"])
        let code = "nb201 | sample 200, seed: 1 | each {k -> spin 1000} | count"
        let (answer, events) = try client.ask("execute", ["code": code])
        let progress = events.filter { $0.text("event") == "progress" }
        #expect(progress.count >= 1)
        #expect(Double(progress.count) <= (answer["result.wall_ms"] as? Double ?? 0) / 100 + 1)
        #expect(progress.allSatisfy { $0.text("label") == "each" && $0.number("total") == 200 })
    }

    @Test func `a client that does not read can still cancel`() throws {
        let client = try RPCClient()
        let id = try begin("for i in 1..1000000000000 { \"\(String(repeating: "x", count: 10_000))\" }", client)
        // Far more than a pipe and the room for events hold.
        for _ in 0..<3_000 { try client.send("inspect", ["code": "sample"]) }
        usleep(300_000)
        let cancel = try client.send("cancel", ["id": id])
        var (isFound, isCancelled) = (false, false)
        while !isFound || !isCancelled {
            let message = try client.message()
            if message.number("id") == cancel { isFound = message.text("result.found") == "running" }
            if message.number("id") == id { isCancelled = message.text("result.status") == "cancelled" }
        }
        #expect(try client.show("1").count == 1)
    }

    @Test func `a client that closes its input gets what runs cancelled, and the end`() throws {
        let client = try RPCClient()
        let id = try begin(Self.endless, client)
        try client.send("execute", ["code": "1"])
        try client.closeInput()
        var statuses: [Int: String] = [:]
        while let line = try client.line() {
            let message = try Message(line)
            statuses[try #require(message.number("id"))] = message.text("result.status")
        }
        #expect(statuses == [id: "cancelled", id + 1: "cancelled"])
        #expect(client.exitCode() == 0)
    }

    @Test(arguments: [false, true])
    func `a client that closes its output ends it`(_ alsoInput: Bool) throws {
        let client = try RPCClient()
        _ = try begin("for i in 1..1000000000000 { i }", client)
        try client.closeOutput()
        if alsoInput { try client.closeInput() }
        #expect(client.exitCode() == 0)
    }

    @Test func `a client that reads nothing and closes its input is not waited for`() throws {
        let client = try RPCClient()
        _ = try begin("for i in 1..1000000000000 { i }", client)
        usleep(200_000)
        try client.closeInput()
        #expect(client.exitCode() == 0)
    }

    @Test func `shutdown ends it while a cell runs`() throws {
        let client = try RPCClient()
        let id = try begin(Self.endless, client)
        let shutdown = try client.send("shutdown")
        var ids: Set<Int> = []
        while let line = try client.line() { ids.insert(try #require(Message(line).number("id"))) }
        #expect(ids == [id, shutdown])
        #expect(client.exitCode() == 0)
    }

    @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
    func `signals end it`(_ signal: Int32, _ code: Int32) throws {
        let client = try RPCClient()
        _ = try begin(Self.endless, client)
        client.signal(signal)
        #expect(client.exitCode() == code)
    }

    @Test func `nothing but the protocol is on standard output`() throws {
        let client = try RPCClient()
        symlink("/dev/stdout", client.folder.path + "/out.csv")
        symlink("/dev/stdin", client.folder.path + "/in.csv")
        let (saved, events) = try client.ask("execute", ["code": "nb201 | sample 1 | save \"out.csv\""])
        #expect(saved.text("result.status") == "done" && events.allSatisfy { $0["event"] != nil })
        #expect(client.errors.contains("arch"))
        let loaded = try client.ask("execute", ["code": "load \"in.csv\""]).answer
        #expect(loaded.text("result.status") == "failed")
        #expect(try client.show("1").count == 1)
    }
}
