import Commands
public import Language
import Synchronization

/// The record of one cell while it runs.
public final class CellRecording: Sendable {
    private struct State {
        var cell: CellRecord
        var measured: MeasuredNames
        /// The present statement.
        var statement: Statement?
        /// Whether what it shows derives from a measurement.
        var isMeasured = false
        var size = 0
        /// What was shown beyond what is kept.
        var dropped = 0
        var droppedHash = SHA256()
    }

    /// How many outputs of a cell are kept one by one, and how many bytes of them.
    private static let (most, mostBytes) = (1_000, 8 << 20)

    private let recorder: Recorder
    private let source: Source
    private let cancel: CancelToken
    private let timer = RunTimer()
    private let state: Mutex<State>

    init(
        _ cell: CellRecord, _ source: Source, _ measured: MeasuredNames, _ cancel: CancelToken, of recorder: Recorder
    ) {
        self.recorder = recorder
        self.source = source
        self.cancel = cancel
        state = Mutex(State(cell: cell, measured: measured))
    }

    /// Hears of each statement before it runs.
    public func begin(_ statement: Statement) {
        state.withLock { state in
            state.statement = statement
            state.isMeasured = state.measured.take(statement, of: source)
        }
    }

    /// Hears of data that is read; from measured data derives what the present statement gives.
    public func opened(_ path: String) {
        guard let (record, isMeasured) = recorder.record(of: path) else { return }
        state.withLock { state in
            if !state.cell.data.contains(record) { state.cell.data.append(record) }
            guard isMeasured, let statement = state.statement else { return }
            state.measured.taint(statement, of: source)
            state.isMeasured = true
        }
    }

    /// Hears of a file or folder that was written: it is measured where the present statement is.
    public func saved(_ path: String) {
        recorder.noteFile(path, isMeasured: state.withLock { $0.isMeasured })
    }

    /// Hears of a remark.
    public func note(_ text: String) { add(OutputRecord(.note, text: text)) }

    /// Hears of a value that is shown.
    public func show(_ value: Value) {
        let (number, isMeasured) = state.withLock { ($0.cell.number, $0.isMeasured) }
        var output = OutputRecord(.value, text: ValuePrinter(width: 100).text(value))
        output.digest = isMeasured ? nil : ValueDigest.of(value)
        if case .table(let table) = value { output.table = TableView(table) }
        var reason: String?
        if case .handle(let handle) = value, let figure = handle as? FigureHandle {
            (output.figure, reason) = recorder.keep(figure.figure, of: number, cancel: cancel)
        }
        add(output)
        if let reason { note(reason) }
    }

    /// Records the cell as it ended.
    ///
    /// - Parameter error: rendered without colours; nil where there is none.
    @discardableResult
    public func end(_ status: CellRecord.Status, error: String? = nil) -> CellRecord {
        let (cell, measured) = state.withLock { state in
            var cell = state.cell
            cell.status = status
            cell.error = error
            cell.wallMilliseconds = timer.wall
            cell.cpuMilliseconds = timer.cpu
            if state.dropped > 0 {
                cell.outputs.append(
                    OutputRecord(
                        .note, text: "… \(state.dropped) more results, which are not kept",
                        digest: state.droppedHash.finish()))
            }
            return (cell, state.measured)
        }
        // A cell that fails binds nothing.
        recorder.add(cell, measured: status == .done ? measured : nil)
        return cell
    }

    /// Records the cell as it failed, with the error as a file shows it.
    public func end(_ error: CellError) {
        let renderer = Renderer(width: 100)
        switch error {
        case .rejected(let diagnostic): end(.rejected, error: renderer.render(diagnostic))
        case .failed(let diagnostic): end(.failed, error: renderer.render(diagnostic))
        // Of the two, the one that takes a status: the other is this.
        case .cancelled: end(CellRecord.Status.cancelled)
        }
    }

    private func add(_ output: OutputRecord) {
        state.withLock { state in
            guard state.cell.outputs.count < Self.most, state.size < Self.mostBytes else {
                state.dropped += 1
                return state.droppedHash.absorb(output.digest ?? "")
            }
            state.size += output.text.utf8.count
            state.cell.outputs.append(output)
        }
    }
}
