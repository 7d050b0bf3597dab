import Networks
import Spaces
import Tensors

/// Judges networks of a supernet on a split, each recalibrated before. Images are made into tensors once.
///
///     let judge = try SubnetJudge(net, digits, split: .test)
///     let accuracy = try judge.evaluate(genes).accuracy
public final class SubnetJudge {
    /// Whose networks are judged.
    public let supernet: Supernet
    /// What they are judged on.
    public let dataset: Dataset
    /// The samples that they are judged by.
    public let split: Dataset.Split
    /// How statistics are measured; `nil` where batches are normalised by their own.
    public let recalibration: Recalibration?

    private let batchSize: Int
    private let precision: Recipe.Precision
    /// The images to recalibrate on at each resolution, made once.
    private var calibrating: [Shape: [Tensor]] = [:]
    /// The images to judge by at each resolution, made once.
    private var judging: [Shape: [Batch]] = [:]

    /// A judge of networks of `supernet`.
    ///
    /// - Parameter recalibration: how statistics are measured; with `nil` every batch is normalised by its own, which
    ///   depends on what stands together in it.
    /// - Throws: `TrainingError` where the data are not for these networks, or a setting makes no sense.
    public init(
        _ supernet: Supernet, _ dataset: Dataset, split: Dataset.Split = .test,
        recalibration: Recalibration? = Recalibration(), batchSize: Int = 256,
        precision: Recipe.Precision = .float32
    ) throws {
        try recalibration?.check()
        try supernet.check(takes: dataset)
        (self.supernet, self.dataset, self.split, self.recalibration) = (supernet, dataset, split, recalibration)
        (self.batchSize, self.precision) = (batchSize, precision)
    }

    /// How well the network of `genes` does, with the supernet's present weights.
    ///
    /// A network through which no path leads gives the same answer for every image.
    ///
    /// - Throws: `SpaceError` where the genes are outside of the space; what `stop`, asked before every batch, throws.
    public func evaluate(_ genes: [UInt8], stop: () throws -> Void = {}) throws -> Evaluation {
        try noGrad {
            let images = supernet.input(of: genes)
            let model = try supernet.whole(genes)
            if recalibration != nil { try model.recalibrate(on: calibration(images)) }
            var tally = Tally(on: model.options.device)
            for batch in try judged(images) {
                try stop()
                let mode: Model.Mode = recalibration == nil ? .batch : .evaluation
                let logits = try model.logits(batch.input, mode: mode, precision)
                tally.add(try Outcome(logits, loss: logits.crossEntropy(batch.target), batch.target))
                if tally.isDue { _ = try tally.settle() }
            }
            _ = try tally.settle()
            return tally.settled
        }
    }

    /// How well many networks do, in their order. Equal networks are judged once.
    ///
    /// - Parameters:
    ///   - stop: called before every batch; what it throws ends it.
    ///   - progress: told after each how many are done.
    public func evaluate(
        _ architectures: [[UInt8]], stop: () throws -> Void = {}, progress: (Int) -> Void = { _ in }
    ) throws -> [Evaluation] {
        var known: [String: Evaluation] = [:]
        return try architectures.enumerated().map { place, genes in
            let key = supernet.key(of: genes)
            let evaluation = try known[key] ?? evaluate(genes, stop: stop)
            known[key] = evaluation
            progress(place + 1)
            return evaluation
        }
    }

    /// The model of `genes` in a supernet over the same tensors, recalibrated.
    func calibrated(_ genes: [UInt8], in supernet: Supernet) throws -> Model {
        let model = try supernet.subnet(genes)
        try model.recalibrate(on: calibration(supernet.input(of: genes)))
        return model
    }

    private func calibration(_ shape: Shape) throws -> [Tensor] {
        if let images = calibrating[shape] { return images }
        let fitted = try fitted(shape)
        let images = try (recalibration?.rows(of: dataset) ?? []).map {
            try fitted.batch(rows: $0, dtype: supernet.options.dtype, device: supernet.options.device).input
        }
        calibrating[shape] = images
        return images
    }

    private func judged(_ shape: Shape) throws -> [Batch] {
        if let batches = judging[shape] { return batches }
        var batches = try fitted(shape).batches(
            size: batchSize, split: split, shuffled: false, dtype: supernet.options.dtype,
            device: supernet.options.device)
        var made: [Batch] = []
        while let batch = try batches.next() { made.append(batch) }
        judging[shape] = made
        return made
    }

    private func fitted(_ shape: Shape) throws -> Dataset {
        try dataset.fitted(to: [shape.channels, shape.height, shape.width])
    }
}

extension Supernet {
    /// The network of `genes`, or where no path leads through it the one with its dead parts.
    fileprivate func whole(_ genes: [UInt8]) throws -> Model {
        do { return try subnet(genes) } catch is NetworkError { return try keepingDead().subnet(genes) }
    }

    /// A text that is equal for genes of the same network over the same tensors.
    fileprivate func key(of genes: [UInt8]) -> String {
        space.kernels.isEmpty ? space.text(of: genes) : space.canonicalText(of: genes)
    }

    /// - Throws: `TrainingError` where images or classes of `dataset` are not for these networks.
    func check(takes dataset: Dataset) throws(TrainingError) {
        guard dataset.inputShape == input else {
            throw .unfit(
                "the samples of \(dataset.name) are \(dataset.inputShape), and the supernet takes \(input): build it "
                    + "for the data, or fit the data to it")
        }
        guard classes >= dataset.classes else {
            throw .unfit("\(dataset.name) has \(dataset.classes) classes, and the supernet tells \(classes) apart")
        }
    }
}

extension Supernet {
    /// The network of `genes` with weights and statistics of its own, recalibrated on `dataset`: its outputs are those
    /// of the supernet's path, bit by bit.
    ///
    /// - Throws: `SpaceError` where the genes are outside of the space; `TrainingError` where the data are not for
    ///   these networks.
    public func extract(
        _ genes: [UInt8], calibratedOn dataset: Dataset, _ recalibration: Recalibration = Recalibration()
    ) throws -> Blueprint {
        let judge = try SubnetJudge(self, dataset, split: .train, recalibration: recalibration)
        return try noGrad {
            let model = try judge.calibrated(genes, in: keepingDead())
            return try Blueprint(model.original).with(model.state())
        }
    }
}
