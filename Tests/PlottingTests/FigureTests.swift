import Foundation
import Testing

@testable import Plotting

@Suite struct FigureTests {
    @Test func jsonKeepsEveryValue() throws {
        var figure = sample
        figure.series.append(Series(.bars, x: .names(["a", "b"]), y: [.infinity, -.infinity]))
        figure.annotations = [.text("best", x: 1, y: 2), .horizontal(y: 3, nil)]
        let copy = try JSONDecoder().decode(Figure.self, from: JSONEncoder().encode(figure))
        #expect(copy.data == figure.data)
        #expect(copy.annotations == figure.annotations)
        #expect(copy.series[2] == figure.series[2])
        #expect(copy.theme == figure.theme)
    }

    @Test func dataAreCSV() {
        let figure = Figure(series: [
            Series(.bars, x: .names(["a,b", "say \"c\""]), y: [1, .nan], name: "n"),
            Series(.band, x: [1], low: [0.5], high: [2]),
        ])
        #expect(
            figure.data == """
                series,x,y,low,high,values
                n,"a,b",1.0,,,
                n,"say ""c""\",,,,
                2,1.0,,0.5,2.0,

                """)
    }

    @Test func splittingKeepsTheOrderOfFirstAppearance() throws {
        let series = Series(.points, x: [1, 2, 3, 4], y: [5, 6, 7, 8])
        let groups = try series.split(by: ["b", "a", "b", "a"])
        #expect(groups.map(\.name) == ["b", "a"])
        #expect(groups.map(\.x) == [[1, 3], [2, 4]])
        #expect(groups.map(\.y) == [[5, 7], [6, 8]])
        #expect(throws: PlotError.mismatchedColumns("the groups have 1 rows, x has 4")) {
            try series.split(by: ["b"])
        }
    }

    /// Values of numpy.histogram, the number of bins of numpy.histogram_bin_edges(bins="fd").
    @Test func histogramCountsLikeNumpy() {
        let values = [1, 2, 2, 3, 3, 3, 4, 4, 5, 10, .nan]
        let bars = Series.histogram(values, bins: 3)
        #expect(bars.x == [2.5, 5.5, 8.5])
        #expect(bars.y == [6, 3, 1])
        #expect(bars.barWidth == 3)
        #expect(Series.histogram(values).x.count == 6)
        #expect(Series.histogram([]).x.isEmpty)
        #expect(Series.histogram([7, 7]).y.count > 0)
        #expect(Series.histogram(values, bins: 2, range: 0...4).y == [1, 7])
    }

    /// Values of numpy.percentile and matplotlib.cbook.boxplot_stats.
    @Test func boxesAreTukeys() throws {
        let box = try #require(BoxSummary([9, 1, 2, 3, 4, 5, 30]))
        #expect(box.median == 4)
        #expect(box.quartiles == 2.5...7)
        #expect(box.whiskers == 1...9)
        #expect(box.outliers == [30])
        #expect(BoxSummary([]) == nil)
    }

    @Test(arguments: [
        (Series(.points, x: [1, 2], y: [1]), "y has 1 rows, x has 2"),
        (Series(.band, x: [1]), "band need the column low"),
        (Series(.cells, x: [1], y: [1]), "cells need the column values"),
        (Series(.errorBars, x: [1], y: [1], low: .names(["a"]), high: [2]), "low must hold numbers"),
        (Series(.bars, x: [1], y: [1], low: [1]), "low and high go together"),
    ])
    func columnsThatDoNotFitAreNamed(series: Series, message: String) {
        #expect { try Figure(series: [series]).omitted } throws: { "\($0)".contains(message) }
    }

    @Test(arguments: [
        (Figure(x: Axis(low: 2, high: 1)), "low must be less"),
        (Figure(x: Axis(scale: .logarithmic, low: 0)), "must be above 0"),
        (Figure(y: Axis(high: .nan)), "must be finite"),
        (
            Figure(x: Axis(scale: .logarithmic), series: [Series(.bars, x: .names(["a"]), y: [1])]),
            "cannot be logarithmic"
        ),
        (
            Figure(series: [Series(.points, x: [1], y: [1]), Series(.points, x: .names(["a"]), y: [1])]),
            "both names and numbers"
        ),
        (Figure(series: [Series(.bars, x: .names(["a"]), y: .names(["b"]))]), "both hold names"),
    ])
    func axesThatCannotBeDrawnAreNamed(figure: Figure, message: String) {
        #expect { try figure.omitted } throws: { "\($0)".contains(message) }
    }

    @Test func rowsWithoutAPlaceAreCounted() throws {
        let series = Series(.points, x: [0, -1, 1, 2, .nan], y: [1, 1, .infinity, 1, 1])
        let omitted = try Figure(x: Axis(scale: .logarithmic), series: [series]).omitted
        #expect(omitted.notPositive == 2)
        #expect(omitted.missing == 2)
        #expect(omitted.notes.count == 2)
        #expect(try sample.omitted.notes == ["1 row left out: a value is missing or not finite"])
    }
}
