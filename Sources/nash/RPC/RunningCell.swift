import Language
import Synchronization

/// The cell at work: what it has to say goes to the client as events, which end with its answer.
final class RunningCell: ProgressSink {
    private struct State {
        var progress: Progress?
        var lastTold: ContinuousClock.Instant?
        var isAnswered = false
    }

    let request: CellRequest
    let cancel = CancelToken()
    private let outbox: Outbox
    private let state = Mutex(State())

    init(_ request: CellRequest, _ outbox: Outbox) {
        (self.request, self.outbox) = (request, outbox)
    }

    /// Asks it to stop, also where it waits until the client reads.
    func stop() {
        cancel.cancel()
        outbox.nudge()
    }

    /// Says that it begins.
    func begin(number: Int) {
        send("status", [("status", "running"), ("count", JSON(.int(number)))])
    }

    /// Shows a value.
    func show(_ value: Value) {
        guard !request.isSilent else { return }
        let bundle = MIMEBundle(value, width: request.width) { self.cancel.isCancelled }
        if let remark = bundle.remark { note(remark) }
        send("display", [("data", bundle.json)])
    }

    /// Says something beside the results.
    func note(_ text: String) {
        send("stream", [("name", "note"), ("text", JSON(text + "\n"))])
    }

    private func send(_ event: String, _ members: [(String, JSON?)]) {
        guard !request.isSilent else { return }
        outbox.event(message(event, members)) { cancel.isCancelled }
    }

    private func message(_ event: String, _ members: [(String, JSON?)]) -> JSON {
        .object([("event", JSON(event)), ("id", request.id.json)] + members)
    }

    func report(done: Int, of total: Int?, label: String) {
        guard !request.isSilent else { return }
        state.withLock { $0.progress = Progress(label: label, done: done, total: total) }
    }

    /// Says how far it is, where that has changed since the last time and a tenth of a second has passed.
    func tellProgress() {
        state.withLock { state in
            guard let progress = state.progress, !state.isAnswered else { return }
            if let last = state.lastTold, last.duration(to: .now) < .milliseconds(100) { return }
            (state.progress, state.lastTold) = (nil, .now)
            let total = progress.total.map { JSON(.int($0)) } ?? .null
            let members = [("label", JSON(progress.label)), ("done", JSON(.int(progress.done))), ("total", total)]
            outbox.offer(message("progress", members))
        }
    }

    /// Says how it ended.
    func answer(_ result: JSON) {
        state.withLock { state in
            state.isAnswered = true
            outbox.answer(.object(["id": request.id.json, "result": result]))
        }
    }
}
