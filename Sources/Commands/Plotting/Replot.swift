import Language
import Plotting

/// The last figure once more.
struct Replot: Command {
    static let chapter = Chapter.plotting
    static let summary = "Draw a figure once more, the last one unless one is piped in, with some things changed."
    static let examples = [
        Example("nb201 | sample 9, seed: 0 | cost | plot .macs, .params; replot title: \"Nine\", x_scale: log")
    ]

    @Option("the spacing of the horizontal axis") var xScale: Scale?
    @Option("the spacing of the vertical axis") var yScale: Scale?
    @Option("the heading") var title: String?
    @Option("name of the horizontal axis") var xLabel: String?
    @Option("name of the vertical axis") var yLabel: String?
    @Option("width in pixels") var width: Int?
    @Option("height in pixels") var height: Int?
    @Option("the file to write") var to: FilePath?

    func outputType(for input: ValueType) throws -> ValueType { .handle(FigureHandle.typeName) }

    func run(_ input: OptionalFigure, in context: Context) throws -> FigureHandle {
        guard let handle = input.figure ?? Plots.last else {
            throw CommandError("there is no figure yet", help: "draw one with `plot`", code: .noAnswer)
        }
        var figure = handle.figure
        if let xScale { figure.x.scale = xScale.scale }
        if let yScale { figure.y.scale = yScale.scale }
        figure.title = title ?? figure.title
        figure.x.label = xLabel ?? figure.x.label
        figure.y.label = yLabel ?? figure.y.label
        figure.width = width ?? figure.width
        figure.height = height ?? figure.height
        return try Plots.draw(figure, to: to, in: context)
    }
}

/// A figure, or nothing.
struct OptionalFigure: ValueConvertible {
    static let valueType = ValueType.oneOf([.none, .handle(FigureHandle.typeName)])
    let figure: FigureHandle?

    init?(_ value: Value) {
        if case .none = value {
            figure = nil
        } else if let handle = FigureHandle(value) {
            figure = handle
        } else {
            return nil
        }
    }

    var value: Value { figure?.value ?? .none }
}
