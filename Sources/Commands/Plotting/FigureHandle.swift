public import Language
public import Plotting

/// A figure as a value of the language.
public struct FigureHandle: ConvertibleHandle {
    /// What users read in help and errors.
    public static let typeName = "figure"
    /// What is drawn.
    public let figure: Figure
    /// Where it was saved, if it was.
    public let path: String?

    /// Makes it of its parts.
    public init(_ figure: Figure, path: String? = nil) {
        self.figure = figure
        self.path = path
    }

    /// One line that stands for it.
    public var summary: String {
        let points = figure.series.reduce(0) { $0 + $1.x.count }
        let axes = [figure.y.label, figure.x.label].compactMap { $0 }.joined(separator: " against ")
        let place = path.map { ", in \($0)" } ?? ""
        return "figure: \(axes.isEmpty ? "" : "\(axes), ")\(points == 1 ? "1 point" : "\(points) points")\(place)"
    }

    /// The names after a dot.
    public static let fields = [ColumnType("path", .string)]

    /// The value after a dot; nil where there is none of that name.
    public func field(_ name: String) -> Value? {
        name == "path" ? path.map(Value.string) ?? Value.none : nil
    }
}
