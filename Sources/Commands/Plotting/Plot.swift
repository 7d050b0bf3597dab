import Language
import Plotting

/// Draws columns against each other.
struct Plot: Command {
    static let chapter = Chapter.plotting
    static let summary = "Draw columns against each other: points, lines, bands, bars, boxes, histograms, heat maps."
    static let discussion = """
        With one column a histogram is drawn, with two the second against the first. Without `mark` the shape follows \
        from the data: bars for names, lines for epochs or with a band, points otherwise. `to` saves the figure in the \
        format that the path's ending names: .png, .svg, .pdf, .txt, or .gp for the gnuplot script with its data.
        """
    static let examples = [
        Example("nb201 | sample 50, seed: 0 | cost | plot .macs, .params"),
        Example("nb201 | sample 50, seed: 0 | cost | plot .macs, x_scale: log"),
    ]

    @Argument("the column along the horizontal axis") var x: RowValue
    @Argument("the column along the vertical axis") var y: Measure? = nil
    @Option("one series for each value of a column") var by: RowValue? = nil
    @Option("lower and upper end of a band around y") var band: [Measure] = []
    @Option("values drawn as points over lines") var points: Measure? = nil
    @Option("values behind the colour of points, or of the cells of a heat map") var colour: Measure? = nil
    @Option("an objective to maximise: the Pareto front is drawn over the rest") var max: Measure? = nil
    @Option("an objective to minimise, likewise") var min: Measure? = nil
    @Option("the shape that stands for the data") var mark: Mark? = nil
    @Option("the spacing of the horizontal axis") var xScale: Scale = .linear
    @Option("the spacing of the vertical axis") var yScale: Scale = .linear
    @Option("the heading") var title: String? = nil
    @Option("name of the horizontal axis") var xLabel: String? = nil
    @Option("name of the vertical axis") var yLabel: String? = nil
    @Option("width in pixels") var width = 800
    @Option("height in pixels") var height = 500
    @Option("how many bins a histogram has") var bins: Int? = nil
    @Option("the file to write") var to: FilePath? = nil

    func outputType(for input: ValueType) throws -> ValueType {
        if $band.isGiven, let band = $band.known, band.count != 2 {
            throw CommandError(
                "`band` takes two columns, the lower and the upper end", help: "as in `band: [.low, .high]`",
                argument: "band", code: .wrongType)
        }
        if case .some(.some(let path)) = $to.known { _ = try Self.format(of: path) }
        return .handle(FigureHandle.typeName)
    }

    func run(_ input: Table, in context: Context) throws -> FigureHandle {
        let figure = try FigureMaker(self, over: input).figure
        return try Plots.draw(figure, to: to, in: context)
    }

    private static func format(of path: FilePath) throws -> PlotFormat {
        do {
            return try PlotFormat(path: path.text)
        } catch let error as PlotError {
            throw CommandError(error.description, argument: "to", code: .plot)
        }
    }
}

/// The shape that stands for data.
enum Mark: String, CaseIterable, Constant {
    case points, lines, steps, bars, boxes, histogram, cells
}

/// The spacing of an axis.
enum Scale: String, CaseIterable, Constant {
    case linear, log

    var scale: Axis.Scale { self == .log ? .logarithmic : .linear }
}
