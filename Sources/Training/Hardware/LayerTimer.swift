import Networks
import Tensors

/// Measures single layers on this machine, each by itself.
public struct LayerTimer: Sendable {
    /// How passes are timed: batch, threads, warm-up, repeats and rounds count.
    public var meter: LatencyMeter

    /// A timer of layers.
    public init(_ meter: LatencyMeter = LatencyMeter()) { self.meter = meter }

    /// The median times of layers in milliseconds.
    ///
    /// - Parameter progress: hears how many turns are done of how many.
    /// - Throws: as `LatencyMeter.measure`.
    public func times(
        of uses: [LayerUse], progress: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> [Double] {
        let clock = TimedRounds(
            repeats: meter.repeats, rounds: meter.rounds, warmUp: meter.warmUp, clock: meter.clock)
        return try onThreads(meter.threads) {
            let times = try clock.times(of: Array(uses.indices), prepare: { try work(uses[$0]) }) {
                try progress($0, uses.count * clock.rounds)
            }
            return times.map { TimeMeasurement($0).median }
        }
    }

    /// The network that runs the layer alone. Several inputs are one tensor; the second of a product, one number a
    /// channel, is the mean of the first, so its time is part of the product's.
    private func work(_ use: LayerUse) throws -> TimedRounds.Work {
        var net = NetworkBuilder(input: use.inputs.first ?? use.output)
        var inputs = [Int](repeating: net.input, count: use.inputs.count)
        if case .multiply = use.layer, use.inputs.last != use.inputs.first {
            inputs[inputs.count - 1] = try net.add(.globalAveragePool, net.input)
        }
        if case .linear = use.layer { inputs = [try net.add(.flatten, net.input)] }
        let network = net.finish(try net.add(use.layer, inputs, "layer"))
        let model = try network.timed.model()
        let input = try Tensor.sample(of: network.input, batch: meter.batch)
        try model.requireGradients(false)
        return TimedRounds.Work(bytes: 4 * (use.parameters + input.count)) {
            _ = try model.forward(input, mode: .evaluation)
        }
    }
}
