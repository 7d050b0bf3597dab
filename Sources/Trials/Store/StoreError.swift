import GRDB
import Glibc

/// What the store could not do: where, what is wrong, and what to try.
///
/// A file that holds something else gives `/home/ada/.local/share/nash/studies.sqlite: this is no database, or it is
/// damaged: file is not a database`.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Reason: String, Hashable, Sendable {
        /// The store's folder or file cannot be made, read or written.
        case inaccessible
        /// A later version of nash has written the store.
        case newer
        /// The file is no database, a damaged one, or another program's.
        case damaged
        /// Another program has kept the store locked for as long as this one was ready to wait.
        case locked
        /// The disk is full; what was stored before is intact.
        case full
        /// There is no such study, trial or artefact.
        case unknown
        /// A study of this name exists, or the name cannot be one.
        case name
        /// A running study: only the program that runs it may change it.
        case running
        /// What is stored already is something else.
        case conflict
        /// A value that the store does not take, such as an accuracy of 93.
        case invalid
    }

    /// What kind of trouble it is.
    public let reason: Reason
    /// The file, study or trial.
    public let place: String
    /// What was found, and what was expected.
    public let message: String
    /// What to try.
    public let help: String?

    /// An error about a place.
    public init(_ reason: Reason, _ place: String, _ message: String, help: String? = nil) {
        (self.reason, self.place, self.message, self.help) = (reason, place, message, help)
    }

    /// The place and the message in one line.
    public var description: String { "\(place): \(message)" }
}

extension StoreError {
    /// What the system said of the last call, about a path.
    static func system(_ path: String, _ problem: String) -> StoreError {
        let code = errno
        let words = String(cString: strerror(code))
        if code == ENOSPC || code == EDQUOT { return full(path) }
        return StoreError(
            .inaccessible, path, "\(problem): \(words)",
            help: "check the folder's rights, or name another folder for the store in NASH_STORE")
    }

    static func full(_ path: String) -> StoreError {
        StoreError(
            .full, path, "the disk is full; what was stored before is intact",
            help: "free some space, then go on with `resume`; `remove` gives back the space of a study")
    }

    static func newer(_ path: String, migrations: [String]) -> StoreError {
        StoreError(
            .newer, path,
            "a later version of nash has written this store (it has \(migrations.joined(separator: ", "))); "
                + "nothing was touched",
            help: "use that version, or name another folder for this one's store in NASH_STORE")
    }

    static func damaged(_ path: String, _ found: String) -> StoreError {
        StoreError(
            .damaged, path, found,
            help: "move the file away and bring it back from a copy, or name another folder in NASH_STORE")
    }

    /// An error of SQLite on the file at `path`.
    init(_ error: DatabaseError, path: String) {
        let words = error.message ?? "error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .locked, path, "the store is locked by another program",
                help: "wait until it is done, or end it; readers need not wait")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            self = .damaged(path, "this is no database, or it is damaged: \(words)")
        case .SQLITE_FULL: self = .full(path)
        case .SQLITE_IOERR where Self.hasNoSpace(path): self = .full(path)
        case .SQLITE_CONSTRAINT:
            self.init(.invalid, path, "the store does not take this value: \(words)")
        default:
            self.init(
                .inaccessible, path, "the store cannot be used: \(words)",
                help: "check the rights of the folder and of the files in it, or name another folder in NASH_STORE")
        }
    }

    /// SQLite reports some failures of a full disk, such as that to enlarge the log's index, as plain failures of
    /// input and output.
    private static func hasNoSpace(_ path: String) -> Bool {
        var status = statvfs()
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return statvfs(folder, &status) == 0 && UInt64(status.f_bavail) * UInt64(status.f_frsize) < 1 << 16
    }
}
