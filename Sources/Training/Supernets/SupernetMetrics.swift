/// What one epoch of a supernet's training came to.
public struct SupernetMetrics: Sendable, Hashable, Codable {
    /// Which epoch it was, from 1.
    public let epoch: Int
    /// The stage that it belongs to.
    public let stage: String
    /// The mean cross-entropy against the classes of the networks that were trained, before each step.
    public let trainLoss: Double
    /// The part of the training samples to which those gave the right class then, in [0, 1].
    public let trainAccuracy: Double
    /// The mean cross-entropy of the held-out samples, of the largest network, recalibrated.
    public let largestLoss: Double
    /// The part of the held-out samples to which the largest network gives the right class, in [0, 1].
    public let largestAccuracy: Double
    /// The mean cross-entropy of the held-out samples, of the smallest network, recalibrated.
    public let smallestLoss: Double
    /// The part of the held-out samples to which the smallest network gives the right class, in [0, 1].
    public let smallestAccuracy: Double
    /// The learning rate of the epoch's last step.
    public let learningRate: Double
    /// How long the training steps took, in seconds.
    public let trainSeconds: Double
    /// How long steps and judging took together, in seconds.
    public let seconds: Double
    /// Training samples a second, each counted once however many networks saw it.
    public let imagesPerSecond: Double

    /// Whether all but the times is the same.
    public func isEqualInResults(to other: SupernetMetrics) -> Bool {
        (epoch, stage, trainLoss, trainAccuracy, learningRate)
            == (other.epoch, other.stage, other.trainLoss, other.trainAccuracy, other.learningRate)
            && (largestLoss, largestAccuracy, smallestLoss, smallestAccuracy)
                == (other.largestLoss, other.largestAccuracy, other.smallestLoss, other.smallestAccuracy)
    }
}

extension SupernetMetrics: JSONRecord {
    private static let names = [
        "train_loss", "train_accuracy", "largest_loss", "largest_accuracy", "smallest_loss", "smallest_accuracy",
        "learning_rate", "train_seconds", "seconds", "images_per_second",
    ]

    private var values: [Double] {
        [
            trainLoss, trainAccuracy, largestLoss, largestAccuracy, smallestLoss, smallestAccuracy, learningRate,
            trainSeconds, seconds, imagesPerSecond,
        ]
    }

    var json: JSON {
        .record(
            [("epoch", .number(epoch)), ("stage", .text(stage))]
                + zip(Self.names, values).map { (name: $0, value: JSON.number($1)) })
    }

    init?(_ json: JSON) {
        let values = Self.names.compactMap { json[$0]?.real }
        guard let epoch = json["epoch"]?.whole, let stage = json["stage"]?.text, values.count == Self.names.count else {
            return nil
        }
        self.init(
            epoch: epoch, stage: stage, trainLoss: values[0], trainAccuracy: values[1], largestLoss: values[2],
            largestAccuracy: values[3], smallestLoss: values[4], smallestAccuracy: values[5], learningRate: values[6],
            trainSeconds: values[7], seconds: values[8], imagesPerSecond: values[9])
    }
}
