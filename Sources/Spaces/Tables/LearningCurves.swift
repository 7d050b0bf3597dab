/// The learning curves of a benchmark's architectures on one data set: the mean of several trainings, or one of them.
public struct LearningCurves: Sendable {
    /// What changes from epoch to epoch.
    public enum Metric: String, Sendable, CaseIterable {
        /// In %, on what the network was trained on.
        case trainAccuracy = "train_accuracy"
        /// In nats, on what the network was trained on.
        case trainLoss = "train_loss"
        /// Seconds of training.
        case trainTime = "train_time"
        /// In %, on the split of the curves.
        case accuracy
        /// In nats, on the split of the curves.
        case loss

        /// The name in that of a file.
        func text(on split: AccuracySetting.Split) -> String {
            switch self {
            case .trainAccuracy, .trainLoss, .trainTime: rawValue
            case .accuracy, .loss: "\(split.rawValue)_\(rawValue)"
            }
        }
    }

    /// The data set.
    public let data: String
    /// The part of it for `accuracy` and `loss`; nil where the curves are of training alone.
    public let split: AccuracySetting.Split?
    /// How many epochs each architecture was trained for.
    public let epochs: Int
    /// Which trainings: their seeds.
    public let trainings: [Int]
    /// The order of the architectures.
    public let index: BenchmarkIndex
    /// The files of each metric, one a training.
    let files: [Metric: [TableFolder.File]]

    /// What there are curves of.
    public var metrics: [Metric] { Metric.allCases.filter { files[$0] != nil } }

    /// The values of some architectures, `[place in rows · epochs + epoch]`: the mean over the trainings that have the
    /// value, NaN where none has.
    /// - Parameter rows: rows of `index`.
    /// - Throws: `MeasurementError` where a file is missing or broken.
    public func values(of metric: Metric, rows: [Int]) throws(MeasurementError) -> [Double] {
        var sums = [Double](repeating: 0, count: rows.count * epochs)
        var counts = [Double](repeating: 0, count: sums.count)
        for file in files[metric] ?? [] {
            let values = try file.read().numbers(inRows: rows, of: index.count, width: epochs)
            for place in values.indices where !values[place].isNaN {
                sums[place] += values[place]
                counts[place] += 1
            }
        }
        return zip(sums, counts).map { $1 == 0 ? .nan : $0 / $1 }
    }
}

/// The name of a file of learning curves: `cifar10.200.777.train_loss`.
struct CurveName: Hashable {
    let data: String
    let epochs: Int
    let training: Int
    let metric: String

    /// Nil where a file's name has another form.
    init?(_ name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let epochs = Int(parts[1]), epochs > 0, let training = Int(parts[2]) else { return nil }
        (data, self.epochs, self.training, metric) = (parts[0], epochs, training, parts[3])
    }
}

extension Tables {
    /// The learning curves of a space on a data set. Of the files only the names are read yet.
    /// - Parameters:
    ///   - split: the part of the data set of the accuracy and the loss; by default the first that there is of the
    ///     validation set, the test set, and both together.
    ///   - epochs: how long the trainings were; by default the longest.
    ///   - training: which one of several trainings, by its seed; by default the mean of all.
    /// - Throws: `MeasurementError.notImported` where no table of the space has curves; `unknown` where there are none
    ///   like that, with what there is; `unreadable`, `damaged` or `malformed` where a file is missing or broken.
    public func curves(
        space: String, data: String, split: AccuracySetting.Split? = nil, epochs: Int? = nil, training: Int? = nil
    ) throws(MeasurementError) -> LearningCurves {
        let benchmark = try benchmark(space)
        var all = CurveSelection(named: try files(.curves, of: benchmark))
        guard !all.files.isEmpty else { throw .notImported(kind: "learning curves", space: space) }
        try all.keep(Self.folded(data), "data set", within: "the set of learning curves of \(space)") { $0.data }
        let epochs = epochs ?? all.files.map(\.name.epochs).max() ?? 0
        let part = "the set of learning curves of \(space) on \(Self.folded(data))"
        try all.keep("\(epochs)", "number of epochs", within: part) { "\($0.epochs)" }
        if let training {
            try all.keep("\(training)", "training", within: "\(part), \(epochs) epochs,") { "\($0.training)" }
        }
        let split = try all.split(split, within: part)
        return LearningCurves(
            data: Self.folded(data), split: split, epochs: epochs,
            trainings: all.files.map(\.name.training).unique.sorted(),
            index: try index(of: all.files[0].file.folder, benchmark), files: all.byMetric(on: split))
    }

    /// The data sets of which there are learning curves; no file is opened.
    /// - Throws: as `dataSets(space:)`.
    public func curveDataSets(space: String) throws(MeasurementError) -> [String] {
        CurveSelection(named: try files(.curves, of: benchmark(space))).files.map(\.name.data).unique
    }
}

/// Files of learning curves, fewer with each wish.
struct CurveSelection {
    private(set) var files: [(name: CurveName, file: TableFolder.File)]

    init(named files: [TableFolder.File]) {
        self.files = files.compactMap { file in CurveName(file.name).map { ($0, file) } }
    }

    /// Keeps what has a property.
    mutating func keep(
        _ value: String, _ kind: String, within: String, by property: (CurveName) -> String
    ) throws(MeasurementError) {
        let kept = files.filter { property($0.name) == value }
        guard !kept.isEmpty else {
            throw .unknown(kind: kind, within: within, asked: value, existing: files.map { property($0.name) }.unique)
        }
        files = kept
    }

    /// The split asked for, or the first that there is; nil where there are only curves of training.
    func split(
        _ asked: AccuracySetting.Split?, within: String
    ) throws(MeasurementError) -> AccuracySetting.Split? {
        let existing = [AccuracySetting.Split.validation, .test, .validationAndTest].filter { split in
            files.contains { $0.name.metric == LearningCurves.Metric.accuracy.text(on: split) }
        }
        guard let asked else { return existing.first }
        guard existing.contains(asked) else {
            throw .unknown(kind: "split", within: within, asked: asked.rawValue, existing: existing.map(\.rawValue))
        }
        return asked
    }

    /// The files of each metric.
    func byMetric(on split: AccuracySetting.Split?) -> [LearningCurves.Metric: [TableFolder.File]] {
        var result: [LearningCurves.Metric: [TableFolder.File]] = [:]
        for metric in LearningCurves.Metric.allCases {
            let own = files.filter { $0.name.metric == metric.text(on: split ?? .validation) }
            if !own.isEmpty { result[metric] = own.map(\.file) }
        }
        return result
    }
}
