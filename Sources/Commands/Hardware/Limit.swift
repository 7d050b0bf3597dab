import Estimation
import Language
import Networks
import Spaces
import Statistics
import Training

/// Architectures that keep a limit, measured.
struct Limit: Command {
    static let chapter = Chapter.measuring
    static let summary = "Find architectures below a latency, by a calibrated predictor, and measure each of them."
    static let discussion = """
        Measures `calibrate` of the candidates on the device, drawn at random, and fits the predictor `latency` to them. \
        Candidates whose predicted latency plus the margin that its own error demands (the upper end of its interval for \
        nine tenths) lies below the limit go on; of these the best `finalists` by the column `by`, or else those with the \
        most multiply-adds, are measured. The table has these with `predicted`, `margin`, `latency`, and `passes`: whether \
        the measured latency keeps the limit; `none` where times spread too widely. Of a space `candidates` are sampled. On \
        a device of the published latencies its table answers instead of a measurement.
        """
    static let examples = [
        Example(
            """
            nb201 | sample 200, seed: 0 | limit latency: 12ms, on: pixel3, finalists: 3, seed: 0
            | where .passes | columns | count
            """, gives: "5"),
        Example(
            """
            nats_size | sample 12, seed: 0
            | limit latency: 10s, on: host, calibrate: 4, finalists: 2, repeats: 4, max_spread: 100%, seed: 0 | count
            """, gives: "2"),
    ]

    static func isMeasured(_ call: CallOutline) -> Bool { !LatencyDevice.isPublished(call) }

    @Option("the limit") var latency: Quantity
    @Option("the device: host, or one of the published latencies'") var on: LatencyDevice = .host
    @Option("how many candidates are measured to learn from") var calibrate = 20
    @Option("how many of those that remain are measured") var finalists = 10
    @Option("the column by which finalists are best, such as .accuracy") var by: Measure?
    @Option("of a space, how many are sampled") var candidates = 1_000
    var host = HostOptions()
    @Option("start of the random numbers") var seed: SeedOption = .derived

    func outputType(for input: ValueType) throws -> ValueType {
        if let limit = $latency.known, limit.unit.dimension != .time || limit.magnitude <= 0 {
            throw CommandError(
                "`latency` must be a time above 0, such as 5ms", argument: "latency", code: .outOfRange)
        }
        if input == .any { return .table(.unknown) }
        let schema: Schema =
            if case .handle(SpaceHandle.typeName) = input { ArchitectureColumn.schema } else {
                try Architectures.schema(of: input)
            }
        return .table(Self.columns.reduce(schema) { $0.adding($1) })
    }

    private static let columns = [
        ColumnType("predicted", .number, unit: .milliseconds), ColumnType("margin", .number, unit: .milliseconds),
        ColumnType("latency", .number, unit: .milliseconds), ColumnType("passes", .bool),
    ]

    func run(_ input: LimitInput, in context: Context) throws -> Table {
        try check()
        var generator = seed.generator(in: context)
        let table = try input.table(candidates, using: &generator)
        let cells = try ArchitectureColumn.cells(of: table)
        guard cells.count >= 2 else {
            throw CommandError(
                "there \(cells.count == 1 ? "is 1 candidate" : "are no candidates")", help: "give more architectures",
                code: .failed)
        }
        return try Hardware.guarded {
            let meter = try host.meter()
            let ruler = LatencyRuler(device: on, cells: cells, meter: meter, context: context)
            let guesses = try predictions(cells, ruler, using: &generator)
            let most = latency.magnitude(in: .milliseconds)
            let kept = guesses.indices.filter { guesses[$0].mean + Self.margin(guesses[$0]) < most }
            let chosen = try kept.isEmpty ? smallest(guesses, ruler, most) : best(kept, of: table, cells)
            return Self.table(table, chosen, guesses, try ruler.latencies(of: chosen), limit: most)
        }
    }

    private func check() throws {
        for (name, value, least) in [
            ("calibrate", calibrate, 4), ("finalists", finalists, 1), ("candidates", candidates, 2),
        ] where !(least...1_000_000).contains(value) {
            throw CommandError("`\(name)` must be at least \(least)", argument: name, code: .outOfRange)
        }
    }

    /// How far above a guess the limit must lie.
    private static func margin(_ guess: Prediction) -> Double { 1.6448536269514722 * guess.deviation }

    /// What a predictor that has measured some candidates says of all.
    private func predictions(
        _ cells: ArchitectureCells, _ ruler: LatencyRuler, using generator: inout Random
    ) throws -> [Prediction] {
        let drawn = generator.distinct(min(calibrate, cells.count), below: cells.count).sorted()
        let measured = try ruler.latencies(of: drawn)
        let known = drawn.indices.filter { measured[$0].value != nil }
        guard known.count >= 4 else {
            throw CommandError(
                "only \(known.count) of \(drawn.count) networks could be measured: "
                    + (measured.lazy.compactMap(\.reason).first ?? ""),
                help: "end what else runs, give more `repeats`, or a larger `max_spread`", code: .failed)
        }
        let inputs = try FeatureExtractor(cells.space).inputs(of: cells.matrix)
        let fitted = try Latency().fitted(
            to: inputs.gather(known.map { drawn[$0] }), targets: known.compactMap { measured[$0].value },
            using: &generator)
        return try fitted.predictions(for: inputs)
    }

