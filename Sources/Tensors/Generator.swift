internal import CTorch

/// libtorch's source of random numbers, seeded by its owner: the same seed gives the same numbers on
/// the same device, whatever else draws.
public final class Generator {
    let handle: CTGeneratorRef

    /// A generator for tensors of `device`.
    public init(seed: UInt64, device: Device = .cpu) throws(TensorError) {
        guard let handle = try Library.load().pointee.makeGenerator(seed, device.c) else {
            throw lastFailure(of: [], "Generator")
        }
        self.handle = handle
    }

    /// A generator whose seed is drawn from `source`.
    public convenience init(
        using source: inout some RandomNumberGenerator, device: Device = .cpu
    ) throws(TensorError) {
        try self.init(seed: source.next(), device: device)
    }

    deinit { torch.pointee.releaseGenerator(handle) }

    /// Starts again from `seed`.
    public func seed(_ seed: UInt64) throws(TensorError) { try check(torch.pointee.seedGenerator(handle, seed)) }

    /// Where the generator stands, to be kept in a checkpoint: bytes `[N]`.
    public func state() throws(TensorError) -> Tensor { try Tensor(torch.pointee.generatorState(handle)) }

    /// Goes on from a kept `state`.
    public func restore(_ state: Tensor) throws(TensorError) {
        try check(torch.pointee.setGeneratorState(handle, state.handle), of: [state])
    }
}

extension Tensor {
    /// Numbers drawn evenly from [0, 1).
    public static func rand(
        _ shape: [Int], using generator: Generator, dtype: DType = .float32, device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.rand(shape, shape.count, generator.handle, dtype.options(on: device)))
    }

    /// Numbers drawn from the standard normal distribution.
    public static func randn(
        _ shape: [Int], using generator: Generator, dtype: DType = .float32, device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.randn(shape, shape.count, generator.handle, dtype.options(on: device)))
    }

    /// Whole numbers drawn evenly from `range`.
    public static func randint(
        _ range: Range<Int>, _ shape: [Int], using generator: Generator, dtype: DType = .int64, device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        try Tensor(
            torch.pointee.randint(
                range.lowerBound, range.upperBound, shape, shape.count, generator.handle, dtype.options(on: device)))
    }

    /// The numbers below `count` in a random order: `[count]`.
    public static func randperm(
        _ count: Int, using generator: Generator, dtype: DType = .int64, device: Device = .cpu
    ) throws(TensorError) -> Tensor {
        try Tensor(torch.pointee.randperm(count, generator.handle, dtype.options(on: device)))
    }

    /// Draws every element anew from a normal distribution.
    @discardableResult
    public func fillNormal(
        mean: Double = 0, deviation: Double = 1, using generator: Generator
    ) throws(TensorError) -> Tensor {
        try check(torch.pointee.fillNormal(handle, mean, deviation, generator.handle), of: [self])
        return self
    }

    /// Draws every element anew, evenly from [low, high).
    @discardableResult
    public func fillUniform(_ low: Double, _ high: Double, using generator: Generator) throws(TensorError) -> Tensor {
        try check(torch.pointee.fillUniform(handle, low, high, generator.handle), of: [self])
        return self
    }
}
