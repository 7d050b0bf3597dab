import Foundation
import Testing

/// The `nash rpc` beside the tests, asked over pipes as another program would.
final class RPCClient {
    /// How long a line may take to come: generous, since nothing here is about speed.
    private static let patience: Int32 = 30_000

    let folder: TemporaryFolder
    private let process = Process()
    private let (input, output) = (Pipe(), Pipe())
    private var unread: [UInt8] = []
    private var count = 0

    /// - Parameter settings: further variables of its environment.
    init(_ arguments: [String] = [], settings: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        process.executableURL = URL(filePath: PseudoTerminal.binary)
        process.arguments = ["rpc"] + arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "NASH_STORE": folder.path + "/store"]
            .merging(settings) { $1 }
        process.currentDirectoryURL = URL(filePath: folder.path)
        (process.standardInput, process.standardOutput) = (input, output)
        process.standardError = FileHandle(forWritingAtPath: try folder.file("errors", ""))
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var errors: String { (try? folder.text("errors")) ?? "" }

    func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Closes what nash reads.
    func closeInput() throws { try input.fileHandleForWriting.close() }

    /// Closes what nash writes.
    func closeOutput() throws { try output.fileHandleForReading.close() }

    /// Waits for nash's end; gives its exit code, or the negative number of the signal that killed it.
    func exitCode() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Sends a line as it is.
    func send(line: String) throws { try send(bytes: Array(line.utf8)) }

    func send(bytes: [UInt8]) throws { try input.fileHandleForWriting.write(contentsOf: Data(bytes + [10])) }

    /// Sends a request; gives its id.
    @discardableResult
    func send(_ method: String, _ parameters: [String: Any] = [:]) throws -> Int {
        count += 1
        let request: [String: Any] = ["id": count, "method": method, "params": parameters]
        try send(bytes: Array(JSONSerialization.data(withJSONObject: request)))
        return count
    }

    /// The next line that nash writes; nil at the end.
    func line() throws -> String? {
        while true {
            if let end = unread.firstIndex(of: 10) {
                defer { unread.removeFirst(end + 1) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            var waited = pollfd(fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
            try #require(poll(&waited, 1, Self.patience) > 0, "nash says nothing; on standard error: \(errors)")
            var bytes = [UInt8](repeating: 0, count: 1 << 20)
            let count = read(waited.fd, &bytes, bytes.count)
            guard count > 0 else { return nil }
            unread += bytes[..<count]
        }
    }

    func message() throws -> Message { try Message(#require(try line(), "nash has ended: \(errors)")) }

    /// Sends a line, and gives the answer and the events before it.
    func ask(line: String) throws -> (answer: Message, events: [Message]) {
        try send(line: line)
        return try answer()
    }

    /// Sends a request, and gives the answer and the events before it.
    @discardableResult
    func ask(_ method: String, _ parameters: [String: Any] = [:]) throws -> (answer: Message, events: [Message]) {
        try send(method, parameters)
        return try answer()
    }

    /// The answer that comes next, and the events before it.
    func answer() throws -> (answer: Message, events: [Message]) {
        var events: [Message] = []
        while true {
            let message = try message()
            guard message["event"] != nil else { return (message, events) }
            events.append(message)
        }
    }

    /// What a cell shows: its MIME bundles.
    func show(_ code: String, _ parameters: [String: Any] = [:]) throws -> [[String: Any]] {
        let (answer, events) = try ask("execute", parameters.merging(["code": code]) { $1 })
        #expect(answer.text("result.status") == "done", "\(answer.line)")
        return events.compactMap { $0["data"] as? [String: Any] }
    }
}

/// A line of nash.
struct Message {
    let line: String
    private let members: [String: Any]

    init(_ line: String) throws {
        self.line = line
        members = try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "no object: \(line)")
    }

    /// What stands at `result.error.code`; nil where nothing does.
    subscript(path: String) -> Any? {
        path.split(separator: ".").reduce(members as Any?) { ($0 as? [String: Any])?[String($1)] }
    }

    func text(_ path: String) -> String? { self[path] as? String }

    func number(_ path: String) -> Int? { self[path] as? Int }
}
