import Foundation
import Testing

@testable import Plotting

/// Figures that try every mark, and those that are hard to draw.
private let figures: [(name: String, figure: Figure)] = {
    let x: Values = [1, 2, 3, 4]
    let y: Values = [4, 2, .nan, 8]
    let low: Values = [3, 1, 2, 6]
    let high: Values = [5, 3, 4, 9]
    let names = Values.names(["a", "b", "a", "b"])
    var all = Series.Mark.allCases.flatMap { mark in
        [
            ("\(mark)", Figure(series: [Series(mark, x: x, y: y, low: low, high: high, values: y, name: "n")])),
            ("\(mark) over names", Figure(series: [Series(mark, x: names, y: y, low: low, high: high, values: y)])),
            (
                "\(mark) on logarithms",
                Figure(
                    x: Axis(scale: .logarithmic), y: Axis(scale: .logarithmic),
                    series: [Series(mark, x: x, y: y, low: low, high: high, values: y)])
            ),
        ]
    }
    all.append(("sideways bars", Figure(series: [Series(.bars, x: y, y: names, low: low, high: high)])))
    all.append(("sideways boxes", Figure(series: [Series(.boxes, x: y, y: names)])))
    all.append(("empty", Figure()))
    all.append(("empty series", Figure(series: [Series(.points, x: [], name: "n")])))
    all.append(("one point", Figure(series: [Series(.points, x: [1], y: [1])])))
    all.append(("constant", Figure(series: [Series(.lines, x: [1, 2], y: [3, 3])])))
    all.append(("nothing finite", Figure(series: [Series(.lines, x: [.nan, 1], y: [1, .infinity])])))
    all.append(("huge", Figure(series: [Series(.points, x: [-1e300, 1e300], y: [1e308, 1e-308])])))
    all.append(("tiny", Figure(series: [Series(.points, x: [1e-300, 3e-300], y: [.leastNonzeroMagnitude, 0])])))
    all.append(("histogram", Figure(series: [.histogram([1, 2, 2, 3]), .histogram([2, 3, 3, 4])])))
    return all
}()

@Suite(.needsGnuplot) struct PictureTests {
    let session = GnuplotSession(timeout: .seconds(60))

    @Test(arguments: figures.map(\.name)) func everyFigureIsDrawn(name: String) throws {
        let figure = try #require(figures.first { $0.name == name }).figure
        #expect(try session.svg(figure).hasSuffix("</svg>\n\n"))
        let png = try session.png(figure)
        #expect(png.prefix(4) == [0x89, 0x50, 0x4E, 0x47])
        #expect(png.suffix(8).prefix(4) == Array("IEND".utf8)[...])
    }

    @Test func picturesAreTheSameFromRunToRun() throws {
        let first = try session.svg(sample)
        #expect(try session.svg(sample) == first)
        #expect(try GnuplotSession().svg(sample) == first)
        #expect(try session.png(sample) == GnuplotSession().png(sample))
    }

    /// What stands in the picture, read from the SVG.
    @Test func pictureHoldsItsTexts() throws {
        let svg = try session.svg(sample)
        for text in ["Accuracy over latency", "latency (ms)", "accuracy", "pixel3", "raspi4", "80%"] {
            #expect(svg.contains(">\(text)<"), "\(text)")
        }
        #expect(svg.contains("width=\"800\" height=\"500\""))
    }

    /// A large figure goes to gnuplot as binary data, a script as text: the pictures are the same.
    @Test func binaryAndTextDataDrawTheSame() throws {
        let x = (0..<3000).map(Double.init)
        let y = x.map { $0.truncatingRemainder(dividingBy: 100) == 50 ? Double.nan : ($0 * 0.37).rounded(.down) }
        let figure = Figure(series: [
            Series(.lines, x: .numbers(x), y: .numbers(y)),
            Series(.band, x: .numbers(x), low: .numbers(y), high: .numbers(y.map { $0 + 9 })),
        ])
        try withFolder { folder in
            let script = "\(folder)/figure.gp"
            try session.render(figure, to: script)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [ProcessInfo.processInfo.environment["NASH_GNUPLOT"] ?? "gnuplot", "-d", script]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let drawn = SVGPicture.normalised(Array(pipe.fileHandleForReading.readDataToEndOfFile()))
            process.waitUntilExit()
            #expect(try String(decoding: drawn, as: UTF8.self) == session.svg(figure))
        }
    }

    @Test(arguments: PlotFormat.allCases) func everyFormatIsWritten(format: PlotFormat) throws {
        try withFolder { folder in
            let path = "\(folder)/new/deep/figure.\(format.endings[0])"
            try session.render(sample, to: path)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let start: [PlotFormat: String] = [
                .png: "\u{89}PNG", .svg: "<?xml", .pdf: "%PDF", .sixel: "\u{1B}P", .text: "  ", .script: "# gnuplot",
            ]
            #expect(bytes.starts(with: try #require(start[format]).unicodeScalars.map { UInt8($0.value) }))
        }
    }
}
