/// Epochs of a study as columns, in the order of trial and epoch: row i is the i-th element of each.
///
/// A value that was not measured is `nan`.
public struct EpochColumns: Sendable {
    /// The numbers of the trials.
    public private(set) var trial: [Int] = []
    /// How many epochs the trial then has behind it, from 1.
    public private(set) var epoch: [Int] = []
    /// On the samples learnt from: mean loss in nats, and accuracy in [0, 1].
    public private(set) var trainLoss: [Double] = [], trainAccuracy: [Double] = []
    /// On the samples held out: mean loss in nats, and accuracy in [0, 1].
    public private(set) var loss: [Double] = [], accuracy: [Double] = []
    /// How long the epochs took, in seconds.
    public private(set) var seconds: [Double] = []

    /// No epochs yet.
    public init() {}

    /// How many there are.
    public var count: Int { trial.count }

    /// Epoch `index` as a record.
    public subscript(index: Int) -> EpochRecord {
        func value(_ column: [Double]) -> Double? { column[index].isNaN ? nil : column[index] }
        return EpochRecord(
            epoch: epoch[index], trainLoss: value(trainLoss), trainAccuracy: value(trainAccuracy), loss: value(loss),
            accuracy: value(accuracy), seconds: value(seconds))
    }

    /// Adds an epoch at the end.
    public mutating func append(_ record: EpochRecord, of trial: Int) {
        self.trial.append(trial)
        epoch.append(record.epoch)
        trainLoss.append(record.trainLoss ?? .nan)
        trainAccuracy.append(record.trainAccuracy ?? .nan)
        loss.append(record.loss ?? .nan)
        accuracy.append(record.accuracy ?? .nan)
        seconds.append(record.seconds ?? .nan)
    }
}
