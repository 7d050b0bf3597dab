import Networks
import Tensors

/// The energy that a network takes, from the processor's own counters (Intel's RAPL, which AMD's have too), as Linux
/// shows them in `/sys/class/powercap`.
///
/// It is what all packages take while forward passes run one after another, over the number of passes: the processor's
/// idle power is part of it, and so is whatever else runs.
public struct EnergyMeter: Sendable {
    /// Samples of a pass, at least 1.
    public var batch = 1
    /// Threads of an operation, at least 1.
    public var threads = 1
    /// For how many seconds passes run, at least; the counters tick in milliseconds.
    public var seconds = 0.5
    private let packages: [Package]

    /// A counter of a package of the processor, which starts anew at its range.
    private struct Package: Sendable {
        let counter: String
        let range: Int
    }

    /// The meter of this machine.
    ///
    /// - Parameter folder: where Linux shows the counters.
    /// - Throws: `HardwareError` where it shows none, or does not let this user read them.
    public init(folder: String = "/sys/class/powercap") throws {
        // `intel-rapl:0` is a package, `intel-rapl:0:1` a part of it.
        let names = (FolderListing.names(in: folder) ?? []).sorted().filter {
            $0.hasPrefix("intel-rapl:") && $0.count(where: { $0 == ":" }) == 1
        }
        guard !names.isEmpty else {
            throw HardwareError(
                "this machine exposes no energy counters (RAPL in \(folder)); virtual machines seldom do",
                try: "measure on the machine itself, or `measure latency`")
        }
        packages = try names.map { name in
            let counter = "\(folder)/\(name)/energy_uj"
            guard SystemFile.number(in: counter) != nil else {
                throw HardwareError(
                    "\(counter) cannot be read", try: "let this user read it, as in `sudo chmod a+r \(counter)`")
            }
            return Package(
                counter: counter, range: SystemFile.number(in: "\(folder)/\(name)/max_energy_range_uj") ?? .max)
        }
    }

    /// Joules of a forward pass of the network.
    ///
    /// - Throws: as `LatencyMeter.measure`.
    public func measure(_ blueprint: Blueprint) throws -> Double {
        try onThreads(threads) {
            let model = try blueprint.model()
            try model.requireGradients(false)
            let input = try Tensor.sample(of: model.network.input, batch: batch)
            return try joules { _ = try model.forward(input, mode: .evaluation) }
        }
    }

    /// Joules of one call of `body`, which is called as often as the time takes.
    func joules(_ body: () throws -> Void) throws -> Double {
        try body()
        let before = packages.map { SystemFile.number(in: $0.counter) ?? 0 }
        let start = monotonicSeconds()
        var calls = 0
        repeat {
            try body()
            calls += 1
        } while monotonicSeconds() - start < seconds
        let spent = zip(packages, before).reduce(0) { sum, package in
            let after = SystemFile.number(in: package.0.counter) ?? package.1
            return sum + (after >= package.1 ? after - package.1 : after + (package.0.range - package.1))
        }
        return Double(spent) * 1e-6 / Double(calls)
    }
}
