import Commands
import Foundation
import Language
import Notebook

/// A folder for one test, removed with its files.
final class Folder {
    let path = FileManager.default.temporaryDirectory.appending(path: "nash-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file in the folder; gives its path.
    @discardableResult func file(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
        return "\(path)/\(name)"
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }
}

/// A session that is recorded into a folder.
final class RecordedSession {
    let session = Session(vocabulary: .nash)
    let recorder: Recorder
    private var number = 0

    init(into folder: String) {
        Self.useOwnStore
        recorder = Recorder(.folder(folder), title: "test.nash", seed: 0) { _ in }
    }

    /// Studies of tests lie in a folder of this process, never in the user's: a record asks the store for its first one.
    static let useOwnStore: Void = {
        guard getenv("NASH_STORE") == nil else { return }
        let folder = FileManager.default.temporaryDirectory.appending(path: "nash-notebook-tests-\(UUID())").path
        setenv("NASH_STORE", folder, 1)
        atexit {
            guard let folder = getenv("NASH_STORE").map({ String(cString: $0) }) else { return }
            if folder.contains("nash-notebook-tests-") { try? FileManager.default.removeItem(atPath: folder) }
        }
    }()

    /// Runs a cell; gives its record.
    @discardableResult func run(_ text: String, title: String = "", line: Int = 1) -> CellRecord {
        number += 1
        let source = Source(name: "test.nash", text: text, firstLine: line)
        let recording = recorder.begin(number: number, title: title, source, cancel: CancelToken())
        do throws(CellError) {
            try session.run(
                source, number: number, note: { recording.note($0) }, opened: { recording.opened($0) },
                saved: { recording.saved($0) },
                begin: { recording.begin($0) }, show: { recording.show($0) })
            return recording.end(.done)
        } catch {
            recording.end(error)
            return recorder.last ?? CellRecord(number: 0, source: "")
        }
    }
}
