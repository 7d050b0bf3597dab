public import Tensors

/// How well a model does on some samples. Those of batches add up.
public struct Evaluation: Hashable, Sendable, Codable {
    /// How many samples there were.
    public var count = 0
    /// How many of them got the right class.
    public var correct = 0
    /// The sum of their cross-entropies.
    public var totalLoss = 0.0

    /// The evaluation of no sample.
    public init() {}

    /// The part of samples with the right class, in [0, 1]; NaN without samples.
    public var accuracy: Double { Double(correct) / Double(count) }
    /// The mean cross-entropy; NaN without samples.
    public var loss: Double { totalLoss / Double(count) }

    /// Both together.
    public static func += (evaluation: inout Evaluation, other: Evaluation) {
        evaluation.count += other.count
        evaluation.correct += other.correct
        evaluation.totalLoss += other.totalLoss
    }
}

extension Model {
    /// The evaluation on `input` `[N, C, H, W]` with the classes `target` `[N]`, with running statistics and without
    /// gradients.
    ///
    /// - Throws: `TensorError` where the shapes do not fit.
    public func evaluate(_ input: Tensor, target: Tensor) throws -> Evaluation {
        var tally = Tally(on: options.device)
        tally.add(try outcome(of: Batch(input: input, target: target), .float32))
        _ = try tally.settle()
        return tally.settled
    }

    /// The evaluation on all samples of a split, in batches, with running statistics and without gradients.
    ///
    /// - Parameter stop: called before every batch; what it throws ends the evaluation.
    /// - Throws: `DatasetError` where the split is empty; `TensorError` where the data do not fit; what `stop` throws.
    public func evaluate(
        _ dataset: Dataset, split: Dataset.Split = .test, batchSize: Int = 256, precision: Recipe.Precision = .float32,
        stop: () throws -> Void = {}
    ) throws -> Evaluation {
        var batches = try dataset.batches(
            size: batchSize, split: split, shuffled: false, dtype: options.dtype, device: options.device)
        var tally = Tally(on: options.device)
        while let batch = try batches.next() {
            try stop()
            tally.add(try outcome(of: batch, precision))
            if tally.isDue { _ = try tally.settle() }
        }
        _ = try tally.settle()
        return tally.settled
    }

    private func outcome(of batch: Batch, _ precision: Recipe.Precision) throws -> Outcome {
        try noGrad {
            let logits = try logits(batch.input, mode: .evaluation, precision)
            return try Outcome(logits, loss: logits.crossEntropy(batch.target), batch.target)
        }
    }

    /// The logits of `forward`, computed with a precision.
    func logits(_ input: Tensor, mode: Mode, _ precision: Recipe.Precision) throws -> Tensor {
        switch precision {
        case .float32: try forward(input, mode: mode)
        case .mixed: try autocast(on: options.device) { try forward(input, mode: mode) }.to(.float32)
        }
    }
}

/// What came of one batch, still on the device.
struct Outcome {
    /// The mean cross-entropy.
    let loss: Tensor
    /// How many samples got the right class.
    let correct: Tensor
    /// How many samples there are.
    let count: Int

    init(_ logits: Tensor, loss: Tensor, _ target: Tensor) throws {
        count = target.count
        (self.loss, correct) = try noGrad {
            (try loss.detached(), try (logits.argmax(1) .== target).to(.int64).sum())
        }
    }
}

/// Adds outcomes up. On a device that works ahead they are read some at a time, as each reading waits for it.
struct Tally {
    /// What was read.
    private(set) var settled = Evaluation()
    private var pending: [Outcome] = []
    private let interval: Int

    /// A tally of outcomes on a device, that goes on from what was added before.
    init(on device: Device, from settled: Evaluation = Evaluation()) {
        interval = device == .cpu ? 1 : 16
        self.settled = settled
    }

    /// Whether so many outcomes wait that they should be read.
    var isDue: Bool { pending.count >= interval }

    /// Keeps an outcome, to be read later.
    mutating func add(_ outcome: Outcome) { pending.append(outcome) }

    /// Reads what waits; returns how many outcomes ago the first loss came that is not finite, 0 being the last.
    mutating func settle() throws -> Int? {
        defer { pending = [] }
        var found: Int?
        for (place, outcome) in pending.enumerated() {
            let loss = try outcome.loss.item()
            if !loss.isFinite, found == nil { found = pending.count - 1 - place }
            settled.count += outcome.count
            settled.correct += Int(try outcome.correct.item())
            settled.totalLoss += loss * Double(outcome.count)
        }
        return found
    }
}
