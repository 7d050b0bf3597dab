import Foundation
import Testing
import Trials

@Suite struct StoredEpochsTests {
    @Test func `epochs come back to the last bit, by study and by trial`() throws {
        let temporary = TemporaryStore()
        let study = try temporary.study(3).id
        let columns = EpochColumns.example(trials: 3, epochs: 20)
        try temporary.store.record(columns, of: study)
        let all = try temporary.again().epochs(of: study)
        #expect(all.trial == columns.trial)
        #expect(all.rows == columns.rows)
        let one = try temporary.again().epochs(of: study, trial: 1)
        #expect(one.rows == (1...20).map { .example($0, of: 1) })
        #expect(try temporary.store.storedEpochs(of: study)[2] == (1...20).map { .example($0, of: 2) })
        #expect(try temporary.store.storedEpochs(of: study).count == 3)
    }

    @Test func `what was not measured is nil, and nan in a column`() throws {
        let temporary = TemporaryStore()
        let study = try temporary.study().id
        try temporary.store.record(.init(epoch: 3, trainLoss: .nan, loss: .infinity, accuracy: 0), of: 0, in: study)
        let columns = try temporary.store.epochs(of: study)
        #expect(columns[0] == EpochRecord(epoch: 3, loss: .infinity, accuracy: 0))
        #expect(columns.trainLoss[0].isNaN && columns.trainAccuracy[0].isNaN && columns.seconds[0].isNaN)
    }

    @Test func `the same epoch again changes nothing, but for other values it is an error`() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let study = try temporary.study().id
        try store.record(.init(epoch: 1, trainLoss: .nan, accuracy: 0.5, seconds: 2), of: 0, in: study)
        try store.record(.init(epoch: 1, trainLoss: .nan, accuracy: 0.5, seconds: 3), of: 0, in: study)
        #expect(try store.epochs(of: study).rows == [.init(epoch: 1, accuracy: 0.5, seconds: 2)])
        let other = EpochRecord(epoch: 1, accuracy: 0.25, seconds: 1)
        let error = storeError { () throws(StoreError) in try store.record(other, of: 0, in: study) }
        #expect(error?.reason == .conflict)
        #expect(error?.message.contains("accuracy 0.5, not 0.25") == true)
        try store.record(other, of: 0, in: study, replacing: true)
        #expect(try store.epochs(of: study).rows == [other])
    }

    @Test func `many epochs are stored all or none`() throws {
        let temporary = TemporaryStore()
        let study = try temporary.study(2).id
        var columns = EpochColumns.example(trials: 2, epochs: 5)
        columns.append(.init(epoch: 6, accuracy: 93), of: 1)
        let error = storeError { () throws(StoreError) in try temporary.store.record(columns, of: study) }
        #expect(error?.reason == .invalid)
        #expect(error?.place == "trial 1 of study \(study)")
        #expect(try temporary.store.epochs(of: study).count == 0)
    }

    @Test(arguments: [
        EpochRecord(epoch: 0), EpochRecord(epoch: 1, accuracy: 1.01), EpochRecord(epoch: 1, trainAccuracy: -0.1),
        EpochRecord(epoch: 1, seconds: -1),
    ])
    func `values out of their range are refused`(record: EpochRecord) throws {
        let temporary = TemporaryStore()
        let study = try temporary.study().id
        #expect(
            storeError { () throws(StoreError) in try temporary.store.record(record, of: 0, in: study) }?.reason
                == .invalid)
    }

    @Test func `an epoch of no trial is refused`() throws {
        let temporary = TemporaryStore()
        let study = try temporary.study().id
        for (trial, study) in [(1, study), (0, study + 1)] {
            let error = storeError { () throws(StoreError) in
                try temporary.store.record(.example(1), of: trial, in: study)
            }
            #expect(error?.reason == .unknown)
        }
    }
}
