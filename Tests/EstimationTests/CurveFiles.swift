import Foundation

#if !BENCHMARK
    import Estimation
#endif

/// Recorded curves beside the repository.
enum CurveFiles {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "../shared/data/curves").standardizedFileURL

    static var exist: Bool { FileManager.default.fileExists(atPath: folder.appending(path: "nats-bench.csv").path) }

    /// The 63 accuracies of NATS-Bench, in percent; one group an architecture.
    static func nats(in folder: URL = folder) throws -> [FinishedCurve] {
        try curves(
            folder.appending(path: "nats-bench.csv"), of: "accuracy",
            by: ["space", "index", "dataset", "seed", "split"],
            group: ["space", "index"])
    }

    /// The validation losses of the recurrent networks that were trained to the end, in nats.
    static func recurrent(in folder: URL = folder) throws -> [FinishedCurve] {
        try curves(
            folder.appending(path: "nas-bench-nlp-wikitext2.csv"), of: "val_loss", by: ["model"], group: ["model"]
        )
        .filter { $0.curve.epochs.last == 50 }
    }

    private static func curves(
        _ file: URL, of column: String, by keys: [String], group: [String]
    ) throws -> [FinishedCurve] {
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let place = Dictionary(uniqueKeysWithValues: lines[0].enumerated().map { ($1, $0) })
        var order: [String] = []
        var points: [String: (group: String, epochs: [Double], values: [Double])] = [:]
        for line in lines.dropFirst() {
            let key = keys.map { line[place[$0]!] }.joined(separator: "|")
            if points[key] == nil {
                order.append(key)
                points[key] = (group.map { line[place[$0]!] }.joined(separator: "|"), [], [])
            }
            points[key]!.epochs.append(Double(line[place["epoch"]!])!)
            points[key]!.values.append(Double(line[place[column]!]) ?? .nan)
        }
        return try order.compactMap { key in
            let found = points[key]!
            guard found.values.allSatisfy(\.isFinite) else { return nil }
            return FinishedCurve(try LearningCurve(epochs: found.epochs, values: found.values), group: found.group)
        }
    }
}
