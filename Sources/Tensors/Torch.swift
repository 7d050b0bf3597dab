internal import CTorch

/// libtorch as a whole: its version, its threads, its devices, its hidden generator.
///
/// libtorch is a library that is opened at the first tensor operation (about 0.15 s), so a program
/// that needs no tensor never pays for it.
public enum Torch {
    /// Opens libtorch now, on whatever thread this is called; does nothing the second time.
    ///
    /// - Throws: `TensorError` where the library or libtorch is missing, saying what to do.
    public static func load() throws(TensorError) { try Library.load() }

    /// Whether libtorch has been opened in this process.
    public static var isLoaded: Bool { ct_is_open() }

    /// libtorch's version, such as `2.13.0`.
    public static var version: String {
        get throws(TensorError) { String(cString: try Library.load().pointee.version()) }
    }

    /// How many threads one operation may use.
    public static var threads: Int {
        get throws(TensorError) { try Library.load().pointee.threads() }
    }

    /// Lets one operation use `count` threads (1 or more); holds for all threads of the program that
    /// have not yet used a tensor, and for this one.
    public static func setThreads(_ count: Int) throws(TensorError) {
        try check(try Library.load().pointee.setThreads(count))
    }

    /// How many CUDA devices this libtorch can use; 0 where it was built without CUDA.
    public static var cudaDevices: Int {
        get throws(TensorError) { try Library.load().pointee.cudaDevices() }
    }

    /// Waits until `device` has done everything asked of it, as a measurement of time must.
    public static func synchronize(_ device: Device) throws(TensorError) {
        try check(try Library.load().pointee.synchronize(device.c))
    }

    /// Seeds libtorch's hidden generators on every device, from which nothing in nash draws: for code
    /// that is compared with PyTorch's after `torch.manual_seed`.
    public static func manualSeed(_ seed: UInt64) throws(TensorError) {
        try check(try Library.load().pointee.seedAll(seed))
    }

    /// Makes libtorch refuse operations whose result depends on the order of threads.
    public static func setDeterministic(_ on: Bool) throws(TensorError) {
        try check(try Library.load().pointee.setDeterministic(on))
    }

    /// Keeps freed blocks of main memory for the next tensors of their size, up to `bytes` of them together; 0, as
    /// at the start, gives them back to the system, and those that wait at once.
    ///
    /// It holds for the whole program. What repeats the same operations, such as a training, becomes faster by it, as
    /// the system clears every page that it hands out.
    public static func keepMemory(_ bytes: Int) throws(TensorError) {
        try check(try Library.load().pointee.keepMemory(bytes))
    }

    /// How many bytes of freed memory wait for the next tensors.
    public static var keptMemory: Int {
        get throws(TensorError) { try Library.load().pointee.keptMemory() }
    }

    /// Makes the processor treat denormal numbers as zero on this thread, as they slow it a hundredfold.
    public static func setFlushDenormal(_ on: Bool) throws(TensorError) {
        try check(try Library.load().pointee.setFlushDenormal(on))
    }
}

/// Where a tensor lives.
public enum Device: Hashable, Codable, Sendable, CustomStringConvertible {
    /// Main memory.
    case cpu
    /// The CUDA device of this number, from 0.
    case cuda(Int)

    /// `cpu`, or `cuda:0`.
    public var description: String {
        switch self {
        case .cpu: "cpu"
        case .cuda(let index): "cuda:\(index)"
        }
    }

    var c: CTDevice {
        switch self {
        case .cpu: CTDevice(cuda: false, index: 0)
        case .cuda(let index): CTDevice(cuda: true, index: Int32(clamping: index))
        }
    }

    init(_ device: CTDevice) { self = device.cuda ? .cuda(Int(device.index)) : .cpu }
}
