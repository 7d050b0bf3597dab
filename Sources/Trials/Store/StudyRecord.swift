import GRDB
import Tensors

/// What a study is, as it is given when it begins.
public struct StudyDescription: Hashable, Sendable {
    /// The name of its search space.
    public var space: String
    /// The name of its algorithm, such as `hyperband`.
    public var algorithm: String
    /// Everything else that it takes to run it again, an object of JSON.
    public var settings: String
    /// Where its random numbers begin.
    public var seed: UInt64
    /// The name of the data set, table or file that it evaluates on.
    public var data: String
    /// What tells that data from other data of the same name; nil where there is nothing such.
    public var fingerprint: String?
    /// The versions it is run with, such as those of ``MachineVersions/current(nash:libtorch:threads:)``.
    public var versions: [String: String]

    /// A study of `space` by `algorithm`.
    public init(
        space: String, algorithm: String, settings: String = "{}", seed: UInt64, data: String,
        fingerprint: String? = nil, versions: [String: String] = [:]
    ) {
        (self.space, self.algorithm, self.settings, self.seed) = (space, algorithm, settings, seed)
        (self.data, self.fingerprint, self.versions) = (data, fingerprint, versions)
    }
}

/// How a study stands.
public enum StudyStatus: String, CaseIterable, Hashable, Sendable {
    /// A program runs it now.
    case running
    /// It was stopped before its end, or the program that ran it has ended without a word: it can be resumed.
    case interrupted
    /// It came to its end.
    case finished
    /// It ended by an error.
    case failed
}

/// A stored study.
public struct StudyRecord: Hashable, Sendable {
    /// Its number in the store, from 1; never given twice.
    public let id: Int
    /// Its name, of which there is only one.
    public let name: String
    /// When it was made, in seconds since 1970.
    public let created: Double
    /// What it is.
    public let description: StudyDescription
    /// How it stands.
    public let status: StudyStatus
    /// How many trials it has.
    public let trials: Int
    /// How many epochs its trials have behind them, together.
    public let epochs: Int
    /// The best accuracy on held-out samples of all epochs, in [0, 1]; nil where none was measured.
    public let bestAccuracy: Double?
}

extension StudyRecord {
    /// The columns of ``init(_:in:isRunning:)``, for the studies that are not removed and fulfil `condition` too.
    static func selection(_ condition: String = "") -> String {
        """
        SELECT id, name, created, status, space, algorithm, settings, study.seed, data, fingerprint, versions,
            count(number), total(epochs), max(best_accuracy)
        FROM study LEFT JOIN trial ON trial.study = study.id
        WHERE NOT removed \(condition) GROUP BY study.id
        """
    }

    /// - Parameter isRunning: whether a program runs the study of this number.
    init(_ row: Row, in database: Database, isRunning: (Int) -> Bool) throws {
        id = row[0]
        (name, created) = (row[1], row[2])
        let stored = StudyStatus(rawValue: row[3]) ?? .failed
        status = stored == .running && !isRunning(id) ? .interrupted : stored
        description = StudyDescription(
            space: row[4], algorithm: row[5], settings: row[6],
            seed: UInt64(bitPattern: row[7] as Int64), data: row[8], fingerprint: row[9],
            versions: try JSONText.read(row[10], in: database))
        (trials, epochs, bestAccuracy) = (row[11], Int(row[12] as Double), row[13])
    }
}

/// Objects of texts as JSON: SQLite reads them, so that `sqlite3` can query them too.
enum JSONText {
    static func write(_ values: [String: String]) -> String {
        let members = values.sorted { $0.key < $1.key }.map { "\($0.key.jsonString): \($0.value.jsonString)" }
        return "{\(members.joined(separator: ", "))}"
    }

    static func read(_ text: String, in database: Database) throws -> [String: String] {
        let statement = try database.cachedStatement(sql: "SELECT key, value FROM json_each(?)")
        let rows = try Row.fetchAll(statement, arguments: [text])
        return Dictionary(rows.map { ($0[0], $0[1]) }) { $1 }
    }
}
