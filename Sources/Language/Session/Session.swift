internal import Synchronization

/// A running conversation with the language: names, results, and the seed from which the others derive.
///
/// The prompt, a script and the tests drive it in the same way: one cell at a time.
public final class Session: Sendable {
    /// The words and constants.
    public let vocabulary: Vocabulary
    /// From which seeds derive.
    public let rootSeed: Int
    /// The names bound so far.
    public let scope = Scope()
    private let state = Mutex(State())

    private struct State {
        var results: [Value] = [.none]
    }

    /// Makes it of its parts.
    public init(vocabulary: Vocabulary, rootSeed: Int = 0) {
        self.vocabulary = vocabulary
        self.rootSeed = rootSeed
        scope["out"] = .list([.none])
    }

    /// The number of the next cell, from 1: its result becomes `out[n]`.
    public var nextCell: Int { state.withLock { $0.results.count } }

    /// Checks and runs a cell; `show` is given each value that prints, in order.
    ///
    /// A cell that fails binds nothing.
    /// - Parameters:
    ///   - number: its number, from 1, on which derived seeds depend; nil for the next one. Numbers that are left out
    ///     have no result, and one that is given again has its new one.
    ///   - opened: hears of each file or folder of data that is read.
    ///   - saved: hears of each file or folder that was written.
    ///   - begin: hears of each statement of the cell before it runs.
    /// - Throws: ``CellError``.
    public func run(
        _ source: Source, number: Int? = nil, cancel: CancelToken = CancelToken(),
        progress: any ProgressSink = SilentProgress(), note: @escaping @Sendable (String) -> Void = { _ in },
        opened: @escaping @Sendable (String) -> Void = { _ in },
        saved: @escaping @Sendable (String) -> Void = { _ in }, begin: (Statement) -> Void = { _ in },
        show: (Value) -> Void = { _ in }
    ) throws(CellError) {
        let number = max(1, number ?? nextCell)
        let runtime = Runtime(
            vocabulary: vocabulary, cancel: cancel, progress: progress, rootSeed: rootSeed, cell: number, note: note,
            opened: opened, saved: saved)
        let cell = Scope(parent: scope)
        let program = try checked(source, runtime, cell)
        defer { record(cell["it"], as: number) }
        do {
            try Evaluator(source: source, scope: cell, runtime: runtime).run(program, begin: begin, show: show)
        } catch let error as Diagnostic {
            throw .failed(error)
        } catch is CancellationError {
            throw .cancelled
        } catch {
            throw .failed(Diagnostic(.failed, String(describing: error)))
        }
        guard !cancel.isCancelled else { throw .cancelled }
        cell.commit()
    }

    /// Parses and checks cells that are to run one after the other, before the first of them does.
    ///
    /// - Throws: ``CellError/rejected(_:)`` at the first that is wrong.
    public func check(_ sources: [Source]) throws(CellError) {
        guard let first = sources.first else { return }
        let runtime = Runtime(
            vocabulary: vocabulary, cancel: CancelToken(), progress: SilentProgress(), rootSeed: rootSeed,
            cell: nextCell)
        do {
            var checker = Checker(source: first, runtime: runtime, scope: Scope(parent: scope))
            for source in sources {
                let program = try Parser.parse(source, with: vocabulary)
                checker = checker.going(on: source)
                try checker.check(program)
            }
        } catch let error as Diagnostic {
            throw .rejected(error)
        } catch {
            throw .rejected(Diagnostic(.failed, String(describing: error)))
        }
    }

    private func checked(_ source: Source, _ runtime: Runtime, _ scope: Scope) throws(CellError) -> Program {
        do {
            let program = try Parser.parse(source, with: vocabulary)
            var checker = Checker(source: source, runtime: runtime, scope: scope)
            try checker.check(program)
            return program
        } catch let error as Diagnostic {
            throw .rejected(error)
        } catch {
            throw .rejected(Diagnostic(.failed, String(describing: error)))
        }
    }

    /// Notes the result of a cell under its number.
    private func record(_ value: Value?, as number: Int) {
        let results = state.withLock { state in
            while state.results.count <= number { state.results.append(.none) }
            state.results[number] = value ?? .none
            return state.results
        }
        scope["out"] = .list(results)
    }
}

/// How a cell ended without its result.
public enum CellError: Error, Sendable {
    /// It did not parse or check: nothing ran.
    case rejected(Diagnostic)
    /// An evaluation failed.
    case failed(Diagnostic)
    case cancelled
}
