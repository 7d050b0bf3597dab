import Foundation
import Synchronization
import Testing
import Trials

/// Several shells on one store.
@Suite struct StoreSharingTests {
    /// Runs `body` on `count` threads at once, and gives the errors that it threw.
    private func threads(_ count: Int, _ body: @Sendable (Int) throws -> Void) -> [any Error] {
        let errors = Mutex<[any Error]>([])
        DispatchQueue.concurrentPerform(iterations: count) { index in
            do { try body(index) } catch { errors.withLock { $0.append(error) } }
        }
        return errors.withLock { $0 }
    }

    @Test func `several that open a new store at once all find it`() throws {
        let temporary = TemporaryStore()
        let errors = threads(6) { _ in _ = try temporary.again().createStudy(.example) }
        #expect(errors.isEmpty)
        #expect(try temporary.store.studies().map(\.id) == [1, 2, 3, 4, 5, 6])
    }

    @Test func `two write and others read, and nothing is lost`() throws {
        let temporary = TemporaryStore()
        let studies = [try temporary.study(2).id, try temporary.study(2).id]
        let errors = threads(4) { index in
            let (store, study) = (temporary.again(), studies[index % 2])
            if index < 2 {
                for epoch in 1...100 { try store.record(.example(epoch), of: epoch % 2, in: study) }
            } else {
                // A reader sees whole transactions: each trial's epochs without a gap of its parity.
                for _ in 0..<20 {
                    let epochs = try store.epochs(of: study, trial: 1).epoch
                    guard epochs == epochs.indices.map({ 2 * $0 + 1 }) else { throw Gap(epochs: epochs) }
                }
            }
        }
        #expect(errors.isEmpty)
        for study in studies { #expect(try temporary.store.epochs(of: study).count == 100) }
    }

    private struct Gap: Error { let epochs: [Int] }

    @Test(.enabled(if: sqlite([]) != nil, "the sqlite3 program is not installed"))
    func `a store locked by another program is an error after a while, and can be read meanwhile`() throws {
        let temporary = TemporaryStore()
        let study = try temporary.study().id
        try temporary.store.record(.example(1), of: 0, in: study)
        let holder = try #require(sqlite([temporary.database]))
        let (input, output) = (
            try #require(holder.standardInput as? Pipe), try #require(holder.standardOutput as? Pipe)
        )
        try holder.run()
        defer { holder.waitUntilExit() }
        defer { try? input.fileHandleForWriting.close() }
        try input.fileHandleForWriting.write(contentsOf: Data("BEGIN IMMEDIATE; SELECT 'held';\n".utf8))
        #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).hasPrefix("held"))

        let store = temporary.again(patience: 0.2)
        #expect(try store.epochs(of: study).rows == [.example(1)])
        #expect(try store.studies().count == 1)
        let error = storeError { () throws(StoreError) in try store.record(.example(2), of: 0, in: study) }
        #expect(error?.reason == .locked)
        #expect(error?.message == "the store is locked by another program")

        try input.fileHandleForWriting.write(contentsOf: Data("ROLLBACK; SELECT 'free';\n".utf8))
        #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).contains("free"))
        try store.record(.example(2), of: 0, in: study)
        #expect(try store.epochs(of: study).rows == [.example(1), .example(2)])
    }
}

@Suite struct StudyLeaseTests {
    @Test func `one at a time runs a study`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let (study, other) = (try temporary.study().id, try temporary.study().id)
        let lease = try store.lease(study)
        #expect(lease.study == study)
        for store in [store, temporary.again()] {
            let error = storeError { () throws(StoreError) in _ = try store.lease(study) }
            #expect(error?.reason == .running)
            #expect(error?.message == "it is running in process \(getpid())")
            #expect(storeError { () throws(StoreError) in try store.remove(study: study) }?.reason == .running)
            #expect(store.isRunning(study))
        }
        try temporary.again().lease(other).release()
        lease.release()
        #expect(!store.isRunning(study))
        try temporary.again().lease(study).release()
    }

    @Test func `a lease ends with its last reference`() throws {
        let temporary = TemporaryStore()
        let study = try temporary.study().id
        _ = try temporary.store.lease(study)
        #expect(!temporary.store.isRunning(study))
    }

    @Test func `a running study without a program is an interrupted one, its trials paused`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let study = try temporary.study(3).id
        let lease = try store.lease(study)
        try store.setStatus(.running, of: study)
        try store.setState(.running, of: 0, in: study)
        try store.setState(.finished, of: 1, in: study)
        #expect(try temporary.again().study(study).status == .running)
        lease.release()
        #expect(try temporary.again().study(study).status == .interrupted)
        try temporary.again().lease(study).release()
        #expect(try store.trials(of: study).map(\.state) == [.paused, .finished, .waiting])
    }

    @Test func `there is no lease of a study that is not there`() {
        let temporary = TemporaryStore()
        #expect(storeError { () throws(StoreError) in _ = try temporary.store.lease(1) }?.reason == .unknown)
        #expect(!temporary.store.isRunning(1))
    }

    static let python = "/usr/bin/python3"

    @Test(.enabled(if: access(python, X_OK) == 0, "python3 is not installed"))
    func `the kernel takes the lease of a killed program back`() throws {
        let temporary = TemporaryStore()
        let study = try temporary.study().id
        try temporary.store.lease(study).release()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.python)
        let program = """
            import fcntl, os, sys, time
            file = open(sys.argv[1], "r+")
            fcntl.lockf(file, fcntl.LOCK_EX)
            file.truncate(0); file.write(f"{os.getpid()}\\n"); file.flush()
            print("held", flush=True); time.sleep(60)
            """
        process.arguments = ["-c", program, "\(temporary.folder)/artefacts/\(study)/lease"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).hasPrefix("held"))
        let error = storeError { () throws(StoreError) in _ = try temporary.store.lease(study) }
        #expect(error?.message == "it is running in process \(process.processIdentifier)")
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try temporary.store.lease(study).release()
    }
}
