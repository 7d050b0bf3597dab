import Glibc
import Statistics
import Tensors

/// Seconds of a clock that only goes forward.
func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Which clock times a forward pass.
public enum PassClock: String, CaseIterable, Hashable, Sendable {
    /// The time that passes.
    case wall
    /// The time that the processor spends on the calling thread, for operations on one thread: on a machine that is busy
    /// otherwise nearer to what a quiet one would need, though caches are shared all the same.
    case cpu

    /// Seconds of this clock.
    var seconds: Double {
        guard self == .cpu else { return monotonicSeconds() }
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

/// A time that was measured several times.
public struct TimeMeasurement: Hashable, Sendable {
    /// The median, in milliseconds.
    public let median: Double
    /// The distance of the quartiles over the median.
    public let spread: Double
    /// How many times were measured.
    public let repeats: Int

    /// - Parameter times: at least one, in milliseconds.
    init(_ times: [Double]) {
        let quantiles = Quantiles(times)
        let (low, middle, high) = (quantiles?[0.25] ?? .nan, quantiles?.median ?? .nan, quantiles?[0.75] ?? .nan)
        median = middle
        spread = middle > 0 ? (high - low) / middle : 0
        repeats = times.count
    }
}

/// Times several pieces of work in turn, round after round, so that a noisy moment of the machine does not hit one of
/// them only.
struct TimedRounds {
    /// How often each is timed in all, at least 1.
    var repeats: Int
    /// In how many rounds, at least 1.
    var rounds: Int
    /// How often each runs untimed at the start of its turn.
    var warmUp: Int
    /// What times it.
    var clock = PassClock.wall

    /// One piece of work, ready to run.
    struct Work {
        /// What it holds in memory between rounds.
        let bytes: Int
        /// Runs it once; hears whether the run is timed or warms up.
        let run: (_ isTimed: Bool) throws -> Void
    }

    /// How many bytes of prepared work are kept between rounds; what is beyond is prepared anew.
    private static let keptBytes = 512 << 20

    /// For each piece of work its times in milliseconds.
    ///
    /// - Parameters:
    ///   - prepare: makes a piece ready; not timed.
    ///   - done: hears after each turn how many there were; what it throws ends the measurement.
    func times(
        of pieces: [Int], prepare: (Int) throws -> Work, done: (Int) throws -> Void
    ) throws -> [[Double]] {
        var times = [[Double]](repeating: [], count: pieces.count)
        var kept: [Int: Work] = [:]
        var bytes = 0
        for round in 0..<rounds {
            let count = repeats * (round + 1) / rounds - repeats * round / rounds
            if count == 0 { continue }
            for (place, piece) in pieces.enumerated() {
                let work = try kept[place] ?? prepare(piece)
                if kept[place] == nil, bytes + work.bytes <= Self.keptBytes {
                    kept[place] = work
                    bytes += work.bytes
                }
                for _ in 0..<warmUp { try work.run(false) }
                for _ in 0..<count {
                    let start = clock.seconds
                    try work.run(true)
                    times[place].append((clock.seconds - start) * 1e3)
                }
                try done(round * pieces.count + place + 1)
            }
        }
        return times
    }
}

/// Runs `body` with operations that use `count` threads, and freed memory kept; restores the number of threads.
func onThreads<Result>(_ count: Int, _ body: () throws -> Result) throws -> Result {
    let before = try Torch.threads
    try Torch.setThreads(count)
    defer { try? Torch.setThreads(before) }
    try Memory.keep()
    return try Memory.guarded { try noGrad(body) }
}
