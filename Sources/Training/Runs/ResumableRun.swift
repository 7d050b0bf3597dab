/// A training epoch by epoch, that can be interrupted at any step and goes on from a checkpoint as if it had not been.
public protocol ResumableRun: AnyObject {
    /// What an epoch comes to.
    associatedtype Metrics

    /// What the finished epochs came to.
    var metrics: [Metrics] { get }

    /// Trains to the end of the next epoch, or of the one that was interrupted, and judges.
    ///
    /// - Parameter isCancelled: asked before every step.
    /// - Throws: `TrainingError`: `cancelled`, after which the run can be saved and goes on where it stopped, here or
    ///   elsewhere; any other, after which it neither goes on nor is saved.
    func epoch(isCancelled: () -> Bool) throws -> Metrics

    /// Writes a checkpoint into the folder at `path`, which is made where there is none. Older ones go when it is whole
    /// and on the disk: however the writing ends, a whole checkpoint is there.
    ///
    /// - Throws: `CheckpointError` where the system refuses; `TrainingError` where the training has failed.
    func save(to path: String) throws
}

extension ResumableRun {
    /// How many epochs are finished.
    public var finished: Int { metrics.count }

    /// Trains to the end of epoch `last`, with a checkpoint at `path` after each epoch and where it is cancelled.
    ///
    /// - Parameter report: told of every epoch up to `last`, first of those that were finished before.
    /// - Throws: what ``epoch(isCancelled:)``, ``save(to:)`` and `report` throw.
    public func train(
        to last: Int, savingTo path: String, isCancelled: () -> Bool, report: (Metrics) throws -> Void
    ) throws {
        for metrics in metrics.prefix(last) { try report(metrics) }
        while finished < last { try report(epoch(isCancelled: isCancelled, savingTo: path)) }
    }

    private func epoch(isCancelled: () -> Bool, savingTo path: String) throws -> Metrics {
        do {
            let metrics = try epoch(isCancelled: isCancelled)
            try save(to: path)
            return metrics
        } catch let error as TrainingError {
            if case .cancelled = error { try save(to: path) }
            throw error
        }
    }
}
