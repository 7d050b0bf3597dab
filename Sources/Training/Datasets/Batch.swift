import Statistics
public import Tensors

/// Some samples as tensors.
public struct Batch {
    /// The normalised values, `[N, C, H, W]`, float32 or float64.
    public let input: Tensor
    /// The classes, `[N]`, int64.
    public let target: Tensor

    /// A batch of inputs `[N, C, H, W]` and classes `[N]`.
    public init(input: Tensor, target: Tensor) {
        self.input = input
        self.target = target
    }
}

extension Dataset {
    /// `size` different samples of a split, drawn by seed.
    ///
    /// - Throws: `DatasetError` where the split has fewer samples; `TensorError`.
    public func batch(
        size: Int, split: Split = .train, seed: UInt64 = 0, augment: Augmentation? = nil, dtype: DType = .float32,
        device: Device = .cpu
    ) throws -> Batch {
        let rows = try drawn(size, split, seed)
        return try batch(rows: rows, augment: augment, seed: seed, dtype: dtype, device: device)
    }

    /// The samples of the given numbers, in that order.
    ///
    /// How a sample is augmented depends on `seed` and its number, not on the samples beside it.
    /// - Precondition: each number is in 0 ..< `count`.
    /// - Throws: `DatasetError` where a table is to be augmented; `TensorError`.
    public func batch(
        rows: [Int], augment: Augmentation? = nil, seed: UInt64 = 0, dtype: DType = .float32, device: Device = .cpu
    ) throws -> Batch {
        let shape = [rows.count] + shape
        let input =
            dtype == .float64
            ? try Tensor(try values(Double.self, rows, augment, seed), shape: shape, device: device)
            : try Tensor(try values(Float.self, rows, augment, seed), shape: shape, device: device)
        let target = try Tensor(rows.map { data.labels[$0] }, shape: [rows.count], device: device)
        return Batch(
            input: dtype == .float64 || dtype == .float32 ? input : try input.to(dtype), target: target)
    }

    /// The numbers of `size` samples.
    private func drawn(_ size: Int, _ split: Split, _ seed: UInt64) throws(DatasetError) -> [Int] {
        let rows = parts[split]
        guard (1...max(1, rows.count)).contains(size), !rows.isEmpty else { throw tooFew(size, split) }
        var generator = Random(Seed(seed).derived("batch", .init(stringLiteral: split.rawValue)))
        return generator.distinct(size, below: rows.count).map { rows[$0] }
    }

    func tooFew(_ size: Int, _ split: Split) -> DatasetError {
        let there = parts[split].count
        if there == 0, split == .valid {
            return DatasetError(name, "it has no validation samples", help: "open it with `valid: 20%`")
        }
        return DatasetError(
            name, "a batch of \(size) was asked for, and its \(split) split has \(there) samples",
            help: there == 0 ? "take another split" : "give a size from 1 to \(there)")
    }
}
