import Estimation
import Language
import Networks
import Spaces
import Statistics
import Training

/// A table of the latencies of operations.
struct Lookup: Command {
    static let chapter = Chapter.measuring
    static let summary = "Make a table of what each operation takes on a device; the sum predicts a network's latency."
    static let discussion = """
        Of a device of the published latencies the table comes by regression from whole networks: a base, and for each \
        place of the architecture and each operation the milliseconds that it adds, none negative (ridge regression over \
        all measured networks; live operations only where that guesses better). Every tenth network is held out first \
        and judges the table: `within10`, `median_error`, `spearman`. `host` is this machine: every distinct layer of the \
        space's networks is timed where it stands, in passes of networks that hold it, and the sums are fitted to a few \
        whole networks (a base, a factor for layers with weights, one for others, and one for their number); as many \
        further networks judge it. \
        `predict` applies a table; `.entries` are its lines.
        """
    static let examples = [
        Example("(fbnet | lookup device: raspi4).entries | count", gives: "198"),
        Example(
            """
            lut = nb201 | lookup device: fpga; nb201 | sample 200, seed: 0 | query latency, device: fpga
            | predict lut | correlate .prediction, with: .latency | select .spearman
            """),
    ]

    static func isMeasured(_ call: CallOutline) -> Bool { !LatencyDevice.isPublished(call) }

    @Option("the device: one of the published latencies', or host") var device: LatencyDevice
    var host = HostOptions()
    @Option("how many whole networks a table of the host is fitted to, and how many judge it") var networks = 12
    @Option("start of the random numbers") var seed: SeedOption = .derived

    func outputType(for input: ValueType) throws -> ValueType { .handle(LookupHandle.typeName) }

    func run(_ input: SpaceHandle, in context: Context) throws -> LookupHandle {
        guard device.isHost else {
            return LookupHandle(
                table: try answering {
                    try LookupTable.regressed(of: input.space, device: device.name, in: .known)
                })
        }
        guard (2...1_000).contains(networks) else {
            throw CommandError("`networks` must be from 2 to 1000", argument: "networks", code: .outOfRange)
        }
        var settings = LookupTable.HostSettings()
        settings.meter = try host.meter()
        (settings.fitted, settings.judged) = (networks, networks)
        var generator = seed.generator(in: context)
        return try Hardware.guarded {
            LookupHandle(
                table: try LookupTable.measured(of: input.space, settings, using: &generator) { done, total in
                    try context.cancel.check()
                    context.progress.report(done: done, of: total, label: "measure")
                })
        }
    }
}

/// A device whose latencies are published, or this machine.
struct LatencyDevice: Constant, CustomStringConvertible {
    static let kind = "device"
    static let all = [ConstantName("host", "this machine")] + DeviceName.all
    static let host = LatencyDevice(constant: "host")
    let name: String

    init(constant name: String) { self.name = name }

    /// Whether a call names a device whose latencies are published; else it may well be this machine.
    static func isPublished(_ call: CallOutline) -> Bool {
        !call.mentioned.isDisjoint(with: DeviceName.all.map(\.name))
    }

    /// Whether it is this machine.
    var isHost: Bool { name == "host" }
    var description: String { name }
}
