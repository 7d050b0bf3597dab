import Language
import Networks
import Spaces
import Training

/// What layers take at least, from what this machine can do.
struct RooflineCommand: Command {
    static let name = "roofline"
    static let chapter = Chapter.measuring
    static let summary = "Estimate latency from this machine's measured peak and bandwidth, layer by layer."
    static let discussion = """
        A layer takes at least max(operations/peak, bytes/bandwidth): two operations a multiply-add, and every layer reads \
        its inputs and parameters from memory and writes its output there, in 32-bit floats. Of architectures it adds \
        `roofline`, the sum over the layers that a pass runs, in ms; of a `network` it gives a table of these layers. Peak \
        (a product of matrices) and bandwidth (a copy) are measured with `threads` threads unless `peak` (operations a \
        second) and `bandwidth` (bytes a second) are given. S. Williams, A. Waterman and D. Patterson: Roofline, \
        Communications of the ACM 52(4), 2009.
        """
    static let examples = [
        Example(
            #"(arch nats_size, "8:8:8:16:32" | roofline peak: 50G, bandwidth: 10G).roofline | count"#, gives: "1"),
        Example(
            """
            arch macro, "01210012" | network | roofline peak: 50G, bandwidth: 10G | where .bound == "memory"
            | count
            """),
    ]

    static func isMeasured(_ call: CallOutline) -> Bool { !call.named.isSuperset(of: ["peak", "bandwidth"]) }

    @Option("samples of a forward pass") var batch = 1
    @Option("threads of an operation") var threads = 1
    @Option("operations a second, measured unless given") var peak: Double?
    @Option("bytes a second, measured unless given") var bandwidth: Double?

    private static let layers = Schema([
        ColumnType("layer", .string), ColumnType("shape", .string), ColumnType("operations", .int),
        ColumnType("bytes", .number, unit: .bytes), ColumnType("roofline", .number, unit: .milliseconds),
        ColumnType("bound", .string),
    ])

    func outputType(for input: ValueType) throws -> ValueType {
        if case .handle(NetworkHandle.typeName) = input { return .table(Self.layers) }
        if input == .any { return .table(.unknown) }
        return .table(
            try NetworkInput.schema(of: input).adding(ColumnType("roofline", .number, unit: .milliseconds)))
    }

    func run(_ input: NetworkInput, in context: Context) throws -> Table {
        for (name, value) in [("batch", batch), ("threads", threads)] where value < 1 {
            throw CommandError("`\(name)` must be at least 1", argument: name, code: .outOfRange)
        }
        for (name, value) in [("peak", peak), ("bandwidth", bandwidth)] where value ?? 1 <= 0 {
            throw CommandError("`\(name)` must be above 0", argument: name, code: .outOfRange)
        }
        return try Hardware.guarded {
            let machine = try machine(context)
            switch input {
            case .network(let network):
                return Self.table(try machine.bounds(of: network.blueprint.network, batch: batch))
            case .architectures(let architectures):
                return try adding(machine, to: architectures, context)
            }
        }
    }

    private func machine(_ context: Context) throws -> Machine {
        if let peak, let bandwidth { return Machine(peak: peak, bandwidth: bandwidth) }
        let own = try Machine.measured(threads: threads)
        context.note(
            "measured with \(threads) \(threads == 1 ? "thread" : "threads"): \(Self.billions(own.peak)) operations a "
                + "second, \(Self.billions(own.bandwidth)) bytes a second")
        return Machine(peak: peak ?? own.peak, bandwidth: bandwidth ?? own.bandwidth)
    }

    private static func billions(_ number: Double) -> String { "\((number / 1e8).rounded() / 10)G" }

    private func adding(_ machine: Machine, to architectures: Architectures, _ context: Context) throws -> Table {
        let (table, cells) = (try architectures.asTable(), try architectures.cells())
        var (times, reasons): ([Double], [Int: String]) = ([], [:])
        for row in 0..<cells.count {
            if row % 100 == 0 { try context.cancel.check() }
            do {
                let network = try cells.space.network(for: cells.matrix[row])
                times.append(try machine.bounds(of: network, batch: batch).reduce(0) { $0 + $1.time })
            } catch let error as NetworkError {
                times.append(.nan)
                reasons[row] = error.reason
            }
        }
        let missing = MissingCells(flags: times.map(\.isNaN), reasons: reasons)
        return table.adding(Column("roofline", .floats(times), missing: missing, unit: .milliseconds))
    }

    private static func table(_ bounds: [LayerBound]) -> Table {
        Table([
            Column("layer", .strings(bounds.map(\.use.name))),
            Column("shape", .strings(bounds.map { "\($0.use.inputs.first ?? $0.use.output)" })),
            Column("operations", .ints(bounds.map(\.operations))),
            Column("bytes", .floats(bounds.map { Double($0.bytes) }), unit: .bytes),
            Column("roofline", .floats(bounds.map(\.time)), unit: .milliseconds),
            Column("bound", .strings(bounds.map { $0.computing >= $0.moving ? "compute" : "memory" })),
        ])
    }
}
