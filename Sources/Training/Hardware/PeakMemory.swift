import Glibc
import Networks
import Tensors

/// The most memory that a network takes on this machine: weights, activations and whatever libtorch needs beside them.
///
/// Measured by the system: how far the resident memory of the program rises, from before the model is made to the peak
/// during a forward pass (`VmHWM` of `/proc/self/status`, set back before). A first model warms libtorch up, and freed
/// memory is given back before, so that only what the network needs is counted; exact to about
/// a megabyte, as the kernel counts pages in batches. Meanwhile every block of 64 KiB or more comes from the
/// system itself and goes back there when it is freed, so that holes in the C library's own memory do not count.
///
/// The system counts for the whole program: what else it takes or gives back meanwhile counts too.
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
            CLibrary.mapBlocks(from: 1 << 16)
            defer { CLibrary.mapBlocks(from: 32 << 20) }
            try pass(blueprint) {}
            try Torch.keepMemory(0)
            CLibrary.giveBackFreed()
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
        CLibrary.giveBackFreed()
        try ready()
        _ = try model.forward(input, mode: .evaluation)
        try ended()
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

/// What glibc can be told of its memory; its module does not tell of these functions. Another library is left alone.
private enum CLibrary {
    /// Gives freed memory back to the system, where it can: `malloc_trim`.
    static func giveBackFreed() {
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> CInt).self)(0)
    }

    /// Takes blocks of so many bytes or more from the system one by one: `mallopt`'s `M_MMAP_THRESHOLD`, of which 32
    /// MiB is the greatest, and where it comes to by itself when large blocks are freed.
    static func mapBlocks(from bytes: CInt) {
        guard let symbol = dlsym(nil, "mallopt") else { return }
        _ = unsafeBitCast(symbol, to: (@convention(c) (CInt, CInt) -> CInt).self)(-3, bytes)
    }
}
