import Foundation
import Search
import Testing

/// The curves of 173 language models on WikiText-2 in ../shared/data; three of them diverged.
private enum Recorded {
    static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "../shared/data/curves/nas-bench-nlp-wikitext2.csv").standardizedFileURL

    static var isThere: Bool { FileManager.default.fileExists(atPath: file.path) }

    /// The negative validation loss after each epoch of every model, in nats; NaN where it diverged.
    static let curves = Result {
        let rows = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
        var curves: [(model: Substring, values: [Double])] = []
        for cells in rows.map({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
            if curves.last?.model != cells[0] { curves.append((cells[0], [])) }
            curves[curves.count - 1].values.append(Double(cells[5]).map { -$0 } ?? .nan)
        }
        return curves.map(\.values)
    }
}

@Suite struct RecordedCurvesTests {
    @Test(.enabled(if: Recorded.isThere, "there is no ../shared/data"), arguments: Schedulers.all.map(\.name))
    func `Every schedule runs on recorded curves`(_ name: String) throws {
        let curves = try Recorded.curves.get()
        try #require(curves.count == 173)
        var settings = ScheduleSettings(max: 50, trials: curves.count)
        (settings.grace, settings.patience) = (5, 3)
        let forecast = RuleForecast { curve, best, _ in (curve.max() ?? 0) > best - 0.5 ? 0.5 : 0.01 }
        let scheduler = try #require(Schedulers.named(name)).make(settings, forecast: forecast)
        let result = try Replay.run(scheduler, on: curves)
        #expect(result.recordedEpochs == curves.reduce(0) { $0 + $1.count })
        #expect(result.beyond == 0)
        #expect(result.epochs <= result.recordedEpochs)
        #expect(try #require(result.regret) >= 0)
        #expect(name == "full" ? result.saved == 0 : result.saved > 0.3)
    }
}
