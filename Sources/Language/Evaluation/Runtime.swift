internal import Synchronization

/// What an evaluation needs beside the program and its names.
struct Runtime: Sendable {
    let vocabulary: Vocabulary
    let modules: Modules
    let cancel: CancelToken
    let progress: any ProgressSink
    let rootSeed: Int
    let cell: Int
    let note: @Sendable (String) -> Void
    let opened: @Sendable (String) -> Void
    let saved: @Sendable (String) -> Void
    private let calls = CallCounter()

    /// What the next call of a command is given.
    func nextContext() -> Context {
        Context(
            vocabulary: vocabulary, cancel: cancel, progress: progress, rootSeed: rootSeed, cell: cell,
            call: calls.next(), note: note, opened: opened, saved: saved)
    }
}

extension Runtime {
    init(
        vocabulary: Vocabulary, cancel: CancelToken, progress: any ProgressSink, rootSeed: Int, cell: Int,
        note: @escaping @Sendable (String) -> Void = { _ in }, opened: @escaping @Sendable (String) -> Void = { _ in },
        saved: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.vocabulary = vocabulary
        self.modules = Modules()
        self.cancel = cancel
        self.progress = progress
        self.rootSeed = rootSeed
        self.cell = cell
        self.note = note
        self.opened = opened
        self.saved = saved
    }

    func inside(_ modules: Modules) -> Runtime { Runtime(self, modules: modules) }

    private init(_ other: Runtime, modules: Modules) {
        self.vocabulary = other.vocabulary
        self.modules = modules
        self.cancel = other.cancel
        self.progress = other.progress
        self.rootSeed = other.rootSeed
        self.cell = other.cell
        self.note = other.note
        self.opened = other.opened
        self.saved = other.saved
    }
}

/// Numbers the calls of commands in a cell: the number goes into the seeds that derive.
private final class CallCounter: Sendable {
    private let count = Atomic<Int>(0)
    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}
