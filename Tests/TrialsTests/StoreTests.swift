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
}
