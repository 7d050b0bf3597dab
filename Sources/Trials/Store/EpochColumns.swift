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

extension EpochColumns {
    /// The columns of a row that ``append(_:)`` takes, in the order of the properties.
    static let selection = "SELECT trial, epoch, train_loss, train_accuracy, loss, accuracy, seconds FROM epoch"

    /// Adds the row at which a statement of ``selection`` is.
    mutating func append(_ row: RawStatement) {
        trial.append(row.integer(0))
        epoch.append(row.integer(1))
        trainLoss.append(row.real(2))
        trainAccuracy.append(row.real(3))
        loss.append(row.real(4))
        accuracy.append(row.real(5))
        seconds.append(row.real(6))
    }

    /// Gives the parameters from `first` on the values of epoch `index`, in the order of the properties.
    func bind(_ index: Int, to statement: RawStatement, from first: Int) {
        statement.bind(trial[index], at: first)
        statement.bind(epoch[index], at: first + 1)
        statement.bind(trainLoss[index], at: first + 2)
        statement.bind(trainAccuracy[index], at: first + 3)
        statement.bind(loss[index], at: first + 4)
        statement.bind(accuracy[index], at: first + 5)
        statement.bind(seconds[index], at: first + 6)
    }

    /// Makes room for `count` epochs in all.
    mutating func reserve(_ count: Int) {
        trial.reserveCapacity(count)
        epoch.reserveCapacity(count)
        trainLoss.reserveCapacity(count)
        trainAccuracy.reserveCapacity(count)
        loss.reserveCapacity(count)
        accuracy.reserveCapacity(count)
        seconds.reserveCapacity(count)
    }
}
