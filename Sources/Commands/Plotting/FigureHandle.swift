public import Language
public import Plotting

/// A figure as a value of the language.
public struct FigureHandle: ConvertibleHandle {
    public static let typeName = "figure"
    public let figure: Figure
    /// Where it was saved, if it was.
    public let path: String?

    public init(_ figure: Figure, path: String? = nil) {
        self.figure = figure
        self.path = path
    }

    public var summary: String {
        let points = figure.series.reduce(0) { $0 + $1.x.count }
        let axes = [figure.y.label, figure.x.label].compactMap { $0 }.joined(separator: " against ")
        let place = path.map { ", in \($0)" } ?? ""
        return "figure: \(axes.isEmpty ? "" : "\(axes), ")\(points) points\(place)"
    }

    public static let fields = [ColumnType("path", .string)]

    public func field(_ name: String) -> Value? {
        name == "path" ? path.map(Value.string) ?? Value.none : nil
    }
}

