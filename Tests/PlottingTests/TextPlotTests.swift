import Foundation
import Testing

@testable import Plotting

/// Text plots beside the files of `Golden`, which were looked at; `NASH_UPDATE_GOLDEN=1` writes them anew.
@Suite struct TextPlotTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden"

    @Test(arguments: TextGallery.figures.map(\.name)) func `a plot is as it was when it was looked at`(_ name: String)
        throws
    {
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
}
