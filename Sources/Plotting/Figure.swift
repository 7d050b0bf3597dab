/// A figure as data: what to draw, apart from how it is drawn.
///
/// A figure knows no picture format and starts nothing; ``GnuplotSession`` draws it.
public struct Figure: Sendable, Codable, Hashable {
    /// The heading over the picture; plain text, line breaks are kept.
    public var title: String?

    /// The horizontal axis.
    public var x: Axis

    /// The vertical axis.
    public var y: Axis

    /// The axis of ``Series/values``: the colour scale of cells and coloured points.
    public var colour: Axis

    /// What is drawn, from back to front.
    public var series: [Series]

    /// Texts and reference lines over the series.
    public var annotations: [Annotation]

    /// The picture's width in pixels, 160 to 16,384; others are taken as the nearest of these.
    public var width: Int

    /// The picture's height in pixels, 120 to 16,384; others are taken as the nearest of these.
    public var height: Int

    /// Colours and fonts.
    public var theme: Theme

    /// Makes a figure of `series`, drawn from back to front.
    public init(
        title: String? = nil, x: Axis = Axis(), y: Axis = Axis(), colour: Axis = Axis(), series: [Series] = [],
        annotations: [Annotation] = [], width: Int = 800, height: Int = 500, theme: Theme = Theme()
    ) {
        self.title = title
        self.x = x
        self.y = y
        self.colour = colour
        self.series = series
        self.annotations = annotations
        self.width = width
        self.height = height
        self.theme = theme
    }
}

/// A text at a point of a figure, or a line across it with a text, in the units of the axes.
///
/// On an axis of names, 0 is the position of the first name, 1 that of the second.
public enum Annotation: Sendable, Codable, Hashable {
    /// A text beside the point `(x, y)`.
    case text(String, x: Double, y: Double)
    /// A dashed line at a height, with an optional text.
    case horizontal(y: Double, String?)
    /// A dashed line at a place, with an optional text.
    case vertical(x: Double, String?)
}
