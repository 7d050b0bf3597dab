import CTerminal
import Commands
import Glibc
import Language
import Notebook
import Synchronization

/// One session that a client drives by lines of JSON: docs/rpc.md.
///
/// One thread reads requests and answers what needs no running cell, one runs the cells in order, one writes. None of
/// them waits for another that waits for the client, so that a client is heard whatever it leaves unread.
final class RPCServer: Sendable {
    let session: Session
    private let queue: CellQueue
    private let outbox: Outbox
    private let recorder: Recorder?
    private let isEnding = Atomic(false)

    /// - Parameters:
    ///   - seed: the root of the seeds that a program does not give.
    ///   - recorder: takes what cells show, silent ones too; nil where nothing is recorded.
    init(seed: Int, recorder: Recorder?, limits: RPCLimits = RPCLimits()) {
        self.recorder = recorder
        (queue, outbox) = (CellQueue(limits), Outbox(limits))
        session = Session(vocabulary: .nash, rootSeed: seed)
        session.scope["args"] = .list([])
    }

    /// Serves the client to its end.
    func run(reading input: Int32, writing output: Int32) -> ExitCode {
        start(reading: input, writing: output)
        while true {
            let events = TerminalEvents.wait(milliseconds: queue.running == nil ? -1 : 100)
            if let code = ExitCode(events) { return end(code) }
            if events.contains(.interrupt) { _ = queue.cancel(nil) }
            if events.contains(.stop) { terminal_stop() }
            queue.running?.tellProgress()
            if isEnding.load(ordering: .relaxed) || outbox.isBroken { return end(.done) }
        }
    }

    /// Begins to serve the client, on threads of its own.
    func start(reading input: Int32, writing output: Int32) {
        runOnThread { self.outbox.write(to: output) }
        runOnThread { self.runCells() }
        runOnThread { self.read(RequestLines(input)) }
    }

    /// Gives the running cell a second to come to a clean end, and the client to read what it is told.
    private func end(_ code: ExitCode) -> ExitCode {
        dropCells()
        let deadline = ContinuousClock.now + .seconds(1)
        while queue.running != nil || !outbox.isEmpty, ContinuousClock.now < deadline {
            _ = TerminalEvents.wait(milliseconds: 10)
        }
        recorder?.finish()
        return code
    }

    // MARK: Requests

    private func read(_ lines: RequestLines) {
        var lines = lines
        while !isEnding.load(ordering: .relaxed), let line = lines.next() {
            do throws(RPCError) {
                switch line {
                case .whole(let bytes) where bytes.allSatisfy(\.isBlank): continue
                case .whole(let bytes): try answer(RPCRequest(bytes))
                case .tooLong: throw RPCError(.lineTooLong, "the line is longer than \(RequestLines.limit) bytes")
                }
            } catch {
                outbox.answer(error.answer)
            }
        }
        isEnding.store(true, ordering: .relaxed)
        terminal_wake()
    }

    private func answer(_ request: RPCRequest) throws(RPCError) {
        guard !queue.contains(request.id) else {
            throw RPCError(
                .idInUse, "a request of the id \(request.id.json.text) is still at work",
                data: .object(["id": request.id.json]))
        }
        do throws(RPCError) {
            if let result = try result(of: request) {
                outbox.answer(.object(["id": request.id.json, "result": result]))
            }
        } catch {
            var error = error
            error.id = request.id
            throw error
        }
    }

    private func result(of request: RPCRequest) throws(RPCError) -> JSON? {
        guard let method = RPCMethod.all.first(where: { $0.name == request.method }) else {
            let names = RPCMethod.all.map(\.name)
            throw RPCError(
                .unknownMethod, "there is no method `\(request.method)`: there are \(names.joined(separator: ", "))",
                data: .object(["methods": .texts(names)]))
        }
        if outbox.isOverfull, !["cancel", "shutdown"].contains(method.name) {
            throw RPCError(.tooMuchWaits, "too many answers wait: read them before asking for more")
        }
        return try method.run(self, request.id, RPCParameters(request, known: method.parameters))
    }

    func cancel(_ id: RPCRequest.ID?) -> JSON {
        switch queue.cancel(id) {
        case .running: return .object(["found": "running"])
        case .none: return .object(["found": "none"])
        case .waiting(let cell):
            drop(cell)
            return .object(["found": "waiting"])
        }
    }

    func shutDown() -> JSON {
        dropCells()
        isEnding.store(true, ordering: .relaxed)
        return .object([])
    }

    // MARK: Cells

    func execute(_ cell: CellRequest) throws(RPCError) { try queue.add(cell) }

    private func dropCells() { queue.end().forEach(drop) }

    private func drop(_ cell: CellRequest) {
        RunningCell(cell, outbox).answer(CellResult(request: cell, error: .cancelled).json)
    }

    private func runCells() {
        while let cell = queue.next({ RunningCell($0, outbox) }) {
            queue.finish(run(cell))
        }
    }

    private func run(_ cell: RunningCell) -> CellResult {
        var result = CellResult(request: cell.request, number: session.nextCell)
        cell.begin(number: result.number)
        let source = Source(
            name: cell.request.title ?? "cell \(result.number)", text: LanguageEngine.question(cell.request.code))
        let start = ContinuousClock.now
        do throws(CellError) {
            try session.run(
                source, number: result.number, recordedBy: recorder, cancel: cell.cancel, progress: cell,
                note: { cell.note($0) }, show: { cell.show($0) })
        } catch {
            result.error = error
        }
        result.time = start.duration(to: .now)
        return result
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
}
