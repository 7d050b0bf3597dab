import Glibc
import Networks
import Tensors

/// The most memory that a network takes on this machine: weights, activations and whatever libtorch needs beside them.
///
/// Measured by the system: how far the resident memory of the program rises, from before the model is made to the peak
/// during a forward pass (`VmHWM` of `/proc/self/status`, set back before). A first model warms libtorch up, and freed
/// memory is given back before, so that only what the network needs is counted; exact to about
/// a megabyte, as the kernel counts pages in batches.
public struct PeakMemory: Sendable {
    /// Samples of a pass, at least 1.
    public var batch = 1
    /// Threads of an operation, at least 1.
    public var threads = 1

    /// A measurement with the usual settings.
    public init() {}

    /// The bytes of the network.
    ///
    /// - Throws: `HardwareError` where the system does not tell; as `LatencyMeter.measure`.
    public func measure(_ blueprint: Blueprint) throws -> Int {
        try onThreads(threads) {
            try pass(blueprint) {}
            try Torch.keepMemory(0)
            Self.giveBackFreed()
            let before = try Self.status("VmRSS:")
            var peak = 0
            try pass(blueprint) {
                try Self.clearPeak()
            } ended: {
                peak = try Self.status("VmHWM:")
            }
            try Memory.keep()
            return max(0, peak - before)
        }
    }

    private func pass(
        _ blueprint: Blueprint, ready: () throws -> Void, ended: () throws -> Void = {}
    ) throws {
        let model = try blueprint.model()
        try model.requireGradients(false)
        let input = try Tensor.sample(of: model.network.input, batch: batch)
        Self.giveBackFreed()
        try ready()
        _ = try model.forward(input, mode: .evaluation)
        try ended()
    }

    /// Has the C library give freed memory back to the system, where it can: glibc's `malloc_trim`, of which the module
    /// `Glibc` does not tell.
    private static func giveBackFreed() {
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> CInt).self)(0)
    }

    /// Bytes of a line of the system's account of this program.
    private static func status(_ line: String) throws -> Int {
        guard let kilobytes = SystemFile.number(in: "/proc/self/status", after: line) else {
            throw HardwareError(
                "the system does not tell how much memory a program uses (/proc/self/status)",
                try: "use `cost`, which counts the bytes of activations")
        }
        return kilobytes * 1024
    }

    private static func clearPeak() throws {
        guard SystemFile.write("5", to: "/proc/self/clear_refs") else {
            throw HardwareError(
                "the system does not set the peak of a program's memory back (/proc/self/clear_refs)",
                try: "use `cost`, which counts the bytes of activations")
        }
    }
}
