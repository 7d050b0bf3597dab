/// What one epoch of training came to.
public struct EpochMetrics: Sendable, Hashable, Codable {
    /// Which epoch it was, from 1.
    public let epoch: Int
    /// The mean cross-entropy of the training samples, each as it was seen, before the step that it was part of.
    public let trainLoss: Double
    /// The part of the training samples that got the right class then, in [0, 1].
    public let trainAccuracy: Double
    /// The mean cross-entropy of the held-out samples after the epoch.
    public let loss: Double
    /// The part of the held-out samples that get the right class after the epoch, in [0, 1].
    public let accuracy: Double
    /// The learning rate of the epoch's last step.
    public let learningRate: Double
    /// How long the training steps took, in seconds.
    public let trainSeconds: Double
    /// How long steps and evaluation took together, in seconds.
    public let seconds: Double
    /// Training samples a second.
    public let imagesPerSecond: Double

    /// Whether all but the times is the same.
    public func isEqualInResults(to other: EpochMetrics) -> Bool {
        (epoch, trainLoss, trainAccuracy) == (other.epoch, other.trainLoss, other.trainAccuracy)
            && (loss, accuracy, learningRate) == (other.loss, other.accuracy, other.learningRate)
    }
}
