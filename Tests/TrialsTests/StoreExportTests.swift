import Foundation
import Testing
import Trials

@Suite struct StoreExportTests {
    /// Two studies with values that are hard to write.
    private func example() throws -> TemporaryStore {
        let temporary = TemporaryStore()
        for _ in 0..<2 {
            let study = try temporary.study(3).id
            try temporary.store.record(.example(trials: 2, epochs: 30), of: study)
            try temporary.store.record(
                .init(epoch: 1, trainLoss: .leastNonzeroMagnitude, loss: -.infinity, accuracy: 1, seconds: 1.7e308),
                of: 2, in: study)
            try temporary.store.setState(.failed, reason: "a, \"b\"\nc", of: 2, in: study)
        }
        return temporary
    }

    private func lines(_ path: String) throws -> [String] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.hasSuffix("\n"))
        return text.dropLast().components(separatedBy: "\n")
    }

    @Test func `numbers of a CSV file read as the same numbers`() throws {
        let temporary = try example()
        let folder = "\(temporary.folder)/export/here"
        let files = try temporary.store.export(to: folder)
        #expect(files == ["studies", "trials", "epochs"].map { "\(folder)/\($0).csv" })
        let lines = try lines(files[2])
        #expect(lines[0] == "study,trial,epoch,train_loss,train_accuracy,loss,accuracy,seconds")
        var columns = EpochColumns()
        for line in lines.dropFirst() where line.hasPrefix("1,") {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let numbers = cells.map { Double($0) }
            columns.append(
                .init(
                    epoch: try #require(Int(cells[2])), trainLoss: numbers[3], trainAccuracy: numbers[4],
                    loss: numbers[5], accuracy: numbers[6], seconds: numbers[7]), of: try #require(Int(cells[1])))
        }
        let stored = try temporary.store.epochs(of: 1)
        #expect(columns.trial == stored.trial)
        #expect(columns.rows == stored.rows)
        #expect(lines.count == 1 + 2 * 61)
    }

    @Test func `text with commas, quotes and line ends is quoted`() throws {
        let temporary = try example()
        let files = try temporary.store.export([2], to: "\(temporary.folder)/export")
        let trials = try String(contentsOfFile: files[1], encoding: .utf8)
        #expect(trials.contains(",failed,\"a, \"\"b\"\"\nc\","))
        #expect(trials.contains("2,0,\"nb201:0,0,0,0,0,0\",\(UInt64.max),,waiting,,,,\n"))
        #expect(!trials.contains("\n1,0,"))
        let studies = try lines(files[0])
        #expect(studies.count == 2)
        #expect(studies[1].contains(",\(UInt64.max - 4),digits,00ff,"))
    }

    @Test func `each line of a JSON file is an object`() throws {
        let temporary = try example()
        let files = try temporary.store.export([1], to: "\(temporary.folder)/export", as: .jsonl)
        func objects(_ index: Int) throws -> [[String: Any]] {
            try lines(files[index]).map {
                // The reader of this test knows no number beyond the doubles.
                let text = $0.replacingOccurrences(of: "-1e999", with: "\"-inf\"")
                return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            }
        }
        let study = try #require(try objects(0).first)
        #expect(study["settings"] as? String == StudyDescription.example.settings)
        let trials = try objects(1)
        #expect(trials.map { $0["reason"] as? String } == [nil, nil, "a, \"b\"\nc"])
        let epochs = try objects(2)
        let stored = try temporary.store.epochs(of: 1)
        // The texts themselves: Foundation's reader of JSON does not give every double back to the last bit.
        let texts = try lines(files[2]).map { $0.components(separatedBy: "\"accuracy\": ").last ?? "" }
        let accuracies = texts.map { Double($0.prefix { $0 != "," }) }
        #expect(accuracies == stored.accuracy.map { $0 })
        #expect(epochs.last?["loss"] as? String == "-inf")
        #expect(epochs.last?["train_accuracy"] is NSNull)
    }

    @Test func `an export that fails leaves the old files and nothing else`() throws {
        let temporary = try example()
        let folder = "\(temporary.folder)/export"
        let files = try temporary.store.export(to: folder)
        let before = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
        #expect(storeError { () throws(StoreError) in try temporary.store.export([9], to: folder) }?.reason == .unknown)
        #expect(
            storeError { () throws(StoreError) in try temporary.store.export(to: files[0]) }?.reason == .inaccessible)
        #expect(try files.map { try String(contentsOfFile: $0, encoding: .utf8) } == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 3)
        try temporary.store.export([1], to: folder)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 3)
        #expect(try lines(files[2]).count == 1 + 61)
    }
}
