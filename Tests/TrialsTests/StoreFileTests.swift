import Foundation
import Testing
import Trials

/// What becomes of a store whose file is not what this version expects.
@Suite struct StoreFileTests {
    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    private func errorOfOpening(_ folder: String) -> StoreError? {
        storeError { () throws(StoreError) in
            let store = Store(folder: folder)
            for study in try store.studies() { _ = try store.epochs(of: study.id) }
        }
    }

    /// A store that is closed, of 50 trials of 20 epochs.
    private func closedStore() throws -> TemporaryStore {
        let temporary = TemporaryStore()
        let store = temporary.again()
        let study = try store.createStudy(.example).id
        try store.add((0..<50).map { .example($0) }, to: study)
        try store.record(.example(trials: 50, epochs: 20), of: study)
        return temporary
    }

    @Test func `text instead of a database is an error that names the file, and stays`() throws {
        let temporary = TemporaryStore()
        try FileManager.default.createDirectory(atPath: temporary.folder, withIntermediateDirectories: true)
        let text = Data(String(repeating: "my notes\n", count: 500).utf8)
        try text.write(to: URL(fileURLWithPath: temporary.database))
        let error = errorOfOpening(temporary.folder)
        #expect(error?.reason == .damaged)
        #expect(error?.place == temporary.database)
        #expect(error?.help != nil)
        #expect(try bytes(temporary.database) == text)
    }

    @Test(arguments: [0.1, 0.5, 0.9])
    func `a truncated database is an error that names the file`(part: Double) throws {
        let temporary = try closedStore()
        let whole = try bytes(temporary.database)
        try whole.prefix(Int(Double(whole.count) * part)).write(to: URL(fileURLWithPath: temporary.database))
        let error = errorOfOpening(temporary.folder)
        #expect(error?.reason == .damaged)
        #expect(error?.place == temporary.database)
    }

    @Test func `a file of no bytes is a store without studies`() throws {
        let temporary = TemporaryStore()
        try FileManager.default.createDirectory(atPath: temporary.folder, withIntermediateDirectories: true)
        _ = FileManager.default.createFile(atPath: temporary.database, contents: nil)
        #expect(try temporary.store.studies().isEmpty)
    }

    @Test(.enabled(if: sqlite([]) != nil, "the sqlite3 program is not installed"))
    func `a store of a later version is refused untouched, with advice`() throws {
        let temporary = try closedStore()
        try change(temporary, "INSERT INTO grdb_migrations VALUES ('2 something new'); CREATE TABLE new (a);")
        let before = try bytes(temporary.database)
        let error = errorOfOpening(temporary.folder)
        #expect(error?.reason == .newer)
        #expect(error?.place == temporary.database)
        #expect(error?.message.contains("2 something new") == true)
        #expect(error?.help?.contains("NASH_STORE") == true)
        #expect(try bytes(temporary.database) == before)
    }

    @Test(.enabled(if: sqlite([]) != nil, "the sqlite3 program is not installed"))
    func `a store of the first form gets the totals of its trials`() throws {
        let temporary = try closedStore()
        let (study, trials) = (try temporary.again().studies(), try temporary.again().trials(of: 1))
        let columns = ["epochs", "last_accuracy", "best_accuracy", "seconds"]
        let drops = columns.map { "ALTER TABLE trial DROP COLUMN \($0);" }.joined()
        try change(
            temporary,
            "\(drops) ALTER TABLE study DROP COLUMN removed; DELETE FROM grdb_migrations WHERE identifier LIKE '2 %';")
        #expect(try temporary.again().trials(of: 1) == trials)
        #expect(try temporary.again().studies() == study)
        #expect(trials.allSatisfy { $0.epochs == 20 && $0.lastAccuracy != nil && $0.seconds > 0 })
    }

    @Test(.enabled(if: sqlite([]) != nil, "the sqlite3 program is not installed"))
    func `another program's database is refused untouched`() throws {
        let temporary = TemporaryStore()
        try FileManager.default.createDirectory(atPath: temporary.folder, withIntermediateDirectories: true)
        try change(temporary, "CREATE TABLE photos (path); INSERT INTO photos VALUES ('a.jpg');")
        let before = try bytes(temporary.database)
        #expect(errorOfOpening(temporary.folder)?.reason == .damaged)
        #expect(try bytes(temporary.database) == before)
    }

    @Test func `a file in the place of the folder is an error`() throws {
        let temporary = TemporaryStore()
        _ = FileManager.default.createFile(atPath: temporary.folder, contents: Data("x".utf8))
        #expect(errorOfOpening(temporary.folder)?.reason == .inaccessible)
        #expect(errorOfOpening("\(temporary.folder)/below")?.reason == .inaccessible)
    }

    private func change(_ temporary: TemporaryStore, _ sql: String) throws {
        let process = try #require(sqlite([temporary.database, sql]))
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
