import CTerminal
import Statistics

/// The lines that go to the client, written by a thread of their own: who has something to say need not wait until the
/// client reads.
final class Outbox: Sendable {
    private struct State {
        var lines: [String] = []
        /// Of the lines that wait and those that are being written.
        var bytes = 0
        var isBroken = false
    }

    private let limits: RPCLimits
    private let state = Monitor(State())

    init(_ limits: RPCLimits) { self.limits = limits }

    /// Whether the client does not read what it asks for.
    var isOverfull: Bool { state.change { $0.bytes > limits.unreadAnswers } }

    /// Whether nobody reads any more.
    var isBroken: Bool { state.change { $0.isBroken } }

    /// Whether all has been written.
    var isEmpty: Bool { state.change { $0.bytes == 0 } }

    /// Sends an answer; never waits.
    func answer(_ line: JSON) {
        state.change { Self.add(line.text, to: &$0) }
    }

    /// Sends an event once there is room; drops it where `isCancelled` says so meanwhile.
    func event(_ line: JSON, isCancelled: () -> Bool) {
        state.wait { state in
            if state.bytes > limits.unreadEvents, !state.isBroken { return isCancelled() ? () : nil }
            Self.add(line.text, to: &state)
            return ()
        }
    }

    /// Sends an event if there is room now.
    func offer(_ line: JSON) {
        state.change { state in
            if state.bytes <= limits.unreadEvents { Self.add(line.text, to: &state) }
        }
    }

    /// Lets those who wait for room look whether they still want to.
    func nudge() { state.change { _ in } }

    private static func add(_ line: String, to state: inout State) {
        guard !state.isBroken else { return }
        state.lines.append(line + "\n")
        state.bytes += line.utf8.count + 1
    }

    /// Writes what comes, for ever.
    func write(to descriptor: Int32) {
        while true {
            let lines = state.wait { state -> [String]? in
                guard !state.lines.isEmpty else { return nil }
                defer { state.lines = [] }
                return state.lines
            }
            for line in lines {
                guard writeAll(line, to: descriptor) == nil else { return giveUp() }
                state.change { $0.bytes -= line.utf8.count }
            }
        }
    }

    private func giveUp() {
        state.change { $0 = State(isBroken: true) }
        terminal_wake()
    }
}
