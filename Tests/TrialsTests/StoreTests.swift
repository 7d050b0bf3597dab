import Foundation
import Testing
import Trials

@Suite struct StoreTests {
    @Test func `the folder follows from the environment`() {
        func folder(_ variables: [String: String]) -> String? { Store.userFolder { variables[$0] } }
        #expect(folder(["NASH_STORE": "/s", "XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/s")
        #expect(folder(["NASH_STORE": "", "XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/x/nash")
        #expect(folder(["XDG_DATA_HOME": "relative", "HOME": "/h"]) == "/h/.local/share/nash")
        #expect(folder([:]) == nil)
    }

    @Test func `a relative folder is one of the directory in which the program was`() {
        let here = FileManager.default.currentDirectoryPath
        #expect(Store(folder: "some/store/").folder == "\(here == "/" ? "" : here)/some/store")
        #expect(Store(folder: "/some/store").folder == "/some/store")
    }

    @Test func `nothing is opened before the first question`() throws {
        let temporary = TemporaryStore()
        #expect(!FileManager.default.fileExists(atPath: temporary.folder))
        #expect(try temporary.store.studies().isEmpty)
        #expect(FileManager.default.fileExists(atPath: temporary.database))
    }

    @Test func `a study comes back as it was given`() throws {
        let temporary = TemporaryStore()
        let study = try temporary.store.createStudy(.example)
        #expect(study.name == "hyperband-1")
        #expect(study.description == .example)
        #expect(study.status == .interrupted)
        #expect(try temporary.again().study(named: "hyperband-1") == study)
        #expect(try temporary.again().study(named: "1") == study)
        #expect(try temporary.again().study(study.id) == study)
    }

