/// One axis of a figure.
public struct Axis: Sendable, Codable, Hashable {
    /// How values are spread over the axis.
    public enum Scale: String, Sendable, Codable, CaseIterable {
        /// Equal differences, equal distances.
        case linear
        /// Equal ratios, equal distances; lines and bands fall to the lower end where they are
        /// not above 0; other marks that are not are left out and counted.
        case logarithmic
    }

    /// What is measured, such as `latency`.
    public var label: String?

    /// The unit, such as `ms`, written after the label; `%` goes to the tick labels instead (94.37 reads 94.37%).
    public var unit: String?

    /// How values are spread.
    public var scale: Scale

    /// The lowest value shown; nil takes it from the data.
    public var low: Double?

    /// The highest value shown; nil takes it from the data.
    public var high: Double?

    /// Makes an axis; `low` and `high` are in the unit of the data.
    public init(
        _ label: String? = nil, unit: String? = nil, scale: Scale = .linear, low: Double? = nil, high: Double? = nil
    ) {
        self.label = label
        self.unit = unit
        self.scale = scale
        self.low = low
        self.high = high
    }

    /// The label with its unit in parentheses: `latency (ms)`.
    var heading: String? {
        guard let unit, !unit.isEmpty, unit != "%" else { return label }
        return label.map { "\($0) (\(unit))" } ?? unit
    }
}
