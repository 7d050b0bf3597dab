import GRDB
import Glibc
import Synchronization

/// All studies of a user, on the disk: their trials, every value of every epoch as it was measured, and the files that
/// trials leave. SQLite keeps it, through GRDB.
///
/// Nothing is opened before the first question. Each change is a transaction of its own in the write-ahead log: when a
/// call returns, its change outlives the program, whatever ends it (after a power cut the last ones may be missing, the
/// store is consistent all the same). One program writes at a time, the others wait for their turn up to `patience`
/// seconds; reading never waits for writing. A study is run by one program at a time, see ``lease(_:)``.
public final class Store: Sendable {
    /// The store's folder, from the root.
    public var folder: String { files.path }

    let files: StoreFolder
    private let patience: Double
    private let opened = Mutex<DatabasePool?>(nil)
    private let created = Mutex<Int?>(nil)

    /// The number of the first study that this program made here; nil where it has made none.
    public internal(set) var firstCreated: Int? {
        get { created.withLock { $0 } }
        set { created.withLock { $0 = $0 ?? newValue } }
    }

    /// The store in a folder, which need not exist yet. A relative path counts from the working directory of now: the
    /// store stays where it is when the program changes that.
    /// - Parameter patience: how many seconds a change waits for another program's to end.
    public init(folder: String, patience: Double = 5) {
        let path = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        files = StoreFolder(path: StoreFolder.fromRoot(path))
        self.patience = patience
    }

    /// Where a user's store lies: `$NASH_STORE`, or `nash` in `$XDG_DATA_HOME` (by default `~/.local/share`); nil where
    /// none of them is set.
    /// - Parameter environment: the value of a variable, nil where it is not set.
    public static func userFolder(_ environment: (String) -> String?) -> String? {
        func value(_ name: String) -> String? {
            environment(name).flatMap { $0.isEmpty ? nil : $0 }
        }
        if let own = value("NASH_STORE") { return own }
        // The XDG Base Directory Specification: a path that is not absolute counts as none.
        if let data = value("XDG_DATA_HOME"), data.hasPrefix("/") { return "\(data)/nash" }
        return value("HOME").map { "\($0)/.local/share/nash" }
    }

    /// What `body` reads of one state of the store, whatever others write meanwhile.
    func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        let pool = try pool()
        return try translated { try pool.read(body) }
    }

    /// Makes the changes of `body` in one transaction: all of them or, where it throws, none.
    func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        let pool = try pool()
        return try translated { try pool.write(body) }
    }
}

extension Store {
    /// The open database; opens it where that has not happened yet.
    private func pool() throws(StoreError) -> DatabasePool {
        try opened.withLock { pool throws(StoreError) in
            if let pool { return pool }
            let new = try open()
            pool = new
            return new
        }
    }

    /// Opens the database, and makes or migrates it under a lock on the folder, so that two programs do not do so at
    /// once.
    private func open() throws(StoreError) -> DatabasePool {
        try StoreFolder.make(files.path)
        let descriptor = try lockedFolder()
        defer { close(descriptor) }
        return try translated {
            try refuseForeign()
            let pool = try DatabasePool(path: files.database, configuration: configuration)
            if try !pool.read(Migrations.all.hasCompletedMigrations) { try Migrations.all.migrate(pool) }
            return pool
        }
    }

    private var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.label = "nash.store"
        // Some systems' SQLite overwrites what it deletes with zeros, which doubles a deletion's work.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA secure_delete = OFF") }
        return configuration
    }

    /// Looks at an existing file without writing to it: a later version's store and another program's database are
    /// refused before anything is changed.
    private func refuseForeign() throws {
        guard let size = StoreFolder.size(files.database), size > 0 else { return }
        var configuration = configuration
        configuration.readonly = true
        let queue = try DatabaseQueue(path: files.database, configuration: configuration)
        try queue.read { database in
            if try Migrations.all.hasBeenSuperseded(database), try Migrations.isStore(database) {
                throw StoreError.newer(files.database, migrations: try Migrations.unknown(in: database))
            }
            guard try Migrations.isStore(database) || Migrations.isEmpty(database) else {
                throw StoreError.damaged(files.database, "this is another program's database, and no store of nash")
            }
        }
    }

    /// A descriptor of the folder that holds its lock: the kernel takes it back when it is closed or the program ends.
    private func lockedFolder() throws(StoreError) -> Int32 {
        let descriptor = Glibc.open(files.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(files.path, "the folder cannot be opened") }
        let end = now() + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, now() < end else {
                close(descriptor)
                throw StoreError(
                    .locked, files.path, "the store is locked by another program that opens it",
                    help: "try again when that program is done")
            }
            usleep(10_000)
        }
        return descriptor
    }

    /// What `body` gives, with SQLite's errors told in the store's words.
    private func translated<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
        do {
            return try body()
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            throw StoreError(error, path: files.database)
        } catch {
            throw StoreError(.inaccessible, files.database, "\(error)")
        }
    }
}
