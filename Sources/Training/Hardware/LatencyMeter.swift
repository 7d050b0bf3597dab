public import Networks
import Statistics
import Tensors

/// Measures how long networks take on this machine: a forward pass in evaluation mode, without gradients.
///
/// Networks are timed in turn over several rounds; each turn begins with untimed passes. What is reported is the median
/// over all passes with its spread, the distance of the quartiles over the median. Networks whose spread is too wide are
/// measured anew. The layers run as they are: batch normalisations are not folded into convolutions, and nothing is
/// compiled; but operations on no path are left out, and what equal layers of one input compute is computed once.
public struct LatencyMeter: Sendable {
    /// Samples of a pass, at least 1.
    public var batch = 1
    /// Threads of an operation, at least 1.
    public var threads = 1
    /// What times a pass; `cpu` sees one thread only.
    public var clock = PassClock.wall
    /// Untimed passes at the start of each turn.
    public var warmUp = 2
    /// Timed passes of each network in all, at least 1.
    public var repeats = 30
    /// In how many rounds, at least 1.
    public var rounds = 5
    /// The widest spread that is still an answer.
    public var maxSpread = 0.25
    /// How often networks with a wider spread are measured anew.
    public var retries = 3

    /// A meter with the usual settings.
    public init() {}

    /// The latencies of `count` networks, `nil` for those whose spread stays too wide; beside each the last measurement.
    ///
    /// - Parameters:
    ///   - blueprint: the network of a number; asked for again where not all fit in memory.
    ///   - progress: hears how many turns are done of how many.
    /// - Throws: `NetworkError` where a network has no path, `TensorError` where libtorch cannot be opened, what
    ///   `progress` throws.
    public func measure(
        _ count: Int, _ blueprint: (Int) throws -> Blueprint, progress: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> [TimeMeasurement] {
        let clock = TimedRounds(
            repeats: max(1, repeats), rounds: max(1, rounds), warmUp: max(0, warmUp), clock: self.clock)
        return try onThreads(threads) {
            var found = [TimeMeasurement?](repeating: nil, count: count)
            var open = Array(0..<count)
            for _ in 0...max(0, retries) where !open.isEmpty {
                let total = open.count * clock.rounds
                let times = try clock.times(of: open, prepare: { try work(blueprint($0)) }) {
                    try progress($0, total)
                }
                for (place, number) in open.enumerated() { found[number] = TimeMeasurement(times[place]) }
                open = open.filter { found[$0]!.spread > maxSpread }
            }
            return found.map { $0! }
        }
    }

    /// Whether a measurement is an answer.
    public func isSteady(_ measurement: TimeMeasurement) -> Bool { measurement.spread <= maxSpread }

    private func work(_ blueprint: Blueprint) throws -> TimedRounds.Work {
        let model = try blueprint.model()
        try model.requireGradients(false)
        let input = try Tensor.sample(of: model.network.input, batch: batch)
        return TimedRounds.Work(bytes: 4 * (model.network.cost.parameters + input.count)) { _ in
            _ = try model.forward(input, mode: .evaluation)
        }
    }
}

extension Network {
    /// What its latency is measured on: weights that keep the size of signals, as very small numbers are slow.
    public var timed: Blueprint { Blueprint(self, initialization: .kaimingNormal) }
}

extension Tensor {
    /// Numbers evenly from [−√3, √3), with mean 0 and variance 1, `[batch, C, H, W]`; always the same.
    static func sample(of shape: Shape, batch: Int) throws(TensorError) -> Tensor {
        var random = Random(seed: 0)
        let count = batch * shape.count
        let values = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            for place in 0..<count { buffer[place] = (Float(random.next() >> 40) * 0x1p-23 - 1) * 1.7320508 }
            filled = count
        }
        return try Tensor(values, shape: [batch, shape.channels, shape.height, shape.width])
    }
}
