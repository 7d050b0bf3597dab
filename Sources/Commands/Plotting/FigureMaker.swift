import Language
import Plotting
import Search

/// Makes a figure of the columns that a `plot` names.
struct FigureMaker {
    private let plot: Plot
    private let x: Column
    private let y: Column?
    private let groups: [String]?
    private let table: Table

    init(_ plot: Plot, over table: Table) throws {
        self.plot = plot
        let by = try plot.by?.column(over: table)
        let table = by?.numbers == nil ? table : table.sorted(by: by.map { [SortKey($0)] } ?? [])
        self.table = table
        x = try plot.x.column(over: table)
        y = try plot.y?.column(over: table)
        groups = try plot.by.map { try Self.names(of: $0.column(over: table)) }
    }

    /// The name of each row's group; a number says what it is a number of.
    private static func names(of column: Column) -> [String] {
        let names = column.values.map(ValuePrinter.line)
        return column.numbers == nil ? names : names.map { "\(column.name) \($0)" }
    }

    var figure: Figure {
        get throws {
            if mark == .cells, plot.colour == nil {
                throw CommandError(
                    "a heat map needs `colour:`", help: "name the column behind the colours", argument: "mark")
            }
            return Figure(
                title: plot.title,
                x: Axis(plot.xLabel ?? x.name, unit: x.unit?.rawValue, scale: plot.xScale.scale),
                y: yAxis,
                colour: try colourAxis,
                series: try series,
                width: plot.width, height: plot.height)
        }
    }

    private var colourAxis: Axis {
        get throws {
            guard let column = try plot.colour?.column(over: table) else { return Axis() }
            return Axis(column.name, unit: column.unit?.rawValue)
        }
    }

    private var yAxis: Axis {
        guard let y else { return Axis(plot.yLabel ?? "rows", scale: plot.yScale.scale) }
        return Axis(plot.yLabel ?? y.name, unit: y.unit?.rawValue, scale: plot.yScale.scale)
    }

    private var series: [Series] {
        get throws {
            guard let y, plot.mark != .histogram else { return try histograms }
            if plot.max != nil || plot.min != nil { return try front(of: y) }
            let isLine = mark == .lines || mark == .steps
            var layers: [Series] = []
            if plot.band.count == 2 {
                layers += try split(
                    Series(
                        .band, x: values(x), y: values(y), low: values(try plot.band[0].column(over: table)),
                        high: values(try plot.band[1].column(over: table))))
            } else {
                let colours = try plot.colour.map { values(try $0.column(over: table)) } ?? []
                layers += try split(Series(mark, x: values(x), y: values(y), values: colours))
            }
            if let points = plot.points {
                let marks = try marks(points)
                layers += groups == nil ? marks.map { named($0, points.label) } : marks
            }
            return groups == nil && isLine && layers.count > 1
                ? [named(layers[0], y.name)] + layers.dropFirst() : layers
        }
    }

    /// The points over lines or bands, where there are any.
    private func marks(_ points: Measure) throws -> [Series] {
        let column = try points.column(over: table)
        let rows = (0..<column.count).filter { !column.missing[$0] }
        let series = Series(.points, x: values(x.gather(rows)), y: values(column.gather(rows)))
        return try groups.map { groups in try series.split(by: rows.map { groups[$0] }) } ?? [series]
    }

    /// The front in colour over the cloud that it dominates.
    private func front(of y: Column) throws -> [Series] {
        let objectives = try ObjectiveColumns(
            max: plot.max.map { [$0] } ?? [], min: plot.min.map { [$0] } ?? [], over: table)
        let places = x.numbers ?? []
        let rows = Pareto.front(objectives.points).sorted { places.isEmpty ? $0 < $1 : places[$0] < places[$1] }
        let onFront = Set(rows)
        let others = (0..<y.count).filter { !onFront.contains($0) }
        var cloud = Series(.points, x: values(x.gather(others)), y: values(y.gather(others)), name: "dominated")
        cloud.emphasis = .muted
        let best = Series(
            .linesAndPoints, x: values(x.gather(rows)), y: values(y.gather(rows)), name: "Pareto front")
        return [cloud, best]
    }

    private func named(_ series: Series, _ name: String) -> Series {
        var series = series
        series.name = name
        return series
    }

    private func split(_ series: Series) throws -> [Series] {
        guard let groups else { return [series] }
        return try series.split(by: groups)
    }

    private var histograms: [Series] {
        get throws {
            guard let numbers = x.numbers else {
                let counts = Dictionary(grouping: x.values.map(ValuePrinter.line)) { $0 }.mapValues { Double($0.count) }
                let names = counts.keys.sorted { (counts[$0] ?? 0, $1) > (counts[$1] ?? 0, $0) }
                return [Series(.bars, x: .names(names), y: .numbers(names.map { counts[$0] ?? 0 }))]
            }
            guard let groups else { return [Series.histogram(numbers, bins: plot.bins)] }
            let names = groups.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            let finite = numbers.filter(\.isFinite)
            let range = finite.min().flatMap { low in finite.max().map { low...$0 } }
            return names.map { name in
                Series.histogram(
                    zip(numbers, groups).filter { $1 == name }.map(\.0), bins: plot.bins ?? 30, range: range, name: name
                )
            }
        }
    }

    private func values(_ column: Column) -> Values {
        column.numbers.map(Values.numbers) ?? .names(column.values.map(ValuePrinter.line))
    }

    /// The shape asked for, or the one that suits the data.
    private var mark: Series.Mark {
        switch plot.mark {
        case .points: return .points
        case .lines: return .lines
        case .steps: return .steps
        case .bars: return .bars
        case .boxes: return .boxes
        case .histogram: return .bars
        case .cells: return .cells
        case nil: break
        }
        if x.numbers == nil || y?.numbers == nil { return .bars }
        if plot.points != nil { return .lines }
        let isTime = x.unit?.dimension == .epochs || x.unit?.dimension == .iterations
        return isTime || ["epoch", "epochs", "query", "step", "iteration"].contains(x.name) ? .lines : .points
    }
}
