import Commands
public import Language
import Plotting
import Synchronization

/// Records a run as it goes: a line for each cell that ends, figures with their points, and the header.
///
/// Nothing is written before the first cell ends or shows a figure. What cannot be written is told once, and the run
/// goes on without its record.
public final class Recorder: Sendable {
    private struct State {
        var run: RunRecord
        var writer: RunWriter?
        var isBroken = false
        var knowsTorch = false
        var measured: MeasuredNames
        var data = DataFiles()
        var measuredFiles = MeasuredFiles()
        /// The cell of code that ended last.
        var last: CellRecord?
        /// How many figures each cell has shown.
        var figures: [Int: Int] = [:]
    }

    private let place: RunPlace
    private let begin = RunClock()
    private let warn: @Sendable (String) -> Void
    private let state: Mutex<State>

    /// Makes it; no file is touched yet.
    ///
    /// - Parameters:
    ///   - title: what is run: a script's path, `session`, `-c`.
    ///   - seed: the root of the seeds that derive.
    ///   - arguments: those of a script.
    ///   - warn: told once, where the record cannot be written.
    public init(
        _ place: RunPlace, title: String, seed: Int, arguments: [String] = [],
        warn: @escaping @Sendable (String) -> Void
    ) {
        self.place = place
        self.warn = warn
        let run = RunRecord(
            title: title, started: begin.text, seed: seed, arguments: arguments, directory: RunPlace.workingFolder)
        state = Mutex(State(run: run, measured: MeasuredNames(.nash)))
    }

    /// The folder of the run, once something is recorded.
    public var folder: String? { state.withLock { $0.writer?.folder } }

    /// The cell of code that ended last.
    public var last: CellRecord? { state.withLock { $0.last } }

    /// Begins the record of a cell of code.
    ///
    /// - Parameters:
    ///   - number: the `n` of `out[n]`.
    ///   - source: what runs, with its name and first line.
    ///   - cancel: ends the drawing of a figure, as it ends the cell.
    public func begin(number: Int, title: String, _ source: Source, cancel: CancelToken) -> CellRecording {
        state.withLock { state in
            let cell = CellRecord(
                number: number, title: title, source: source.text, started: RunClock().text, seed: state.run.seed,
                name: source.name, line: source.firstLine)
            return CellRecording(cell, source, state.measured, cancel, of: self)
        }
    }

    /// Records a cell of text.
    public func add(text: String, title: String, name: String, line: Int) {
        let seed = state.withLock { $0.run.seed }
        add(
            CellRecord(
                number: 0, title: title, source: text, status: .text, started: RunClock().text, seed: seed, name: name,
                line: line))
    }

    /// Notes that the run came to its end; nothing where nothing was recorded.
    public func finish() {
        writing { state, writer throws(RunError) in
            state.run.ended = RunClock().text
            try writer.put(header: state.run.header)
        }
    }
}

extension Recorder {
    /// Adds a cell that ended, and what its names derive from.
    func add(_ cell: CellRecord, measured: MeasuredNames? = nil) {
        state.withLock { state in
            if let measured { state.measured = measured }
            if cell.status != .text { state.last = cell }
        }
        writing(opens: true) { state, writer throws(RunError) in
            try Self.updateHeader(&state, writer)
            try writer.append(cell)
        }
    }

    /// The record of data that is read, and whether the run saved measured values there; nil where nothing is.
    func record(of path: String) -> (record: DataRecord, isMeasured: Bool)? {
        state.withLock { state in
            state.data.record(path).map { ($0, state.measuredFiles.contain($0.path ?? path)) }
        }
    }

    /// Notes whether what the run wrote to a path derives from a measurement.
    func noteFile(_ path: String, isMeasured: Bool) {
        state.withLock { $0.measuredFiles.note(RunPlace.absolute(path), isMeasured: isMeasured) }
    }

    /// Keeps a figure of a cell; nil with the reason where it cannot be drawn.
    func keep(_ figure: Figure, of cell: Int, cancel: CancelToken) -> (files: FigureRecord?, reason: String?) {
        var kept: (files: FigureRecord?, reason: String?) = (nil, nil)
        writing(opens: true) { state, writer throws(RunError) in
            try Self.updateHeader(&state, writer)
            let number = state.figures[cell, default: 0] + 1
            state.figures[cell] = number
            kept = try writer.put(figure, as: "\(cell)-\(number)") { cancel.isCancelled }
            if let reason = kept.reason {
                kept.reason = "figure \(cell)-\(number) is kept as points only, without a picture: \(reason)"
            }
        }
        return kept
    }

    /// What is known of the machine and the store by now.
    private static func updateHeader(_ state: inout State, _ writer: RunWriter) throws(RunError) {
        let isNew = state.run.versions.isEmpty
        let firstStudy = RunFacts.firstStudy
        guard isNew || state.knowsTorch != RunFacts.knowsTorch || state.run.firstStudy != firstStudy else { return }
        state.knowsTorch = RunFacts.knowsTorch
        state.run.versions = RunFacts.versions
        state.run.firstStudy = firstStudy
        try writer.put(header: state.run.header)
    }

    /// Writes, one thread at a time; the first failure is told, and ends the record.
    private func writing(
        opens: Bool = false, _ body: (inout State, RunWriter) throws(RunError) -> Void
    ) {
        let problem = state.withLock { state -> RunError? in
            guard !state.isBroken, opens || state.writer != nil else { return nil }
            do throws(RunError) {
                if state.writer == nil { state.writer = try RunWriter(place, title: state.run.title, at: begin) }
                if let writer = state.writer { try body(&state, writer) }
                return nil
            } catch {
                state.isBroken = true
                return error
            }
        }
        if let problem { warn("nash: this run is not recorded any further: \(problem)") }
    }
}
