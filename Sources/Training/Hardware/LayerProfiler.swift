public import Networks
import Statistics
import Tensors

// t(ℓ, N): the time of layer ℓ in a pass of network N, from the end of the layer before to its own end.

/// Measures layers where they stand: in forward passes of whole networks, after the layers that come before them.
///
/// By itself a layer finds its input and weights in the cache, time after time; in a network it does not. FBNet (B. Wu
/// et al., CVPR 2019, section 3.3) times operations by themselves.
public struct LayerProfiler: Sendable {
    /// How passes are timed: batch, threads, warm-up, repeats, rounds and clock count.
    public var meter: LatencyMeter

    /// A profiler of layers.
    public init(_ meter: LatencyMeter = LatencyMeter()) { self.meter = meter }

    /// For each layer at work the median over its places in all networks of the median of t over the passes, in
    /// milliseconds.
    ///
    /// - Parameter progress: hears how many turns are done of how many.
    /// - Throws: as `LatencyMeter.measure`.
    public func times(
        of networks: [Network], progress: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> [LayerUse: Double] {
        let clock = TimedRounds(
            repeats: max(1, meter.repeats), rounds: max(1, meter.rounds), warmUp: max(0, meter.warmUp),
            clock: meter.clock)
        return try onThreads(meter.threads) {
            let profiles = networks.map { _ in Profile(meter.clock) }
            _ = try clock.times(of: Array(networks.indices), prepare: { try work(networks[$0], profiles[$0]) }) {
                try progress($0, networks.count * clock.rounds)
            }
            var seen: [LayerUse: [Double]] = [:]
            for profile in profiles {
                for (use, times) in profile.medians { seen[use, default: []].append(times) }
            }
            return seen.compactMapValues { Quantiles($0)?.median }
        }
    }

    private func work(_ network: Network, _ profile: Profile) throws -> TimedRounds.Work {
        let model = try network.timed.model()
        try model.requireGradients(false)
        let input = try Tensor.sample(of: network.input, batch: meter.batch)
        let nodes = model.network.nodes
        profile.uses = nodes.indices.map { index in
            let use = LayerUse(
                nodes[index].layer, inputs: nodes[index].inputs.map { nodes[$0].shape }, output: nodes[index].shape)
            return use.isWork ? use : nil
        }
        return TimedRounds.Work(bytes: 4 * (model.network.cost.parameters + input.count)) { isTimed in
            profile.begin(isTimed)
            _ = try model.forward(input, mode: .evaluation, watch: profile.note)
        }
    }
}

/// The times of one network's layers.
private final class Profile {
    /// What each node does, nil where it does no work.
    var uses: [LayerUse?] = []
    private let clock: PassClock
    private var times: [Int: [Double]] = [:]
    private var last = 0.0
    private var isTimed = false

    init(_ clock: PassClock) { self.clock = clock }

    func begin(_ isTimed: Bool) {
        self.isTimed = isTimed
        last = clock.seconds
    }

    /// The time of a view goes to the layer after it.
    func note(_ node: Int) {
        guard uses[node] != nil else { return }
        let now = clock.seconds
        if isTimed { times[node, default: []].append((now - last) * 1e3) }
        last = clock.seconds
    }

    var medians: [(LayerUse, Double)] {
        times.sorted { $0.key < $1.key }.compactMap { node, times in
            uses[node].flatMap { use in Quantiles(times).map { (use, $0.median) } }
        }
    }
}
