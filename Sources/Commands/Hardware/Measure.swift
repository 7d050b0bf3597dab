import Language
import Networks
import Spaces
import Tensors
import Training

/// What networks take on this machine.
struct MeasureCommand: Command {
    static let name = "measure"
    static let chapter = Chapter.measuring
    static let summary = "Measure networks on this machine: latency, peak memory, or energy of a forward pass."
    static let discussion = """
        `latency` is the median over `repeats` passes in evaluation mode, in ms, after `warm_up` untimed ones in each of \
        up to five turns; `latency_spread` the distance of the quartiles, of the median. All networks are timed in turn, so \
        that a noisy moment does not hit one only; one whose spread is wider than `max_spread` is measured again, up to \
        three times, and is then `none` with its reason (of a single network an error). `memory` is how far the resident \
        memory of the program rises from before the network is made to the peak of a pass: weights, activations and what \
        libtorch needs besides. `energy` is what the processor's counters (RAPL) say, in J, where the machine exposes them. \
        Of architectures networks are built for the space's own input unless `input` and `classes` say otherwise; their \
        weights do not matter. A `network` gives a record. Definitions: docs/hardware.md.
        """
    static let examples = [
        Example(
            """
            nats_size | sample 3, seed: 0 | measure latency, input: [3, 16, 16], repeats: 5, max_spread: 100%
            | columns | count
            """, gives: "3"),
        Example(
            #"(arch macro, "01210012" | network | measure latency, repeats: 4, max_spread: 100%).batch"#, gives: "1"),
        Example(#"arch nats_size, "8:8:8:16:32" | measure memory | columns | count"#, gives: "2"),
    ]

    static func isMeasured(_ call: CallOutline) -> Bool { true }

    @Argument("what to measure") var quantity: MeasuredQuantity = .latency
    var host = HostOptions()
    @Option("shape of an input sample, [C, H, W]; the space's own unless given") var input: [Int] = []
    @Option("number of classes; the space's own unless given") var classes: Int?

    func outputType(for input: ValueType) throws -> ValueType {
        if case .handle(NetworkHandle.typeName) = input {
            return .record(Schema(quantity_.columns + [ColumnType("batch", .int), ColumnType("threads", .int)]))
        }
        if input == .any { return .any }
        return .table(quantity_.columns.reduce(try NetworkInput.schema(of: input)) { $0.adding($1) })
    }

    private var quantity_: MeasuredQuantity { $quantity.known ?? .latency }

    func run(_ input: NetworkInput, in context: Context) throws -> Value {
        let meter = try host.meter()
        return try Hardware.guarded {
            switch input {
            case .network(let network):
                guard self.input.isEmpty, classes == nil else {
                    throw CommandError(
                        "a network has its input and classes", help: "leave `input` and `classes` out",
                        argument: self.input.isEmpty ? "classes" : "input", code: .unknownArgument)
                }
                let columns = try columns(1, meter, context) { _ in network.blueprint }
                return .record(try record(columns, meter))
            case .architectures(let architectures):
                let (table, cells) = (try architectures.asTable(), try architectures.cells())
                let shape = try InputShape.read(self.input, otherwise: cells.space.input)
                let columns = try columns(cells.count, meter, context) { row in
                    try cells.space.network(
                        for: cells.matrix[row], input: shape, classes: classes ?? cells.space.classes
                    ).timed
                }
                return .table(columns.reduce(table) { $0.adding($1) })
            }
        }
    }

    private func columns(
        _ count: Int, _ meter: LatencyMeter, _ context: Context, _ blueprint: (Int) throws -> Blueprint
    ) throws -> [Column] {
        let live = try (0..<count).map { row in
            do {
                _ = try blueprint(row).network.layersAtWork()
                return nil as String?
            } catch let error as NetworkError { return error.reason }
        }
        let rows = live.indices.filter { live[$0] == nil }
        let found: [Column]
        switch quantity {
        case .latency:
            let measured = try meter.measure(rows.count, { try blueprint(rows[$0]) }) { done, total in
                try context.cancel.check()
                context.progress.report(done: done, of: total, label: "measure")
            }
            found = Hardware.columns(measured, meter)
        case .memory:
            var memory = PeakMemory()
            (memory.batch, memory.threads) = (meter.batch, meter.threads)
            found = [
                Column(
                    "memory", .floats(try each(rows, context) { Double(try memory.measure(blueprint($0))) }),
                    unit: .bytes)
            ]
        case .energy:
            var energy = try EnergyMeter()
            (energy.batch, energy.threads) = (meter.batch, meter.threads)
            found = [
                Column("energy", .floats(try each(rows, context) { try energy.measure(blueprint($0)) }), unit: .joules)
            ]
        }
        return found.map { $0.spread(over: live) }
    }

    private func each(_ rows: [Int], _ context: Context, _ body: (Int) throws -> Double) throws -> [Double] {
        try rows.enumerated().map { place, row in
            try context.cancel.check()
            context.progress.report(done: place, of: rows.count, label: "measure")
            return try body(row)
        }
    }

    /// What was measured of one network.
    private func record(_ columns: [Column], _ meter: LatencyMeter) throws -> Record {
        var record = Record()
        for column in columns {
            if column.missing[0] {
                throw CommandError(
                    column.missing.reasons[0] ?? "it could not be measured",
                    help: "end what else runs, give more `repeats`, or a larger `max_spread`", code: .failed)
            }
            record[column.name] = column.values[0]
        }
        record["batch"] = .int(meter.batch)
        record["threads"] = .int(meter.threads)
        return record
    }
}

/// What of a network can be measured.
enum MeasuredQuantity: String, CaseIterable, Constant {
    case latency, memory, energy

    static let kind = "measured quantity"

    /// The columns that it makes.
    var columns: [ColumnType] {
        switch self {
        case .latency:
            [
                ColumnType("latency", .number, unit: .milliseconds),
                ColumnType("latency_spread", .number, unit: .percent),
            ]
        case .memory: [ColumnType("memory", .number, unit: .bytes)]
        case .energy: [ColumnType("energy", .number, unit: .joules)]
        }
    }
}

extension Column {
    /// Its cells in the rows without a fault; in the others none, for the reason of the fault.
    fileprivate func spread(over faults: [String?]) -> Column {
        guard faults.contains(where: { $0 != nil }) else { return self }
        let numbers = numbers ?? []
        var (cells, flags, reasons, place): ([Double], [Bool], [Int: String], Int) = ([], [], [:], 0)
        for (row, fault) in faults.enumerated() {
            cells.append(fault == nil ? numbers[place] : .nan)
            flags.append(fault != nil || missing[place])
            reasons[row] = fault ?? missing.reasons[place]
            if fault == nil { place += 1 }
        }
        return Column(name, .floats(cells), missing: MissingCells(flags: flags, reasons: reasons), unit: unit)
    }
}
