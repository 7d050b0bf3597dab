internal import Synchronization

/// Stops a computation from another thread: asked at every step, set by Ctrl-C.
public final class CancelToken: Sendable {
    private let flag = Atomic<Bool>(false)
    /// Makes it.
    public init() {}
    /// Asks the computation to stop.
    public func cancel() { flag.store(true, ordering: .relaxed) }
    /// Whether it was asked to stop.
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }
    /// Throws `CancellationError` once `cancel` has been called.
    public func check() throws {
        if isCancelled { throw CancellationError() }
    }
}

/// Hears how far a long computation is.
public protocol ProgressSink: Sendable {
    /// `done` of `total` steps of `label` are done; nil where the total is not known.
    func report(done: Int, of total: Int?, label: String)
}

/// Hears nothing.
public struct SilentProgress: ProgressSink {
    /// Makes it.
    public init() {}
    /// Hears of progress.
    public func report(done: Int, of total: Int?, label: String) {}
}

/// What a command may use beside its input and arguments.
public struct Context: Sendable {
    /// To be asked at every step.
    public let cancel: CancelToken
    /// Hears how far the work is.
    public let progress: any ProgressSink
    /// From which every seed that the user does not give derives.
    public let rootSeed: Int
    /// The number of the cell, and of the call in it: both go into a derived seed.
    public let cell: Int
    /// The number of the call in its cell.
    public let call: Int
    /// The words and constants of the language, for commands that speak of it.
    public let vocabulary: Vocabulary
    /// Prints a remark beside the result, such as "3 rows left out: accuracy is none".
    public let note: @Sendable (String) -> Void
    /// Hears of each file or folder of data that is read, by its path as the program gives it.
    public let opened: @Sendable (String) -> Void
    /// Hears of each file or folder that was written, by its path as the program gives it.
    public let saved: @Sendable (String) -> Void

    /// Makes it of its parts.
    public init(
        vocabulary: Vocabulary, cancel: CancelToken = CancelToken(), progress: any ProgressSink = SilentProgress(),
        rootSeed: Int = 0, cell: Int = 0, call: Int = 0, note: @escaping @Sendable (String) -> Void = { _ in },
        opened: @escaping @Sendable (String) -> Void = { _ in }, saved: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.vocabulary = vocabulary
        self.cancel = cancel
        self.progress = progress
        self.rootSeed = rootSeed
        self.cell = cell
        self.call = call
        self.note = note
        self.opened = opened
        self.saved = saved
    }
}

/// What a command throws when its work fails: said with the place of the call, or of one argument.
public struct CommandError: Error, Sendable {
    /// The kind of error.
    public let code: Code
    /// What is wrong.
    public let message: String
    /// What to try.
    public let help: String?
    /// The name of the argument to point at.
    public let argument: String?

    /// Makes it of its parts.
    public init(_ message: String, help: String? = nil, argument: String? = nil, code: Code = .failed) {
        self.code = code
        self.message = message
        self.help = help
        self.argument = argument
    }
}
