import Foundation
import Testing

@testable import Plotting

/// Text plots beside the files of `Golden`, which were looked at; `NASH_UPDATE_GOLDEN=1` writes them anew.
@Suite struct TextPlotTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden"

    @Test(arguments: TextGallery.figures.map(\.name))
    func `a plot is as it was when it was looked at`(_ name: String) throws {
        let figure = try #require(TextGallery.figures.first { $0.name == name }).figure
        let plain = try figure.text(width: 72, height: 20)
        let coloured = try figure.text(width: 72, height: 20, isColoured: true)
        for (text, ending) in [(plain, "txt"), (coloured, "ansi")] {
            let path = "\(Self.folder)/\(name).\(ending)"
            if ProcessInfo.processInfo.environment["NASH_UPDATE_GOLDEN"] != nil {
                try text.write(toFile: path, atomically: true, encoding: .utf8)
            }
            #expect(try text == String(contentsOfFile: path, encoding: .utf8), "\(name).\(ending)")
        }
    }

    @Test(arguments: TextGallery.figures.map(\.name))
    func `a plot of any size stays within it`(_ name: String) throws {
        let figure = try #require(TextGallery.figures.first { $0.name == name }).figure
        for (width, height) in [(20, 10), (40, 10), (40, 40), (61, 13), (80, 24), (120, 40), (200, 10), (200, 40)] {
            for isColoured in [false, true] {
                let text = try figure.text(width: width, height: height, isColoured: isColoured)
                let lines = text.withoutColours.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                #expect(lines.count <= height, "\(name) \(width)×\(height)")
                #expect(lines.allSatisfy { String($0).columns <= width }, "\(name) \(width)×\(height)")
                #expect(text.contains("\u{1B}") == isColoured)
            }
        }
    }

    @Test func `colours and letters draw the same frame`() throws {
        for (name, figure) in TextGallery.figures {
            let plain = try TextPlot(figure, width: 80, height: 24, isColoured: false)
            let coloured = try TextPlot(figure, width: 80, height: 24, isColoured: true)
            #expect(plain.frame.columns == coloured.frame.columns && plain.frame.rows == coloured.frame.rows, "\(name)")
        }
    }

    /// Random figures: every mark, both scales, few and many points, values missing and infinite.
    @Test(arguments: 0..<60) func `every point inside the frame shows`(_ seed: Int) throws {
        let noise = TextGallery.noise(4000, seed: UInt64(seed))
        let count = [1, 2, 7, 80, 900][seed % 5]
        let marks: [Series.Mark] = [.points, .lines, .linesAndPoints, .steps, .errorBars, .band]
        let isLogarithmic = seed % 3 == 0
        let x = (0..<count).map { noise[$0] * 100 + 0.01 }
        let y = (0..<count).map { row in
            noise[1000 + row] < 0.05 ? [Double.nan, .infinity][row % 2] : noise[2000 + row] * 50 + 0.5
        }
        let series = Series(
            marks[seed % marks.count], x: .numbers(x), y: .numbers(y), low: .numbers(y.map { $0 * 0.9 }),
            high: .numbers(y.map { $0 * 1.1 }), name: "s")
        let figure = Figure(
            title: "random", x: Axis("x", scale: isLogarithmic ? .logarithmic : .linear),
            y: Axis("y", low: 1, high: 40),
            series: [series])
        for (width, height) in [(40, 10), (80, 24), (200, 40)] {
            let plot = try TextPlot(figure, width: width, height: height, isColoured: seed % 2 == 0)
            for (x, y) in zip(x, y) where y.isFinite {
                guard let dot = plot.frame.dot(x, y) else { continue }
                #expect(plot.grid.isLit(column: dot.x / 2, row: dot.y / 4), "(\(x), \(y)) at \(width)×\(height)")
            }
        }
    }

    @Test func `a bar of any length above nought shows`() throws {
        let figure = Figure(series: [
            Series(.bars, x: .names(["a", "b", "c"]), y: [1000, 0.001, 0])
        ])
        let plot = try TextPlot(figure, width: 60, height: 16, isColoured: false)
        let bottom = plot.frame.top + plot.frame.rows - 1
        let lit = [0, 1, 2].map { plot.grid.isLit(column: plot.frame.column($0), row: bottom) }
        #expect(lit == [true, true, false])
    }

    @Test func `bars end at the eighth of a cell that is nearest`() throws {
        let y = Axis(low: 0, high: 8)
        for (value, glyph) in [(0.5, "▄"), (1.0, "█"), (2.25, "▂")] {
            let figure = Figure(y: y, series: [Series(.bars, x: .names(["a"]), y: [value])])
            let plot = try TextPlot(figure, width: 40, height: 10, isColoured: false)
            try #require(plot.frame.rows == 8)
            let top = plot.grid.lines[plot.frame.row(value - 1e-9)]
            #expect(top.contains(glyph), "\(value)")
        }
    }

    @Test func `a line over a cloud takes its cells`() throws {
        var cloud = Series(
            .points, x: .numbers(TextGallery.noise(3000, seed: 1)), y: .numbers(TextGallery.noise(3000, seed: 2)))
        cloud.emphasis = .muted
        let line = Series(.lines, x: [0, 1], y: [0.5, 0.5])
        let alone = try Figure(y: Axis(low: 0, high: 1), series: [line]).text(width: 60, height: 20)
        let both = try Figure(y: Axis(low: 0, high: 1), series: [cloud, line]).text(width: 60, height: 20)
        let row = try #require(
            alone.split(separator: "\n").first {
                $0.contains("⠉⠉⠉") || $0.contains("⣀⣀⣀") || $0.contains("⠤⠤⠤") || $0.contains("⠒⠒⠒")
            })
        #expect(both.split(separator: "\n").contains(row))
    }

    @Test func `without colours a letter names each series and stands on it`() throws {
        let figure = try #require(TextGallery.figures.first { $0.name == "curves" }).figure
        let text = try figure.text(width: 80, height: 24)
        for (letter, name) in [("o", "resnet"), ("x", "darts"), ("+", "random")] {
            #expect(text.contains("─\(letter)─ \(name)"))
            let plot = text.split(separator: "\n").dropLast(4).joined()
            #expect(plot.contains(letter))
        }
    }

    @Test func `texts hold no control characters`() throws {
        let evil = "a\u{1B}[31m\u{07}\tb\r\nc"
        let figure = Figure(
            title: evil, x: Axis(evil), y: Axis(evil), series: [Series(.bars, x: .names([evil]), y: [1], name: evil)],
            annotations: [.horizontal(y: 0.5, evil), .text(evil, x: 0, y: 0.2), .vertical(x: 0, evil)])
        let text = try figure.text(width: 80, height: 24)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    }

    @Test func `wide letters take two columns`() throws {
        #expect("日本".columns == 4 && "é".columns == 1 && "🎉".columns == 2)
        #expect("日本語".fitted(to: 5) == "日本…")
        let figure = Figure(title: "日本", series: [Series(.bars, x: .names(["日本語の名前", "b"]), y: [1, 2])])
        let lines = try figure.text(width: 40, height: 12).split(separator: "\n")
        #expect(lines.allSatisfy { String($0).columns <= 40 })
    }

    @Test func `colours are xterm's, rounded up`() {
        #expect(TextPens.xterm(0x000000) == 232)
        #expect(TextPens.xterm(0xFF0000) == 196)
        #expect(TextPens.xterm(0x0072B2) == 16 + 6 * 2 + 4 - 1)
    }

    @Test func `a legend that is too long says how many are missing`() throws {
        let many = (0..<60).map { Series(.lines, x: [1, 2], y: [Double($0), 3], name: "run number \($0)") }
        let text = try Figure(series: many).text(width: 60, height: 20)
        #expect(text.contains("… "))
        let listed = text.ranges(of: "run number").count
        #expect(text.contains("\(60 - listed) more"))
    }
}

extension String {
    /// The text without escape sequences of colours.
    fileprivate var withoutColours: String {
        split(separator: "\u{1B}", omittingEmptySubsequences: false).enumerated().map { index, part in
            index == 0 ? String(part) : String(part.drop { $0 != "m" }.dropFirst())
        }.joined()
    }
}
