import Commands
import Foundation
import Language
import Synchronization
import Testing

/// A session with all words, for one test.
struct Bench {
    let session = Session(vocabulary: .nash)

    init() { Self.useOwnStore }

    /// Studies of tests lie in a folder of this process.
    private static let useOwnStore: Void = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "nash-tests-\(UUID())").path
        setenv("NASH_STORE", folder, 1)
        atexit {
            if let folder = getenv("NASH_STORE") {
                try? FileManager.default.removeItem(atPath: String(cString: folder))
            }
        }
    }()

    /// What `program` shows, as one line a value.
    func lines(_ program: String) throws -> [String] {
        var lines: [String] = []
        try session.run(Source(name: "test", text: program), show: { lines.append(ValuePrinter.line($0)) })
        return lines
    }

    /// The last value that `program` shows.
    func value(_ program: String) throws -> Value {
        var last = Value.none(nil)
        try session.run(Source(name: "test", text: program), show: { last = $0 })
        return last
    }

    func table(_ program: String) throws -> Table {
        guard case .table(let table) = try value(program) else {
            throw CommandError("`\(program)` gives no table")
        }
        return table
    }

    /// The numbers of a column of the table that `program` gives.
    func numbers(_ program: String, _ column: String) throws -> [Double] {
        try table(program).column(column).numbers ?? []
    }

    /// What `program` remarks on beside its values.
    func notes(_ program: String) throws -> [String] {
        let notes = Mutex<[String]>([])
        try session.run(
            Source(name: "test", text: program), note: { note in notes.withLock { $0.append(note) } }, show: { _ in })
        return notes.withLock { $0 }
    }

    /// What is wrong with `program`, and whether that was found before anything ran.
    func error(_ program: String) -> (diagnostic: Diagnostic, isRejected: Bool)? {
        do throws(CellError) {
            try session.run(Source(name: "test", text: program))
            return nil
        } catch {
            switch error {
            case .rejected(let diagnostic): return (diagnostic, true)
            case .failed(let diagnostic): return (diagnostic, false)
            case .cancelled: return nil
            }
        }
    }
}
