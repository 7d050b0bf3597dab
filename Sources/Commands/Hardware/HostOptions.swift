import Language
import Networks
import Tensors
import Training

/// How this machine is measured.
struct HostOptions: ParameterGroup {
    @Option("samples of a forward pass") var batch = 1
    @Option("threads of an operation") var threads = 1
    @Option("untimed passes before each turn") var warmUp = 2
    @Option("timed passes of each network in all") var repeats = 30
    @Option("the widest distance of the quartiles, of the median, that is still an answer") var maxSpread =
        Percentage(25)
    @Option("which clock; cpu for one thread on a machine that is busy otherwise") var clock: ClockName = .wall

    /// The meter of these settings.
    ///
    /// - Throws: `CommandError` for one out of range.
    func meter() throws -> LatencyMeter {
        let whole = [("batch", batch, 1), ("threads", threads, 1), ("warm_up", warmUp, 0), ("repeats", repeats, 2)]
        for (name, value, least) in whole where !(least...100_000).contains(value) {
            throw CommandError(
                "`\(name)` must be from \(least) to 100000, not \(value)", argument: name, code: .outOfRange)
        }
        var meter = LatencyMeter()
        (meter.batch, meter.threads, meter.warmUp, meter.repeats) = (batch, threads, warmUp, repeats)
        meter.rounds = min(5, repeats)
        meter.maxSpread = maxSpread.fraction
        guard clock == .wall || threads == 1 else {
            throw CommandError(
                "the clock `cpu` sees one thread only", help: "give `threads: 1`, or leave `clock` out",
                argument: "clock", code: .outOfRange)
        }
        meter.clock = clock.clock
        return meter
    }
}

/// Which clock times a pass.
enum ClockName: String, CaseIterable, Constant {
    case wall, cpu

    static let kind = "clock"

    var clock: PassClock { self == .wall ? .wall : .cpu }
}

/// What the words on hardware share.
enum Hardware {
    /// Runs `body`; its errors become those of the language.
    static func guarded<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try Predicting.guarded(body)
        } catch let error as HardwareError {
            throw CommandError(error.reason, help: error.hint, code: .failed)
        } catch let error as TensorError {
            throw CommandError(error.description, code: .failed)
        } catch let error as TrainingError {
            throw CommandError(error.description, code: .failed)
        }
    }

    /// Why a measurement is no answer.
    static func unsteady(_ measurement: TimeMeasurement, _ meter: LatencyMeter) -> String {
        "times spread by \(percent(measurement.spread)) of the median, more than the \(percent(meter.maxSpread)) of "
            + "`max_spread`, after \(meter.retries) more tries"
    }

    /// The columns of latencies: what is unsteady is none, with its reason.
    static func columns(_ measurements: [TimeMeasurement], _ meter: LatencyMeter) -> [Column] {
        var reasons: [Int: String] = [:]
        for (row, measurement) in measurements.enumerated() where !meter.isSteady(measurement) {
            reasons[row] = unsteady(measurement, meter)
        }
        let missing = MissingCells(flags: measurements.map { !meter.isSteady($0) }, reasons: reasons)
        return [
            Column("latency", .floats(measurements.map(\.median)), missing: missing, unit: .milliseconds),
            Column("latency_spread", .floats(measurements.map { $0.spread * 100 }), unit: .percent),
        ]
    }

    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}
