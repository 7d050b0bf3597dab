import GRDB
import Spaces

/// How a trial stands.
public enum TrialState: String, CaseIterable, Hashable, Sendable {
    /// It was made, and nothing of it has run.
    case waiting
    /// It runs.
    case running
    /// It has run for some epochs, and may go on.
    case paused
    /// It has run to its end.
    case finished
    /// Its scheduler gave it up.
    case stopped
    /// It ended by an error.
    case failed

    /// Whether nothing more is to come.
    public var isFinal: Bool { self == .finished || self == .stopped || self == .failed }
}

/// A stored trial.
public struct TrialRecord: Hashable, Sendable {
    /// Its number, architecture and seed.
    public let candidate: Candidate
    /// The number of its bracket; nil where its scheduler has none.
    public let bracket: Int?
    /// How it stands.
    public let state: TrialState
    /// Why it is in that state, for those that failed or were stopped.
    public let reason: String?
    /// When it first ran and when it came to its end, in seconds since 1970.
    public let started: Double?, ended: Double?
    /// How many epochs it has behind it.
    public let epochs: Int
    /// The last and the best accuracy on held-out samples, in [0, 1]; nil where none was measured.
    public let lastAccuracy: Double?, bestAccuracy: Double?
    /// How long its epochs took together, in seconds.
    public let seconds: Double
    /// What its objectives gave that are no accuracies.
    public let readings: String?
}

extension TrialRecord {
    /// The columns of ``init(_:)``, for the trials of one study.
    static let selection = """
        SELECT number, architecture, seed, bracket, state, reason, started, ended,
            epochs, last_accuracy, best_accuracy, seconds, readings
        FROM trial WHERE study = ?
        """

    init(_ row: Row) throws {
        candidate = try Candidate(row)
        bracket = row[3]
        (state, reason) = (TrialState(rawValue: row[4]) ?? .failed, row[5])
        (started, ended) = (row[6], row[7])
        (epochs, lastAccuracy, bestAccuracy, seconds) = (row[8], row[9], row[10], row[11])
        readings = row[12]
    }
}

extension Candidate {
    /// From the columns number, architecture, seed.
    init(_ row: Row) throws {
        guard let architecture = Architecture(row[1] as String) else {
            throw StoreError(.damaged, "trial \(row[0] as Int)", "'\(row[1] as String)' is no architecture")
        }
        self.init(trial: row[0], architecture: architecture, seed: UInt64(bitPattern: row[2] as Int64))
    }
}
