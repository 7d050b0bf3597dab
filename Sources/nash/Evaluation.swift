import CTerminal
import Glibc
import Language
import Synchronization

/// How far a long piece of work is.
struct Progress: Sendable, Equatable {
    /// What is being done, in a word or two.
    var label: String
    /// Steps done so far.
    var done: Int
    /// Steps in all, where that is known.
    var total: Int?
}

/// One cell on its way, on a thread of its own: the main thread keeps the terminal and the signals.
final class Evaluation: ProgressSink, OutputSink {
    private struct State {
        var progress: Progress?
        var outcome: CellOutcome?
        var isAbandoned = false
        var printed = ""
    }

    /// How much of what a cell prints is kept, in bytes.
    private static let keptOutput = 1 << 20

    let cancel = CancelToken()
    private let state = Mutex(State())
    private let console: Console

    init(console: Console) {
        self.console = console
    }

    /// How far the cell says that it is.
    var progress: Progress? { state.withLock { $0.progress } }

    /// How it ended, once it has.
    var outcome: CellOutcome? { state.withLock { $0.outcome } }

    /// What it has printed, up to a megabyte.
    var printed: String { state.withLock { $0.printed } }

    func report(done: Int, of total: Int?, label: String) {
        state.withLock { $0.progress = Progress(label: label, done: done, total: total) }
    }

    func write(_ text: String) {
        let isWanted = state.withLock { state in
            if state.printed.utf8.count + text.utf8.count <= Self.keptOutput { state.printed += text }
            return !state.isAbandoned
        }
        if isWanted { console.print(text) }
    }

    /// Lets the cell run on without the terminal; what it still prints is dropped.
    func abandon() {
        state.withLock { $0.isAbandoned = true }
    }

    func start(_ cell: Cell, on engine: any Engine, _ presentation: Presentation) {
        let context = CellContext(cancel: cancel, progress: self, output: self, presentation: presentation)
        runOnThread {
            let outcome = engine.run(cell, in: context)
            self.state.withLock { $0.outcome = outcome }
            terminal_wake()
        }
    }
}

/// Runs `body` on a new thread whose stack is deep enough for deeply nested programs; on the
/// caller's where the system has no more threads to give.
func runOnThread(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(ThreadBody(run: body))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 256 << 20)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    defer { pthread_attr_destroy(&attributes) }
    var thread = pthread_t()
    let problem = pthread_create(&thread, &attributes, threadMain, box.toOpaque())
    if problem != 0 { box.takeRetainedValue().run() }
}

private let threadMain: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { box in
    if let box { Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().run() }
    return nil
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}
