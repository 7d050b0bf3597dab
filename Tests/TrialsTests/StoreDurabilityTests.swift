import Foundation
import Synchronization
import Testing
import Trials

/// What is left of a store when the program or the disk gives out.
@Suite struct StoreDurabilityTests {
    @Test func `a copy of the files taken while it is written holds every epoch stored by then`() throws {
        let temporary = TemporaryStore()
        let study = try temporary.study().id
        for copy in 1...5 {
            // 1, 101, …: some of them fall between checkpoints of the log.
            for epoch in (100 * (copy - 1) + 1)...(100 * copy) {
                try temporary.store.record(.example(epoch), of: 0, in: study)
            }
            let there = TemporaryStore()
            try FileManager.default.createDirectory(atPath: there.folder, withIntermediateDirectories: true)
            for file in ["studies.sqlite", "studies.sqlite-wal"] {
                try FileManager.default.copyItem(
                    atPath: "\(temporary.folder)/\(file)", toPath: "\(there.folder)/\(file)")
            }
            #expect(try there.store.epochs(of: study).rows == (1...100 * copy).map { .example($0) })
        }
    }

    /// Another program writes epochs as this one does, each in its transaction, and says so after each.
    @Test(.enabled(if: sqlite([]) != nil, "the sqlite3 program is not installed"), arguments: [1, 40, 300])
    func `after kill -9 every epoch that was stored is there`(count: Int) throws {
        let temporary = TemporaryStore()
        let study = try temporary.study().id
        let process = try #require(sqlite(["-cmd", "PRAGMA synchronous = NORMAL", temporary.database]))
        let (input, output) = (
            try #require(process.standardInput as? Pipe), try #require(process.standardOutput as? Pipe)
        )
        try process.run()
        let script = (1...2000).map {
            "INSERT INTO epoch VALUES (\(study), 0, \($0), 1, 1, 1, 1, 1); SELECT 'epoch';\n"
        }
        // The program that is killed leaves a pipe that nobody reads.
        signal(SIGPIPE, SIG_IGN)
        let writing = Thread { try? input.fileHandleForWriting.write(contentsOf: Data(script.joined().utf8)) }
        writing.start()
        var told = 0
        while told < count {
            let text = output.fileHandleForReading.availableData
            try #require(!text.isEmpty)
            told += text.count { $0 == UInt8(ascii: "\n") }
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        told += output.fileHandleForReading.readDataToEndOfFile().count { $0 == UInt8(ascii: "\n") }
        let stored = try temporary.again().epochs(of: study).epoch
        #expect(stored == Array(1...stored.count))
        #expect(stored.count >= told)
        try temporary.store.record(.example(2001), of: 0, in: study)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "a small disk can be mounted by root only"))
    func `a full disk is an error, and what was stored stays and can go on`() throws {
        let disk = try SmallDisk(bytes: 1 << 20)
        let ballast = "\(disk.folder)/ballast"
        try Data(count: 1 << 18).write(to: URL(fileURLWithPath: ballast))
        let temporary = TemporaryStore(under: disk.folder)
        let study = try temporary.study().id
        var stored = 0
        let error = storeError { () throws(StoreError) in
            while stored < 100_000 {
                try temporary.store.record(.example(stored + 1), of: 0, in: study)
                stored += 1
            }
        }
        #expect(error?.reason == .full)
        #expect(error?.place == temporary.database)
        #expect(try temporary.store.epochs(of: study).rows == (1...stored).map { .example($0) })
        #expect(
            storeError { () throws(StoreError) in
                try temporary.store.record(.example(stored + 1), of: 0, in: study)
            }?.reason == .full)
        #expect(try temporary.again().epochs(of: study).count == stored)

        try FileManager.default.removeItem(atPath: ballast)
        try temporary.store.record(.example(stored + 1), of: 0, in: study)
        #expect(try temporary.again().epochs(of: study).rows == (1...stored + 1).map { .example($0) })
    }

    @Test(.enabled(if: SmallDisk.isPossible, "a small disk can be mounted by root only"))
    func `a disk that is full from the start is an error`() throws {
        let disk = try SmallDisk(bytes: 1 << 16)
        _ = FileManager.default.createFile(atPath: "\(disk.folder)/all", contents: nil)
        let file = try #require(FileHandle(forWritingAtPath: "\(disk.folder)/all"))
        for _ in 0..<16 { try? file.write(contentsOf: Data(count: 4096)) }
        let temporary = TemporaryStore(under: disk.folder)
        #expect(storeError { () throws(StoreError) in _ = try temporary.store.createStudy(.example) }?.reason == .full)
        try FileManager.default.removeItem(atPath: "\(disk.folder)/all")
    }
}

/// A file system in memory of a given size, which goes with this value.
private final class SmallDisk {
    let folder: String

    static let isPossible = (try? SmallDisk(bytes: 1 << 16)) != nil

    init(bytes: Int) throws {
        folder = "\(FileManager.default.temporaryDirectory.path)/disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard mount("tmpfs", folder, "tmpfs", 0, "size=\(bytes)") == 0 else {
            rmdir(folder)
            throw POSIXError(.EPERM)
        }
    }

    deinit {
        umount2(folder, Int32(MNT_DETACH))
        rmdir(folder)
    }
}
