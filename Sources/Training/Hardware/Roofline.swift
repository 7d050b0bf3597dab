public import Networks
import Tensors

// P: peak rate of floating-point operations; W: bandwidth. A layer of F operations that moves Q bytes takes at least
// max(F/P, Q/W).

/// What this machine can do at best, measured.
public struct Machine: Hashable, Sendable {
    /// Floating-point operations a second, a multiply-add counting as two.
    public let peak: Double
    /// Bytes a second between processor and memory, reading and writing together.
    public let bandwidth: Double

    /// A machine of these rates, both above 0.
    public init(peak: Double, bandwidth: Double) { (self.peak, self.bandwidth) = (peak, bandwidth) }

    private static let size = 768
    private static let elements = 1 << 24

    /// This machine with so many threads: the rate of the best of ten products of two 768×768 matrices of 32-bit floats,
    /// and of the best of ten copies of 64 MiB.
    public static func measured(threads: Int) throws -> Machine {
        try onThreads(threads) {
            let matrix = try Tensor.ones([size, size])
            let product = try best { _ = try matrix.matmul(matrix) }
            let source = try Tensor.ones([elements])
            let target = try Tensor.zeros([elements])
            let copy = try best { _ = try target.assign(source) }
            let cube = Double(size) * Double(size) * Double(size)
            return Machine(peak: 2 * cube / product, bandwidth: 8 * Double(elements) / copy)
        }
    }

    /// The shortest of ten times, in seconds, after one that does not count.
    private static func best(_ body: () throws -> Void) throws -> Double {
        try body()
        return try (0..<10).reduce(.infinity) { least, _ in
            let start = monotonicSeconds()
            try body()
            return min(least, monotonicSeconds() - start)
        }
    }

    /// The least milliseconds that a layer takes on `batch` samples.
    public func bound(of use: LayerUse, batch: Int) -> LayerBound {
        let (operations, bytes) = (use.operations * batch, use.bytes(batch: batch))
        return LayerBound(
            use: use, operations: operations, bytes: bytes, computing: Double(operations) / peak * 1e3,
            moving: Double(bytes) / bandwidth * 1e3)
    }

    /// The least milliseconds of every layer that a forward pass runs.
    ///
    /// S. Williams, A. Waterman and D. Patterson: Roofline: An Insightful Visual Performance Model for Multicore
    /// Architectures. Communications of the ACM 52(4), 2009. Every layer reads its inputs and parameters from memory and
    /// writes its output there: what stays in caches makes the truth shorter, what does not reach the peak longer.
    /// - Throws: `NetworkError` where no path leads from input to output.
    public func bounds(of network: Network, batch: Int) throws -> [LayerBound] {
        try network.layersAtWork().map { bound(of: $0, batch: batch) }
    }
}

/// What a layer takes at least.
public struct LayerBound: Hashable, Sendable {
    /// The layer.
    public let use: LayerUse
    /// Floating-point operations.
    public let operations: Int
    /// Bytes read and written.
    public let bytes: Int
    /// Milliseconds of arithmetic at the peak.
    public let computing: Double
    /// Milliseconds of moving bytes at full bandwidth.
    public let moving: Double

    /// Milliseconds, the longer of the two.
    public var time: Double { max(computing, moving) }
}

extension LayerUse {
    /// Floating-point operations of one sample: two a multiply-add, one an element and input of the rest, two an element
    /// of a batch normalisation, one an element under the window of a pool.
    public var operations: Int {
        switch layer {
        case .convolution(let c):
            2 * output.count * (c.inputs / c.groups) * c.window.kernel * c.window.kernel + (c.bias ? output.count : 0)
        case .linear(let inputs, let outputs, let bias): outputs * (2 * inputs + (bias ? 1 : 0))
        case .batchNorm: 2 * output.count
        case .averagePool(let window), .maxPool(let window): output.count * window.kernel * window.kernel
        case .globalAveragePool: inputs.reduce(0) { $0 + $1.count }
        case .add, .multiply: output.count * max(0, inputs.count - 1)
        case .activation: output.count
        default: 0
        }
    }

    /// Bytes of inputs, parameters and output, in 32-bit floats.
    public func bytes(batch: Int) -> Int {
        4 * (batch * (inputs.reduce(output.count) { $0 + $1.count }) + parameters)
    }
}