    @Test func `names are unique, and no numbers`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        _ = try store.createStudy(.example, name: "hyperband-2")
        #expect(try store.createStudy(.example).name == "hyperband-2-2")
        #expect(
            storeError { () throws(StoreError) in _ = try store.createStudy(.example, name: "hyperband-2") }?.reason
                == .name)
        for name in ["", "12", "a\nb"] {
            #expect(
                storeError { () throws(StoreError) in _ = try store.createStudy(.example, name: name) }?.reason == .name
            )
        }
        #expect(try store.studies().map(\.name) == ["hyperband-2", "hyperband-2-2"])
    }

    @Test func `an unknown study is told with those that exist`() throws {
        let temporary = TemporaryStore()
        _ = try temporary.study(name: "first")
        let error = storeError { () throws(StoreError) in _ = try temporary.store.study(named: "frist") }
        #expect(error?.reason == .unknown)
        #expect(error?.help?.contains("first") == true)
        #expect(
            storeError { () throws(StoreError) in try temporary.store.setStatus(.finished, of: 7) }?.reason == .unknown)
    }

    @Test func `a study sums up its trials, and a trial its epochs`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let study = try temporary.study(3)
        _ = try temporary.study(2)
        try store.record(.init(epoch: 1, accuracy: 0.5, seconds: 2), of: 0, in: study.id)
        try store.record(.init(epoch: 2, accuracy: 0.7, seconds: 2), of: 0, in: study.id)
        try store.record(.init(epoch: 4, accuracy: 0.6, seconds: 3), of: 0, in: study.id)
        try store.record(.init(epoch: 5, trainLoss: 1), of: 0, in: study.id)
        try store.record(.init(epoch: 1, loss: 3), of: 1, in: study.id)
        let record = try store.study(study.id)
        #expect((record.trials, record.epochs, record.bestAccuracy) == (3, 6, 0.7))
        let trials = try store.trials(of: study.id)
        #expect(trials.map(\.epochs) == [5, 1, 0])
        #expect(trials.map(\.lastAccuracy) == [0.6, nil, nil])
        #expect(trials.map(\.bestAccuracy) == [0.7, nil, nil])
        #expect(trials.map(\.seconds) == [7, 0, 0])
        #expect(trials.map(\.candidate) == (0..<3).map { .example($0) })
        #expect(try store.studies().map(\.trials) == [3, 2])
    }

    @Test func `a trial goes through its states`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let study = try temporary.study().id
        func trial() throws -> TrialRecord { try #require(try store.trials(of: study).first) }
        #expect(try trial().state == .waiting)
        try store.setState(.running, of: 0, in: study)
        let started = try #require(try trial().started)
        try store.setState(.paused, of: 0, in: study)
        try store.setState(.running, of: 0, in: study)
        #expect(try trial().started == started)
        #expect(try trial().ended == nil)
        try store.setState(.failed, reason: "the loss is not a number", of: 0, in: study)
        #expect(try trial().state == .failed)
        #expect(try trial().reason == "the loss is not a number")
        #expect(try trial().ended != nil)
        #expect(
            storeError { () throws(StoreError) in try store.setState(.running, of: 1, in: study) }?.reason == .unknown)
    }

    @Test func `a trial is added once, and its number is its own`() throws {
        let temporary = TemporaryStore()
        let study = try temporary.study(2).id
        try temporary.store.add([.example(0), .example(1), .example(2)], bracket: 1, to: study)
        #expect(try temporary.store.trials(of: study).map(\.bracket) == [nil, nil, 1])
        let other = Candidate(trial: 0, architecture: Candidate.example(1).architecture, seed: 0)
        #expect(
            storeError { () throws(StoreError) in try temporary.store.add([.example(3), other], to: study) }?.reason
                == .conflict)
        #expect(try temporary.store.trials(of: study).count == 3)
        #expect(
            storeError { () throws(StoreError) in try temporary.store.add([.example(0)], to: 9) }?.reason == .unknown)
    }

    @Test func `artefacts are found again, the latest first, wherever the store is moved`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let study = try temporary.study().id
        let folder = try store.folder(of: 0, in: study)
        for epoch in [1, 9, 3] {
            try Data(count: epoch).write(to: URL(fileURLWithPath: "\(folder)/\(epoch).safetensors"))
            try store.record(
                artefact: "checkpoint", path: "\(folder)/\(epoch).safetensors", epoch: epoch, of: 0, in: study)
        }
        let found = try store.artefacts("checkpoint", of: 0, in: study)
        #expect(found.map(\.epoch) == [9, 3, 1])
        #expect(found.map(\.bytes) == [9, 3, 1])
        #expect(found.first?.path == "\(folder)/9.safetensors")
        try store.remove(found[1], in: study)
        try FileManager.default.removeItem(atPath: found[0].path)
        #expect(try store.artefacts("checkpoint", of: 0, in: study).map(\.epoch) == [1])
        #expect(
            storeError { () throws(StoreError) in
                try store.record(artefact: "checkpoint", path: "/etc/hostname", epoch: 1, of: 0, in: study)
            }?.reason == .invalid)

        let moved = "\(temporary.folder)-moved"
        defer { try? FileManager.default.removeItem(atPath: moved) }
        try FileManager.default.copyItem(atPath: temporary.folder, toPath: moved)
        let there = try Store(folder: moved).artefacts("checkpoint", of: 0, in: study)
        #expect(there.map(\.path) == ["\(moved)/artefacts/\(study)/0/1.safetensors"])
    }

    @Test func `a trial's totals follow its epochs, whatever their order`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let study = try temporary.study(3)
        var columns = EpochColumns()
        for epoch in [3, 1, 2] {
            for trial in 0..<2 {
                columns.append(.init(epoch: epoch, accuracy: 0.1 * Double(epoch + trial), seconds: 1), of: trial)
            }
        }
        try store.record(columns, of: study.id)
        func trials() throws -> [TrialRecord] { try store.trials(of: study.id) }
        #expect(try trials().map(\.epochs) == [3, 3, 0])
        #expect(try trials().map(\.lastAccuracy) == [0.1 * 3, 0.1 * 4, nil])
        #expect(try trials().map(\.seconds) == [3, 3, 0])
        // The best and the last epoch get other values, and another one comes before them.
        try store.record(.init(epoch: 3, loss: 1, seconds: 5), of: 1, in: study.id, replacing: true)
        #expect(try trials().map(\.lastAccuracy) == [0.1 * 3, 0.1 * 3, nil])
        #expect(try trials().map(\.bestAccuracy) == [0.1 * 3, 0.1 * 3, nil])
        #expect(try trials().map(\.seconds) == [3, 7, 0])
        #expect(try store.study(study.id).bestAccuracy == 0.1 * 3)
        // What is refused changes no totals.
        let before = try trials()
        let other = EpochRecord(epoch: 2, accuracy: 1)
        #expect(
            storeError { () throws(StoreError) in try store.record(other, of: 0, in: study.id) }?.reason == .conflict)
        #expect(try trials() == before)
    }

    @Test func `a removed study leaves nothing`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let (first, second) = (try temporary.study(2).id, try temporary.study(2).id)
        for study in [first, second] { try store.record(.example(trials: 2, epochs: 3), of: study) }
        let folder = try store.folder(of: 0, in: first)
        try Data(count: 5).write(to: URL(fileURLWithPath: "\(folder)/a"))
        try store.record(artefact: "checkpoint", path: "\(folder)/a", epoch: 1, of: 0, in: first)
        // What a removal that was cut off has left behind.
        try FileManager.default.createDirectory(
            atPath: "\(temporary.folder)/artefacts/77/0", withIntermediateDirectories: true)
        try store.remove(study: first)
        #expect(try store.studies().map(\.id) == [second])
        #expect(try store.epochs(of: first).count == 0)
        #expect(try store.trials(of: first).isEmpty)
        #expect(try store.epochs(of: second).count == 6)
        #expect(!FileManager.default.fileExists(atPath: "\(temporary.folder)/artefacts/\(first)"))
        #expect(!FileManager.default.fileExists(atPath: "\(temporary.folder)/artefacts/77"))
        #expect(try temporary.study().id == 3)
        try store.remove(study: 3)
        #expect(try temporary.study().id == 4)
    }

    @Test func `a study of many trials and epochs is removed piece by piece, and no other with it`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let (large, small) = (try temporary.study(5_100).id, try temporary.study(2).id)
        try store.record(.example(trials: 30, epochs: 1_000), of: large)
        try store.record(.example(trials: 2, epochs: 3), of: small)
        let trials = try store.trials(of: small)
        try store.remove(study: large)
        #expect(try store.epochs(of: large).count == 0)
        #expect(try store.trials(of: large).isEmpty)
        #expect(try store.trials(of: small) == trials)
        #expect(try store.epochs(of: small).count == 6)
    }

    @Test(.enabled(if: sqlite([]) != nil, "the sqlite3 program is not installed"))
    func `a removal that was cut off has removed the study, and is finished by the next`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let (first, second) = (try temporary.study(2, name: "first").id, try temporary.study(2).id)
        for study in [first, second] { try store.record(.example(trials: 2, epochs: 3), of: study) }
        let process = try #require(
            sqlite([temporary.database, "UPDATE study SET removed = 1, name = 'gone' WHERE id = \(first)"]))
        try process.run()
        process.waitUntilExit()
        #expect(try store.studies().map(\.id) == [second])
        for name in ["first", "gone", "\(first)"] {
            #expect(storeError { () throws(StoreError) in _ = try store.study(named: name) }?.reason == .unknown)
        }
        #expect(storeError { () throws(StoreError) in _ = try store.lease(first) }?.reason == .unknown)
        #expect(
            storeError { () throws(StoreError) in try store.setStatus(.finished, of: first) }?.reason == .unknown)
        for file in try store.export(to: "\(temporary.folder)/export") {
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropFirst()
            #expect(!lines.isEmpty && lines.allSatisfy { $0.hasPrefix("\(second),") })
        }
        let third = try temporary.study(1, name: "first").id
        try store.remove(study: third)
        #expect(try store.trials(of: first).isEmpty)
        #expect(try store.epochs(of: first).count == 0)
        #expect(try store.trials(of: second).map(\.epochs) == [3, 3])
    }
}
