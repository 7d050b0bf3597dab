import Foundation
import Spaces
import Trials

/// A store in a folder of its own, which goes with this value.
final class TemporaryStore: Sendable {
    let folder: String
    let store: Store

    /// - Parameter under: the folder in which the store's lies.
    init(under: String = FileManager.default.temporaryDirectory.path, patience: Double = 5) {
        folder = "\(under)/store-\(UUID().uuidString)"
        store = Store(folder: folder, patience: patience)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var database: String { "\(folder)/studies.sqlite" }

    /// A second store on the same folder, with connections of its own as another program has them.
    func again(patience: Double = 5) -> Store { Store(folder: folder, patience: patience) }

    /// A study with `trials` trials.
    func study(_ trials: Int = 1, name: String? = nil) throws -> StudyRecord {
        let study = try store.createStudy(.example, name: name)
        try store.add((0..<trials).map { .example($0) }, to: study.id)
        return study
    }
}

extension StudyDescription {
    /// Settings that need escaping, and a seed beyond the signed numbers.
    static let example = StudyDescription(
        space: "nb201", algorithm: "hyperband", settings: #"{"eta": 3, "note": "a \"b\"\\\n\u0001é"}"#, seed: .max - 4,
        data: "digits", fingerprint: "00ff", versions: ["nash": "0.3", "swift": "6.3"])
}

extension Candidate {
    static func example(_ trial: Int) -> Candidate {
        let genes = (0..<6).map { UInt8((trial >> $0) % 5) }
        return Candidate(
            trial: trial, architecture: Architecture(space: "nb201", genes: genes), seed: .max - UInt64(trial))
    }
}

extension EpochRecord {
    /// Numbers with all their digits.
    static func example(_ epoch: Int, of trial: Int = 0) -> EpochRecord {
        let place = Double(trial * 31 + epoch)
        return EpochRecord(
            epoch: epoch, trainLoss: 1 / place, trainAccuracy: (sin(place) + 1) / 2, loss: exp(-place / 7),
            accuracy: (cos(place) + 1) / 2, seconds: 0.1 * place)
    }
}

extension EpochColumns {
    /// The same epochs for each of `trials` trials.
    static func example(trials: Int, epochs: Int) -> EpochColumns {
        var columns = EpochColumns()
        for trial in 0..<trials {
            for epoch in 1...epochs { columns.append(.example(epoch, of: trial), of: trial) }
        }
        return columns
    }

    var rows: [EpochRecord] { (0..<count).map { self[$0] } }
}

/// The error that `body` throws; nil where it throws none.
func storeError(_ body: () throws(StoreError) -> Void) -> StoreError? {
    do { try body() } catch { return error }
    return nil
}

/// Runs `sqlite3 FILE` as another program; nil where it is not installed.
func sqlite(_ arguments: [String]) -> Process? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let places = folders.map { "\($0)/sqlite3" }
    guard let program = places.first(where: FileManager.default.isExecutableFile) else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = Pipe()
    process.standardOutput = Pipe()
    return process
}
