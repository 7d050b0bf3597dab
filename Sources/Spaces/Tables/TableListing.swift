/// One thing that the tables know of the architectures of a space.
public struct TableEntry: Sendable, Equatable {
    /// The space's name in the language.
    public let space: String
    /// `accuracy`, `train_time`, `latency`, `curves`, or the name of a published cost.
    public let metric: String
    /// The data set, where it matters.
    public let data: String?
    /// The part of the data set.
    public let split: AccuracySetting.Split?
    /// After how many epochs of training.
    public let epochs: Int?
    /// Which one of several trainings; nil for their mean.
    public let training: Int?
    /// The device of a latency.
    public let device: String?
    /// How many architectures the table lists.
    public let rows: Int
    /// Whose it is.
    public let origin: TableOrigin
}

extension Tables {
    /// All that the tables know of a space, or of all, by space and kind.
    /// - Throws: `MeasurementError.unknown` for a space without measurements; another where a file is missing or broken.
    public func entries(space: String? = nil) throws(MeasurementError) -> [TableEntry] {
        let benchmarks = if let space { [try benchmark(space)] } else { Self.benchmarks }
        var entries: [TableEntry] = []
        for benchmark in benchmarks {
            for content in Content.allCases {
                for file in try files(content, of: benchmark) {
                    entries += try self.entries(of: file, content, benchmark).filter { !entries.contains($0) }
                }
            }
        }
        return entries
    }

    private func entries(
        of file: TableFolder.File, _ content: Content, _ benchmark: Benchmark
    ) throws(MeasurementError) -> [TableEntry] {
        let rows = try index(of: file.folder, benchmark).count
        func entry(
            _ metric: String, data: String? = nil, split: AccuracySetting.Split? = nil, epochs: Int? = nil,
            training: Int? = nil, device: String? = nil
        ) -> TableEntry {
            TableEntry(
                space: benchmark.space, metric: metric, data: data, split: split, epochs: epochs, training: training,
                device: device, rows: rows, origin: file.folder.origin)
        }
        switch content {
        case .latency: return [entry("latency", device: file.name)]
        case .cost: return [entry(file.name)]
        case .accuracy, .time:
            return try settings(of: file, benchmark).map { setting in
                entry(
                    content == .time ? "train_time" : "accuracy", data: setting.data, split: setting.split,
                    epochs: setting.epochs, training: setting.training)
            }
        case .curves:
            return CurveName(file.name).map { name in
                [entry("curves", data: name.data, epochs: name.epochs, training: name.training)]
            } ?? []
        }
    }
}
