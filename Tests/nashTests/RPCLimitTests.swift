import Foundation
import Testing

@testable import nash

/// What may wait in `nash rpc`, with small limits: what the client does not read, and what it asks for too early.
@Suite struct RPCLimitTests {
    /// A server of this process, on pipes.
    private final class Served {
        private let (requests, answers) = (Pipe(), Pipe())
        private var unread: [UInt8] = []

        init(_ limits: RPCLimits) {
            // The server may still have something to say when the test has ended.
            signal(SIGPIPE, SIG_IGN)
            let server = RPCServer(seed: 0, recorder: nil, limits: limits)
            // The server's ends are its own: its threads may outlive this.
            server.start(
                reading: dup(requests.fileHandleForReading.fileDescriptor),
                writing: dup(answers.fileHandleForWriting.fileDescriptor))
        }

        deinit { send("{\"id\":-1,\"method\":\"shutdown\"}") }

        func send(_ line: String) { requests.fileHandleForWriting.write(Data((line + "\n").utf8)) }

        func execute(_ id: Int, _ code: String, silent: Bool = true) {
            send(
                "{\"id\":\(id),\"method\":\"execute\",\"params\":{\"code\":\"\(code)\",\"silent\":\(silent)}}")
        }

        /// Has a cell run until it is cancelled: it takes no room among those that wait.
        func runEndlessly(_ id: Int) throws {
            execute(id, "for i in 1..1000000000000 { x = i }", silent: false)
            #expect(try message().text("status") == "running")
        }

        /// The next line; waits at most half a minute for it.
        func message() throws -> Message {
            while true {
                if let end = unread.firstIndex(of: 10) {
                    defer { unread.removeFirst(end + 1) }
                    return try Message(String(decoding: unread[..<end], as: UTF8.self))
                }
                var waited = pollfd(fd: answers.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
                try #require(poll(&waited, 1, 30_000) > 0, "the server says nothing")
                unread += answers.fileHandleForReading.availableData
            }
        }
    }

    @Test func `a client that does not read is refused more, can cancel, and is served again once it reads`() throws {
        // Far more than pipes and the server's buffer hold is asked for before anything is read.
        let (limit, count) = (100_000, 12_000)
        let client = Served(RPCLimits(unreadAnswers: limit))
        try client.runEndlessly(0)
        for id in 1...count { client.send("{\"id\":\(id),\"method\":\"hello\"}") }
        client.send("{\"id\":\"cancel\",\"method\":\"cancel\"}")
        var (ids, firstRefused, bytes): ([Int], Int?, Int) = ([], nil, 0)
        var (isFound, isCancelled) = (false, false)
        while ids.count < count || !isFound || !isCancelled {
            let message = try client.message()
            switch message.number("id") {
            case nil: isFound = message.text("result.found") == "running"
            case 0: isCancelled = message.text("result.status") == "cancelled"
            case let id?:
                ids.append(id)
                if firstRefused == nil { bytes += message.line.utf8.count + 1 }
                guard message["result"] == nil else { continue }
                firstRefused = firstRefused ?? id
                #expect(message.number("error.code") == -32001)
                #expect(message.text("error.message")?.contains("read them before asking for more") == true)
            }
        }
        #expect(ids == Array(1...count), "each is answered once, in its turn")
        #expect(firstRefused != nil && bytes > limit && bytes < limit + 100_000)
        client.send("{\"id\":99999,\"method\":\"hello\"}")
        #expect(try client.message().text("result.name") == "nash")
    }

    @Test func `programs that wait have room together, which cancelling gives back`() throws {
        let client = Served(RPCLimits(waitingBytes: 1_000))
        let code = String(repeating: " ", count: 599) + "1"
        try client.runEndlessly(1)
        client.execute(2, code)
        client.execute(3, code)
        var answer = try client.message()
        #expect(answer.number("id") == 3 && answer.number("error.code") == -32001)
        #expect(answer.text("error.message")?.contains("too many cells wait") == true)
        client.execute(4, String(repeating: " ", count: 399) + "1")
        client.send("{\"id\":5,\"method\":\"hello\"}")
        #expect(try client.message().number("id") == 5, "a thousand bytes fit, and others are answered meanwhile")
        client.send("{\"id\":6,\"method\":\"cancel\",\"params\":{\"id\":2}}")
        answer = try client.message()
        #expect(answer.number("id") == 2 && answer.text("result.status") == "cancelled")
        #expect(try client.message().text("result.found") == "waiting")
        client.execute(7, code)
        client.execute(8, code)
        #expect(try client.message().number("id") == 8, "there is room for one of them again")
        client.send("{\"id\":9,\"method\":\"cancel\"}")
        var statuses: [Int: String] = [:]
        while statuses.count < 3 {
            let message = try client.message()
            if let id = message.number("id"), id != 9 { statuses[id] = message.text("result.status") }
        }
        #expect(statuses == [1: "cancelled", 4: "done", 7: "done"])
    }

    @Test func `where too much waits the end comes as always`() throws {
        let client = Served(RPCLimits(unreadAnswers: 10_000, waitingCells: 2))
        try client.runEndlessly(1)
        for id in 2...5 { client.execute(id, "1") }
        for id in 10...3_000 { client.send("{\"id\":\(id),\"method\":\"variables\"}") }
        client.send("{\"id\":\"end\",\"method\":\"shutdown\"}")
        var ended: [Int: String] = [:]
        var isShut = false
        while !isShut || ended.count < 5 {
            let message = try client.message()
            isShut = isShut || message.text("id") == "end" && message["result"] != nil
            guard let id = message.number("id"), id < 10 else { continue }
            ended[id] = message.text("result.status") ?? message.number("error.code").map { "\($0)" }
        }
        #expect(ended == [1: "cancelled", 2: "cancelled", 3: "cancelled", 4: "-32001", 5: "-32001"])
    }

    @Test func `what a cell shows waits for the client within its limit`() throws {
        let outbox = Outbox(RPCLimits(unreadEvents: 100))
        let line = JSON(String(repeating: "x", count: 60))
        for _ in 0..<2 { outbox.event(line) { false } }
        // There is room no more: an event is dropped where its cell is cancelled, and what is only offered is too.
        outbox.event(line) { true }
        outbox.offer(line)
        outbox.answer(JSON("last"))
        let pipe = Pipe()
        let descriptor = dup(pipe.fileHandleForWriting.fileDescriptor)
        runOnThread { outbox.write(to: descriptor) }
        var text = ""
        while !text.hasSuffix("\"last\"\n") {
            text += String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        }
        #expect(text == String(repeating: line.text + "\n", count: 2) + "\"last\"\n")
    }
}
