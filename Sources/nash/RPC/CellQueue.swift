import CTerminal
import Statistics

/// A cell that is to be run, as `execute` asks for it.
struct CellRequest: Sendable {
    var id: RPCRequest.ID
    var code: String
    /// Whether it shows nothing.
    var isSilent: Bool
    /// Columns in which texts are laid out.
    var width: Int
    /// What errors call it; nil for its number.
    var title: String?
}

/// The cell that runs, and those that wait for it.
final class CellQueue: Sendable {
    /// What a cancellation met.
    enum Found {
        case running
        case waiting(CellRequest)
        case none
    }

    private struct State {
        private(set) var waiting: [CellRequest] = []
        /// The names of those that wait.
        private(set) var ids: Set<RPCRequest.ID> = []
        /// The length of their programs.
        private(set) var bytes = 0
        var running: RunningCell?
        var isEnded = false

        mutating func add(_ cell: CellRequest) {
            waiting.append(cell)
            ids.insert(cell.id)
            bytes += cell.code.utf8.count
        }

        mutating func take(at place: Int) -> CellRequest {
            let cell = waiting.remove(at: place)
            ids.remove(cell.id)
            bytes -= cell.code.utf8.count
            return cell
        }

        mutating func takeAll() -> [CellRequest] {
            defer { (waiting, ids, bytes) = ([], [], 0) }
            return waiting
        }
    }

    private let limits: RPCLimits
    private let state = Monitor(State())

    init(_ limits: RPCLimits) { self.limits = limits }

    /// The cell that runs.
    var running: RunningCell? { state.change { $0.running } }

    /// Whether a cell of this name runs or waits.
    func contains(_ id: RPCRequest.ID) -> Bool {
        state.change { state in state.running?.request.id == id || state.ids.contains(id) }
    }

    /// Puts a cell behind the others.
    ///
    /// - Throws: where too many wait.
    func add(_ cell: CellRequest) throws(RPCError) {
        let isTaken = state.change { state in
            let hasRoom =
                state.waiting.count < limits.waitingCells
                && state.bytes + cell.code.utf8.count <= limits.waitingBytes
            if hasRoom { state.add(cell) }
            return hasRoom
        }
        guard !isTaken else { return }
        throw RPCError(.tooMuchWaits, "too many cells wait: let some of them end, or cancel them")
    }

    /// Waits for the next cell and makes it the running one; nil at the end.
    func next(_ begin: (CellRequest) -> RunningCell) -> RunningCell? {
        let cell = state.wait { state -> RunningCell?? in
            if state.isEnded { return .some(nil) }
            guard !state.waiting.isEmpty else { return nil }
            state.running = begin(state.take(at: 0))
            return state.running
        }
        terminal_wake()
        return cell
    }

    /// Notes that the running cell has ended with `result`, and says so: its name is free again once that is heard.
    func finish(_ result: CellResult) {
        state.change { state in
            state.running?.answer(result.json)
            state.running = nil
        }
        terminal_wake()
    }

    /// Cancels the cell of a name, or the one that runs. One that waits is taken out: it is to be answered.
    func cancel(_ id: RPCRequest.ID?) -> Found {
        state.change { state in
            if let running = state.running, id == nil || running.request.id == id {
                running.stop()
                return .running
            }
            guard let place = state.waiting.firstIndex(where: { $0.id == id }) else { return .none }
            return .waiting(state.take(at: place))
        }
    }

    /// Cancels the running cell and takes no other; gives those that waited, which are to be answered.
    func end() -> [CellRequest] {
        state.change { state in
            state.isEnded = true
            state.running?.stop()
            return state.takeAll()
        }
    }
}
