import Networks
import Statistics
public import Tensors

/// How the statistics of batch normalisations are measured anew before a network is judged.
///
/// As `set_running_statistics` of the authors of Once-for-All: every batch is normalised by its own mean and biased
/// variance; the statistics are the means of those, weighted by the samples of the batches. The training images are
/// taken as they are; theirs are augmented.
public struct Recalibration: Sendable, Hashable, Codable {
    /// How many training samples are seen, at most all.
    public var samples: Int
    /// How many a batch has.
    public var batchSize: Int
    /// What the samples are drawn by.
    public var seed: UInt64

    /// By default 2,000 samples in batches of 200, as the paper's code has it.
    public init(samples: Int = 2_000, batchSize: Int = 200, seed: UInt64 = 0) {
        (self.samples, self.batchSize, self.seed) = (samples, batchSize, seed)
    }

    /// - Throws: `TrainingError` naming a setting that makes no sense.
    public func check() throws(TrainingError) {
        guard samples >= 2 else { throw .recipe("recalibration needs 2 samples or more, not \(samples)") }
        guard batchSize >= 2 else { throw .recipe("recalibration needs batches of 2 or more, not \(batchSize)") }
    }

    /// The numbers of the samples of each batch. A last sample alone, which has no variance, joins no batch.
    func rows(of dataset: Dataset) -> [[Int]] {
        var generator = Random(Seed(seed).derived("recalibration"))
        let all = dataset.rows(of: .train)
        let rows = generator.distinct(min(samples, all.count), below: all.count).map { all[$0] }
        return stride(from: 0, to: rows.count, by: batchSize).map {
            Array(rows[$0..<min($0 + batchSize, rows.count)])
        }.filter { $0.count > 1 || rows.count == 1 }
    }
}

extension Model {
    /// Measures the running statistics anew: means over the batches `[N, C, H, W]`, weighted by N, of each channel's
    /// mean and biased variance.
    ///
    /// - Throws: `TensorError` where the images do not fit.
    public func recalibrate<Images: Sequence<Tensor>>(on batches: Images) throws {
        try noGrad {
            let sums = try plan.norms.map { try RunningStatistics($0.channels, options) }
            for sum in sums { try sum.variance.fill(0) }
            let extents = plan.steps.filter { $0.norm != nil }.map { step in
                let shape = network.nodes[step.node].shape
                return shape.height * shape.width
            }
            momentum = 1
            defer { momentum = 0.1 }
            var total = 0.0
            for batch in batches {
                _ = try forward(batch, mode: .training)
                let samples = Double(batch.shape[0])
                total += samples
                for (place, sum) in sums.enumerated() {
                    let count = samples * Double(extents[place])
                    try sum.mean.add(statistics[place].mean, scale: samples)
                    // What libtorch keeps is the unbiased variance.
                    try sum.variance.add(statistics[place].variance, scale: samples * (count - 1) / count)
                }
            }
            for (place, sum) in sums.enumerated() {
                try statistics[place].mean.assign(sum.mean.multiply(by: 1 / total))
                try statistics[place].variance.assign(sum.variance.multiply(by: 1 / total))
            }
        }
    }
}

extension Model {
    /// Measures the running statistics anew on training samples of a data set.
    ///
    /// - Throws: `TrainingError` where a setting makes no sense; `TensorError` where the images do not fit.
    public func recalibrate(on dataset: Dataset, _ recalibration: Recalibration = Recalibration()) throws {
        try recalibration.check()
        try recalibrate(
            on: recalibration.rows(of: dataset).map {
                try dataset.batch(rows: $0, dtype: options.dtype, device: options.device).input
            })
    }
}
