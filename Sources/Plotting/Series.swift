/// Values that belong together and are drawn alike.
///
/// A value that is missing is NaN. Missing and infinite values, and those beyond ±1e300, leave a gap.
public struct Series: Sendable, Codable, Hashable {
    /// The shape that stands for the values.
    public enum Mark: String, Sendable, Codable, CaseIterable {
        /// A dot at each point; coloured by ``Series/values`` where given.
        case points
        /// A line through the points, in the order given.
        case lines
        /// A line with a dot at each point.
        case linesAndPoints
        /// A staircase through the points: level, then up or down.
        case steps
        /// The area between ``Series/low`` and ``Series/high`` over x, with a line through y where given.
        case band
        /// A bar from zero to each value; lies on its side where y holds the names.
        case bars
        /// A box and whiskers (Tukey) for all the values of one place or name.
        case boxes
        /// A dot with a bar from ``Series/low`` to ``Series/high``.
        case errorBars
        /// A coloured cell of ``Series/values`` at each pair of x and y: a heat map.
        case cells
    }

    /// How much a series stands out.
    public enum Emphasis: String, Sendable, Codable, CaseIterable {
        /// A colour of the palette.
        case normal
        /// Light grey and behind: the cloud that others stand out from.
        case muted
        /// A colour of the palette, larger and thicker.
        case strong
    }

    /// The legend's text; nil keeps the series out of the legend. Series of one name share a colour and an entry.
    public var name: String?

    /// The shape that stands for the values.
    public var mark: Mark

    /// Places along the horizontal axis.
    public var x: Values

    /// Places along the vertical axis; empty for a band without a middle line.
    public var y: Values

    /// The lower ends of bands and error bars; empty where there are none.
    public var low: Values

    /// The upper ends of bands and error bars; empty where there are none.
    public var high: Values

    /// The values behind colours, of cells and of points; empty where there are none.
    public var values: Values

    /// The width of each bar in units of x, for histograms; nil takes it from the spacing of the bars.
    public var barWidth: Double?

    /// How much the series stands out.
    public var emphasis: Emphasis

    /// Makes a series. All columns that are given need as many rows as `x`.
    public init(
        _ mark: Mark, x: Values, y: Values = [], low: Values = [], high: Values = [], values: Values = [],
        name: String? = nil, barWidth: Double? = nil, emphasis: Emphasis = .normal
    ) {
        self.mark = mark
        self.x = x
        self.y = y
        self.low = low
        self.high = high
        self.values = values
        self.name = name
        self.barWidth = barWidth
        self.emphasis = emphasis
    }
}
