public import Spaces

/// One trial of a study: an architecture with a number and a seed.
public struct Candidate: Hashable, Sendable {
    /// The trial's number in its study, from 0.
    public let trial: Int
    /// What is evaluated.
    public let architecture: Architecture
    /// Where its random numbers begin.
    public let seed: UInt64

    /// Trial number `trial`.
    public init(trial: Int, architecture: Architecture, seed: UInt64) {
        (self.trial, self.architecture, self.seed) = (trial, architecture, seed)
    }
}

/// What one epoch of a trial gave. A value that was not measured is nil.
public struct EpochRecord: Hashable, Codable, Sendable {
    /// How many epochs the trial then has behind it, from 1.
    public var epoch: Int
    /// On the samples learnt from: mean loss in nats, and accuracy in [0, 1].
    public var trainLoss: Double?, trainAccuracy: Double?
    /// On the samples held out: mean loss in nats, and accuracy in [0, 1].
    public var loss: Double?, accuracy: Double?
    /// How long the epoch took, its evaluation included, in seconds.
    public var seconds: Double?
    /// What objectives gave that are no accuracies, in the form of whoever evaluates them; kept with the trial.
    public var readings: String?

    /// The record of an epoch.
    public init(
        epoch: Int, trainLoss: Double? = nil, trainAccuracy: Double? = nil, loss: Double? = nil,
        accuracy: Double? = nil, seconds: Double? = nil, readings: String? = nil
    ) {
        self.epoch = epoch
        (self.trainLoss, self.trainAccuracy) = (trainLoss, trainAccuracy)
        (self.loss, self.accuracy, self.seconds) = (loss, accuracy, seconds)
        self.readings = readings
    }
}

/// What studies evaluate: real training, a table of known results, recorded curves.
public protocol Objective: Sendable {
    /// About how much longer an epoch of this architecture takes than those of others, more than 0: the order in which
    /// trials that run side by side are told of follows from it, so that it does not depend on the machine's load.
    func cost(of architecture: Architecture) -> Double

    /// What a record comes to, one value an objective, all to be maximised; none where it gave nothing.
    func values(of record: EpochRecord) -> [Double]

    /// Evaluates the epochs after `from` up to `to`, and reports each as it ends.
    ///
    /// - Parameter isCancelled: asked at every step.
    /// - Throws: `CancellationError` once `isCancelled` says true, `TrialFailure` where the trial failed for a reason of
    ///   its own and the study should go on, and what `report` throws.
    func evaluate(
        _ candidate: Candidate, from: Int, to: Int, isCancelled: @escaping @Sendable () -> Bool,
        report: (EpochRecord) throws -> Void
    ) throws
}

extension Objective {
    /// The accuracy on held-out samples, where it was measured.
    public func values(of record: EpochRecord) -> [Double] { record.accuracy.map { [$0] } ?? [] }
}

/// Why a trial failed, in a sentence: its loss is no number, memory was short.
public struct TrialFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason.
    public let description: String

    /// A failure for this reason.
    public init(_ reason: String) { description = reason }
}