    /// The best of the rows that are left.
    private func best(_ rows: [Int], of table: Table, _ cells: ArchitectureCells) throws -> [Int] {
        let worth: [Double]
        if let by {
            worth = try by.numbers(over: table)
        } else {
            let prices = try cells.space.costModel(input: cells.space.input, classes: cells.space.classes)
            worth = try prices.costs(of: cells.matrix).map { Double($0.live.macs) }
        }
        let ranked = rows.filter { worth[$0].isFinite }.sorted { (worth[$1], $0) < (worth[$0], $1) }
        return Array(ranked.prefix(finalists))
    }

    /// The row that is guessed to take least, where it keeps the limit after all.
    private func smallest(_ guesses: [Prediction], _ ruler: LatencyRuler, _ most: Double) throws -> [Int] {
        let row = guesses.indices.min { guesses[$0].mean < guesses[$1].mean } ?? 0
        let found = try ruler.latencies(of: [row])[0]
        let needs = found.value ?? guesses[row].mean
        guard needs <= most else {
            let text = Numerals.plain((needs * 1000).rounded() / 1000)
            throw CommandError(
                "no candidate keeps \(Numerals.plain(most))ms: the smallest needs \(text)ms on \(on.name)",
                help: "give a larger limit or smaller candidates", argument: "latency", code: .failed)
        }
        return [row]
    }

    private static func table(
        _ table: Table, _ rows: [Int], _ guesses: [Prediction], _ found: [LatencyRuler.Reading], limit: Double
    ) -> Table {
        var reasons: [Int: String] = [:]
        for (row, reading) in found.enumerated() { reasons[row] = reading.reason }
        let missing = MissingCells(flags: found.map { $0.value == nil }, reasons: reasons)
        return table.gather(rows)
            .adding(Column("predicted", .floats(rows.map { guesses[$0].mean }), unit: .milliseconds))
            .adding(Column("margin", .floats(rows.map { margin(guesses[$0]) }), unit: .milliseconds))
            .adding(Column("latency", .floats(found.map { $0.value ?? .nan }), missing: missing, unit: .milliseconds))
            .adding(Column("passes", .bools(found.map { $0.value ?? .infinity <= limit }), missing: missing))
    }
}

/// A table of architectures, or the space to sample them from.
enum LimitInput: ValueReadable {
    case table(Table)
    case space(SpaceHandle)

    static let valueType = ValueType.oneOf([.handle(SpaceHandle.typeName), .table(.unknown)])

    init?(_ value: Value) {
        guard let own = SpaceHandle(value).map(Self.space) ?? Table(value).map(Self.table) else { return nil }
        self = own
    }

    /// The candidates.
    func table(_ count: Int, using generator: inout Random) throws -> Table {
        switch self {
        case .table(let table): return table
        case .space(let handle):
            let space = handle.space
            let count = min(count, space.count() ?? count)
            return ArchitectureColumn.table(try space.sampleDistinct(count: count, using: &generator), of: space)
        }
    }
}

/// What latencies are read from: this machine, or a published table.
struct LatencyRuler {
    let device: LatencyDevice
    let cells: ArchitectureCells
    let meter: LatencyMeter
    let context: Context

    /// A latency in milliseconds, or why there is none.
    struct Reading {
        let value: Double?
        let reason: String?
    }

    /// The latencies of some rows.
    func latencies(of rows: [Int]) throws -> [Reading] {
        guard device.isHost else { return try published(rows) }
        let networks = try rows.map { try cells.space.network(for: cells.matrix[$0]) }
        let live = networks.indices.filter { (try? networks[$0].layersAtWork()) != nil }
        let found = try meter.measure(live.count, { networks[live[$0]].timed }) { done, total in
            try context.cancel.check()
            context.progress.report(done: done, of: total, label: "measure")
        }
        var readings = networks.map { _ in Reading(value: nil, reason: "no path leads from the input to the output") }
        for (place, measurement) in zip(live, found) {
            let isSteady = meter.isSteady(measurement)
            readings[place] = Reading(
                value: isSteady ? measurement.median : nil,
                reason: isSteady ? nil : Hardware.unsteady(measurement, meter))
        }
        return readings
    }

    private func published(_ rows: [Int]) throws -> [Reading] {
        let column = try answering { try Tables.known.latency(space: cells.space.name, device: device.name) }
        return rows.map { row in
            let value = column.value(for: cells.matrix.genes(of: row))
            return Reading(value: value, reason: value == nil ? "it was not measured on \(device.name)" : nil)
        }
    }
}
