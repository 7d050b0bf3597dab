import Language
import Networks
import Spaces

/// The columns that tell what architectures cost: each measure of the whole network, then of its live part.
enum CostColumns {
    private static let measures: [(name: String, unit: Unit?, of: @Sendable (NetworkCost) -> Int)] = [
        ("params", nil, { $0.parameters }), ("macs", nil, { $0.macs }), ("activations", .bytes, { $0.activationBytes }),
        ("peak_memory", .bytes, { $0.peakBytes }), ("depth", nil, { $0.depth }),
    ]

    /// Their names, types and units.
    static let types = ["", "live_"].flatMap { prefix in
        measures.map { ColumnType(prefix + $0.name, .int, unit: $0.unit) }
    }

    /// One column a measure, one cell an architecture.
    static func columns(of costs: [ArchitectureCost]) -> [Column] {
        measures.map { column($0.name, costs.map(\.raw).map($0.of), unit: $0.unit) }
            + measures.map { column("live_\($0.name)", costs.map(\.live).map($0.of), unit: $0.unit) }
    }

    private static func column(_ name: String, _ values: [Int], unit: Unit?) -> Column {
        guard let unit else { return Column(name, .ints(values)) }
        return Column(name, .floats(values.map(Double.init)), unit: unit)
    }
}
