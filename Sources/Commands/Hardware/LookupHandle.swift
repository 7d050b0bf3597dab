import Estimation
public import Language
import Spaces
import Training

/// A table of the latencies of operations as a value of the language.
public struct LookupHandle: ConvertibleHandle {
    /// What users read in help and errors.
    public static let typeName = "lookup table"
    let table: LookupTable

    /// One line that stands for it.
    public var summary: String {
        "\(table.entries.count) latencies of operations of \(table.space.name) on \(table.device)"
    }

    /// What tells it from others of its type.
    public var identity: String {
        var hash = StableHash()
        for entry in table.entries {
            hash.absorb("\(entry.operation) \(entry.place)")
            hash.absorb([entry.latency])
        }
        return "\(summary) \(hash.text)"
    }

    /// The first lines, and how well it agrees with networks that it was not made from.
    public var display: String {
        let shown = 12
        let lines =
            [("operation", "place", "latency")]
            + table.entries.prefix(shown).map {
                ($0.operation, $0.place, Self.milliseconds($0.latency))
            }
        let widths = (lines.map(\.0.count).max() ?? 0, lines.map(\.1.count).max() ?? 0, lines.map(\.2.count).max() ?? 0)
        let rows = lines.map { operation, place, latency in
            "  \(Self.padded(operation, widths.0))  \(Self.padded(place, widths.1))  "
                + String(repeating: " ", count: widths.2 - latency.count) + latency
        }
        let more = table.entries.count > shown ? ["  … \(table.entries.count - shown) more: `.entries`"] : []
        let agreement = table.agreement
        let judged =
            "  base \(Self.milliseconds(table.base)); of \(agreement.count) networks that it was not made from "
            + "\(Hardware.percent(agreement.withinTenth)) within 10%, median error "
            + "\(Numerals.plain((agreement.medianError * 1000).rounded() / 10))%"
        return ([summary] + rows + more + [judged]).joined(separator: "\n")
    }

    private static func milliseconds(_ number: Double) -> String {
        "\(Numerals.plain((number * 10_000).rounded() / 10_000))ms"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static let entries = Schema([
        ColumnType("operation", .string), ColumnType("place", .string),
        ColumnType("latency", .number, unit: .milliseconds),
    ])

    /// The names after a dot.
    public static let fields = [
        ColumnType("entries", .table(entries)), ColumnType("device", .string), ColumnType("space", .string),
        ColumnType("base", .number, unit: .milliseconds), ColumnType("judged", .int),
        ColumnType("within10", .number, unit: .percent), ColumnType("median_error", .number, unit: .percent),
        ColumnType("spearman", .number),
    ]

    /// The value after a dot; nil where there is none of that name.
    public func field(_ name: String) -> Value? {
        switch name {
        case "entries": .table(asTable)
        case "device": .string(table.device)
        case "space": .string(table.space.name)
        case "base": .quantity(Quantity(table.base, .milliseconds))
        case "judged": .int(table.agreement.count)
        case "within10": .quantity(Quantity(table.agreement.withinTenth * 100, .percent))
        case "median_error": .quantity(Quantity(table.agreement.medianError * 100, .percent))
        case "spearman": table.agreement.spearman.map(Value.float) ?? .none("one side is constant")
        default: nil
        }
    }

    private var asTable: Table {
        Table([
            Column("operation", .strings(table.entries.map(\.operation))),
            Column("place", .strings(table.entries.map(\.place))),
            Column("latency", .floats(table.entries.map(\.latency)), unit: .milliseconds),
        ])
    }

    /// What it says of the architectures of a table, in a column.
    func predictions(over input: Table) throws -> Column {
        let cells = try ArchitectureColumn.cells(of: input)
        guard cells.space.name == table.space.name else {
            throw CommandError(
                "the lookup table is of `\(table.space.name)`, not of `\(cells.space.name)`",
                help: "make one of that space, as in `\(cells.space.name) | lookup device: host`", code: .wrongType)
        }
        let guesses = try Hardware.guarded { try table.latencies(of: cells.matrix) }
        var reasons: [Int: String] = [:]
        for row in guesses.indices where guesses[row] == nil { reasons[row] = "a layer of it was not measured" }
        let missing = MissingCells(flags: guesses.map { $0 == nil }, reasons: reasons)
        return Column("prediction", .floats(guesses.map { $0 ?? .nan }), missing: missing, unit: .milliseconds)
    }
}
