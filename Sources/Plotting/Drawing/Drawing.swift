import Glibc

/// A figure with everything settled but the picture format: shapes in the units of the axes, ranges, ticks, legend.
struct Drawing {
    let figure: Figure
    let layers: [Layer]
    let x, y: AxisLayout
    let legend: Legend
    /// The range of the colour scale and its ticks; nil where nothing is coloured by value.
    let colours: AxisLayout?
    let omitted: Omitted

    /// Settles a figure for a canvas.
    ///
    /// - Throws: ``PlotError/mismatchedColumns(_:)``, ``PlotError/badAxis(_:)``.
    init(_ original: Figure, on canvas: Canvas) throws {
        for series in original.series { try series.checkColumns() }
        let figure = try original.layingLongNamesDown(on: canvas)
        let placesX = try Places(figure.series.map(\.x), axis: "horizontal")
        let placesY = try Places(figure.series.map(\.y), axis: "vertical")
        try figure.checkScales(placesX, placesY)
        let placed = figure.series.map { PlacedSeries($0, x: placesX, y: placesY, figure: figure) }
        let pens = Pens(figure.series, theme: figure.theme)
        let builder = LayerBuilder(figure: figure, placed: placed, pens: pens, x: placesX, y: placesY)
        let layers = placed.indices.flatMap(builder.layers)
        self.figure = figure
        omitted = placed.reduce(into: Omitted()) {
            $0.missing += $1.omitted.missing
            $0.notPositive += $1.omitted.notPositive
        }
        legend = Legend(figure.series, pens: pens, canvas: canvas)
        (x, y) = try Self.axes(figure, layers, placesX, placesY, canvas)
        colours = try Self.colourAxis(figure, layers)
        self.layers = y.isLogarithmic ? layers.map { [low = y.low] in $0.standing(on: low) } : layers
    }

    private static func axes(
        _ figure: Figure, _ layers: [Layer], _ placesX: Places, _ placesY: Places, _ canvas: Canvas
    ) throws -> (AxisLayout, AxisLayout) {
        var extentX: Extent?
        var extentY: Extent?
        for layer in layers {
            extentX = .union(extentX, layer.extentX)
            extentY = .union(extentY, figure.y.scale == .logarithmic ? layer.standing(on: .nan).extentY : layer.extentY)
        }
        for annotation in figure.annotations {
            extentX = .union(extentX, annotation.extentX(figure.x.scale))
            extentY = .union(extentY, annotation.extentY(figure.y.scale))
        }
        return (
            try placesX.names.map { AxisLayout.names($0, figure.x, canvas) }
                ?? AxisLayout(
                    figure.x, extent: extentX, name: "horizontal", ticks: canvas.ticksAcross),
            try placesY.names.map { AxisLayout.namesDown($0, figure.y, canvas) }
                ?? AxisLayout(figure.y, extent: extentY, name: "vertical", ticks: canvas.ticksUp)
        )
    }

    private static func colourAxis(_ figure: Figure, _ layers: [Layer]) throws -> AxisLayout? {
        let coloured = layers.filter { $0.shape == .cells || $0.shape == .colouredPoints }
        guard !coloured.isEmpty else { return nil }
        let extent = coloured.reduce(nil) { Extent.union($0, Extent($1.columns.last ?? [])) }
        return try AxisLayout(figure.colour, extent: extent, name: "colour") { _ in 6 }
    }
}

extension Figure {
    /// Bars whose names are too long to stand side by side are laid on their sides.
    fileprivate func layingLongNamesDown(on canvas: Canvas) throws -> Figure {
        let areBars = series.allSatisfy { $0.mark == .bars && $0.x.areNames && !$0.y.areNames }
        guard areBars, annotations.isEmpty, !series.isEmpty else { return self }
        let names = try Places(series.map(\.x), axis: "horizontal").names ?? []
        let longest = names.map { canvas.length($0.clipped(to: AxisLayout.longestName)) }.max() ?? 0
        let room = canvas.plotWidth / Double(max(1, names.count))
        guard longest > room * 0.95, longest > canvas.characterWidth * 3 else { return self }
        var figure = self
        (figure.x, figure.y) = (y, x)
        for index in series.indices {
            (figure.series[index].x, figure.series[index].y) = (series[index].y, series[index].x)
        }
        return figure
    }

    fileprivate func checkScales(_ placesX: Places, _ placesY: Places) throws {
        for (axis, places, name) in [(x, placesX, "horizontal"), (y, placesY, "vertical")]
        where places.names != nil && axis.scale == .logarithmic {
            throw PlotError.badAxis("the \(name) axis holds names and cannot be logarithmic; make it linear")
        }
        for value in series where value.mark.isBar && value.x.areNames && value.y.areNames {
            throw PlotError.badAxis("\(value.mark.rawValue) need numbers along one axis; both hold names")
        }
    }
}

extension Annotation {
    fileprivate func extentX(_ scale: Axis.Scale) -> Extent? {
        switch self {
        case .text(_, let x, _), .vertical(let x, _): x.extent(scale)
        case .horizontal: nil
        }
    }

    fileprivate func extentY(_ scale: Axis.Scale) -> Extent? {
        switch self {
        case .text(_, _, let y), .horizontal(let y, _): y.extent(scale)
        case .vertical: nil
        }
    }
}

extension Double {
    fileprivate func extent(_ scale: Axis.Scale) -> Extent? {
        isPlottable && (scale == .linear || self > 0) ? Extent(low: self, high: self) : nil
    }
}
