public import Spaces

/// A published table in the place of training: the accuracies after some numbers of epochs.
public struct TableObjective: Objective {
    /// After how many epochs accuracies are known, ascending.
    public let epochs: [Int]
    /// Where each of them was measured, such as `cifar10.val@12`.
    public let names: [String]
    private let columns: [BenchmarkColumn]

    /// The accuracies of a space on a data set after each of `epochs`: those on the validation set where they were
    /// measured, else those on the test set.
    ///
    /// - Throws: `MeasurementError` where there is none, with what there is.
    public init(space: String, data: String, epochs: [Int]) throws {
        let known = try Tables.known.accuracies(space: space)
        self.epochs = Set(epochs).sorted()
        columns = try self.epochs.map { epochs in
            let isValidated = known.contains {
                $0.data == Tables.folded(data) && $0.epochs == epochs && $0.split == .validation && $0.training == nil
            }
            return try Tables.known.accuracy(
                space: space, data: data, split: isValidated ? .validation : .test, epochs: epochs)
        }
        names = columns.map(\.name)
    }

    /// The same for all: a table costs nothing.
    public func cost(of architecture: Architecture) -> Double { 1 }

    /// Reports what the table holds of the epochs after `from` up to `to`.
    public func evaluate(
        _ candidate: Candidate, from: Int, to: Int, isCancelled: @escaping @Sendable () -> Bool,
        report: (EpochRecord) throws -> Void
    ) throws {
        for (epoch, column) in zip(epochs, columns) where epoch > from && epoch <= to {
            if isCancelled() { throw CancellationError() }
            guard let percent = column.value(for: candidate.architecture.genes) else {
                throw TrialFailure("the table holds no \(column.name) of it")
            }
            try report(EpochRecord(epoch: epoch, accuracy: percent / 100))
        }
    }
}
