import Testing

@testable import Plotting

@Suite struct LayoutTests {
    @Test(arguments: [
        (0.0, 10.0, 5, ["0", "2", "4", "6", "8", "10"]),
        (0.0, 1.0, 2, ["0", "0.5", "1.0"]),
        (-0.2, 0.8, 5, ["−0.2", "0", "0.2", "0.4", "0.6", "0.8"]),
        (0.0, 50_000.0, 5, ["0", "10k", "20k", "30k", "40k", "50k"]),
        (1_000_000.0, 2_000_000.0, 2, ["1.0M", "1.5M", "2.0M"]),
        (0.0, 4e-5, 4, ["0", "1e-5", "2e-5", "3e-5", "4e-5"]),
    ])
    func linearTicks(low: Double, high: Double, count: Int, labels: [String]) {
        let ticks = Tick.linear(in: Extent(low: low, high: high), count: count, suffix: "")
        #expect(ticks.compactMap(\.label) == labels)
    }

    @Test(arguments: [
        (1.0, 1e4, 5, ["1", "10", "100", "1000", "10k"]),
        (1.0, 50.0, 6, ["1", "2", "5", "10", "20", "50"]),
        (1e-6, 1e-2, 10, ["1e-6", "1e-5", "0.0001", "0.001", "0.01"]),
        (1.0, 1e12, 5, ["1", "1000", "1M", "1G", "1T"]),
    ])
    func logarithmicTicks(low: Double, high: Double, count: Int, labels: [String]) {
        let ticks = Tick.logarithmic(in: Extent(low: low, high: high), count: count, suffix: "")
        #expect(ticks.compactMap(\.label) == labels)
    }

    /// Every kind of extent gives a range that holds it and at least one tick, quickly.
    @Test(arguments: [
        (0.0, 0.0), (5.0, 5.0), (-3.0, -3.0), (1e300, 1e300), (-1e300, 1e300),
        (Double.leastNonzeroMagnitude, Double.leastNonzeroMagnitude),
        (1.0, 1.0000000000000002),
        (1e15, 1e15 + 1.0), (0.0, 1e-300),
    ])
    func anyExtentHasARange(low: Double, high: Double) throws {
        let axis = try AxisLayout(Axis(), extent: Extent(low: low, high: high), name: "x") { _ in 6 }
        #expect(axis.low < axis.high)
        #expect(axis.low <= low && high <= axis.high)
        #expect(axis.low.isFinite && axis.high.isFinite)
        #expect(axis.ticks.count < 100)
    }

    @Test func percentagesStayWithinTheirRange() throws {
        let axis = try AxisLayout(Axis(unit: "%"), extent: Extent(low: 0, high: 100), name: "y") { _ in 5 }
        #expect(axis.low == 0 && axis.high == 100)
        #expect(axis.ticks.map(\.label) == ["0%", "20%", "40%", "60%", "80%", "100%"])
    }

    @Test func unitsStandInParentheses() {
        #expect(Axis("latency", unit: "ms").heading == "latency (ms)")
        #expect(Axis("accuracy", unit: "%").heading == "accuracy")
        #expect(Axis(unit: "ms").heading == "ms")
    }

    @Test func longNamesLieDown() throws {
        let names = (0..<12).map { "a proxy of a long name \($0)" }
        let figure = Figure(series: [Series(.bars, x: .names(names), y: .numbers(names.indices.map(Double.init)))])
        let drawing = try Drawing(figure, on: Canvas(figure))
        #expect(drawing.y.isCategorical && !drawing.x.isCategorical)
        #expect(drawing.y.low > drawing.y.high, "the first name stands at the top")
        #expect(drawing.y.ticks.map(\.label) == names)
    }

    @Test func legendsAreCapped() throws {
        let many = (0..<200).map { Series(.lines, x: [1, 2], y: [Double($0), 3], name: "run \($0)") }
        let drawing = try Drawing(Figure(series: many), on: Canvas(Figure()))
        #expect(drawing.legend.place == .right)
        #expect(drawing.legend.entries.count <= 24)
        #expect(drawing.legend.entries.count + drawing.legend.unlisted == 200)
    }

    @Test func seriesOfOneNameShareAColour() throws {
        let figure = Figure(series: [
            Series(.points, x: [1], y: [1], name: "a"), Series(.points, x: [1], y: [1], name: "b"),
            Series(.lines, x: [1, 2], y: [1, 2], name: "a"),
        ])
        let drawing = try Drawing(figure, on: Canvas(figure))
        #expect(drawing.layers.map(\.paint.colour) == [0x0072B2, 0xD55E00, 0x0072B2])
        #expect(drawing.legend.entries.map(\.name) == ["a", "b"])
    }

    @Test func aLonePointOfALineIsADot() throws {
        let line = Series(.lines, x: [1, 2, 3, 4, 5], y: [1, .nan, 3, 4, .nan])
        let layers = try Drawing(Figure(series: [line]), on: Canvas(Figure())).layers
        #expect(layers.map(\.shape) == [.lines, .points])
        #expect(layers[1].columns == [[1], [1]])
    }

    @Test func legendsBelowHaveRoomForTheirLines() throws {
        let names = ["random", "evolution", "local_search", "bananas", "gp_bo", "auto"]
        let many = names.map { Series(.lines, x: [1, 2], y: [2, 3], name: $0) }
        #expect(try Drawing(Figure(series: many), on: Canvas(Figure())).legend.lines == 2)
        #expect(try Drawing(Figure(series: Array(many.prefix(2))), on: Canvas(Figure())).legend.lines == 1)
        #expect(try Drawing(Figure(), on: Canvas(Figure())).legend.lines == 0)
    }

    @Test func barsStandSideBySide() throws {
        let figure = Figure(series: [
            Series(.bars, x: .names(["p", "q"]), y: [1, 2], name: "a"),
            Series(.bars, x: .names(["p", "q"]), y: [3, 4], name: "b"),
        ])
        let layers = try Drawing(figure, on: Canvas(figure)).layers
        #expect(layers[0].columns[3] == layers[1].columns[2], "the first bar ends where the second begins")
        #expect(layers[0].columns[4] == [0, 0])
    }

    @Test func barsOnALogarithmicAxisStartBelowTheLowest() throws {
        let figure = Figure(
            y: Axis(scale: .logarithmic), series: [Series(.bars, x: .names(["p", "q"]), y: [20, 3000])])
        let drawing = try Drawing(figure, on: Canvas(figure))
        #expect(drawing.layers[0].columns[4] == [10, 10])
    }

    @Test func linesAndBandsFallToTheLowerEndOfALogarithmicAxis() throws {
        let band = Series(.band, x: [1, 2, 3], y: [10, 1, 0], low: [5, 0, 0], high: [20, 2, 0.5])
        let figure = Figure(y: Axis(scale: .logarithmic), series: [band])
        let drawing = try Drawing(figure, on: Canvas(figure))
        let low = drawing.y.low
        #expect(low > 0.3 && low < 0.5, "the axis ends below the least value above 0")
        #expect(drawing.layers[0].columns[1] == [5, low, low])
        #expect(drawing.layers[0].columns[2] == [20, 2, 0.5])
        #expect(drawing.layers[1].columns[1] == [10, 1, low])
        #expect(drawing.omitted.notes.isEmpty)
    }

    @Test func onALinearAxisZeroStaysZero() throws {
        let figure = Figure(series: [Series(.lines, x: [1, 2, 3], y: [10, 0, -1])])
        #expect(try Drawing(figure, on: Canvas(figure)).layers[0].columns[1] == [10, 0, -1])
    }
}
