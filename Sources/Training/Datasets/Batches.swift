import Statistics
public import Tensors

/// One epoch of a split in batches. Equal settings give equal batches, on any thread and in any order.
public struct Batches: Sendable {
    private let dataset: Dataset
    private let order: [Int]
    private let size: Int
    private let augment: Augmentation?
    private let seed: UInt64
    private let dtype: DType
    private let device: Device
    private var position = 0

    /// How many batches there are; the last one may be smaller.
    public var count: Int { (order.count + size - 1) / size }

    /// The numbers of the samples in the order in which they come.
    public var rows: [Int] { order }

    init(
        _ dataset: Dataset, order: [Int], size: Int, augment: Augmentation?, seed: UInt64, dtype: DType, device: Device
    ) {
        (self.dataset, self.order, self.size, self.augment) = (dataset, order, size, augment)
        (self.seed, self.dtype, self.device) = (seed, dtype, device)
    }

    /// The batch of a number in 0 ..< `count`.
    ///
    /// - Throws: `TensorError`.
    public func batch(_ number: Int) throws -> Batch {
        precondition((0..<count).contains(number), "there are \(count) batches, and no batch \(number)")
        let rows = Array(order[number * size..<min(order.count, (number + 1) * size)])
        return try dataset.batch(rows: rows, augment: augment, seed: seed, dtype: dtype, device: device)
    }

    /// The next batch; nil after the last.
    ///
    /// - Throws: `TensorError`.
    public mutating func next() throws -> Batch? {
        guard position < count else { return nil }
        defer { position += 1 }
        return try batch(position)
    }
}

extension Dataset {
    /// The batches of one epoch of a split.
    ///
    /// - Parameters:
    ///   - epoch: from 0; each one has an order and augmentation of its own.
    ///   - shuffled: by default the training samples come in random order, all others in their own.
    ///   - dropLast: whether a last batch that is smaller than the others is left out.
    /// - Throws: `DatasetError` where the split is empty, the size is not positive, or a table is to be augmented.
    public func batches(
        size: Int, split: Split = .train, seed: UInt64 = 0, epoch: Int = 0, shuffled: Bool? = nil,
        dropLast: Bool = false, augment: Augmentation? = nil, dtype: DType = .float32, device: Device = .cpu
    ) throws(DatasetError) -> Batches {
        guard size > 0, !parts[split].isEmpty else { throw tooFew(size, split) }
        try check(augment)
        let seed = Seed(seed).derived("epoch", .init(integerLiteral: epoch))
        var order = parts[split]
        if shuffled ?? (split == .train) {
            var generator = Random(seed.derived("order"))
            generator.shuffle(&order)
        }
        if dropLast, order.count > size { order.removeLast(order.count % size) }
        return Batches(
            self, order: order, size: size, augment: augment, seed: seed.value, dtype: dtype, device: device)
    }
}
