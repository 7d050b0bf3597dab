/// How an accuracy was measured; in text `cifar10.test@200`, or `cifar10.test@50#2` for one training alone.
public struct AccuracySetting: Hashable, Sendable, CustomStringConvertible {
    /// Part of a data set on which an accuracy is measured.
    public enum Split: String, CaseIterable, Sendable {
        /// What the network was trained on.
        case train
        /// Held out of the training set, for choosing.
        case validation = "val"
        /// For the final judgement.
        case test
        /// The validation and the test set together.
        case validationAndTest = "valtest"
    }

    /// The data set's name.
    public let data: String
    /// Where the accuracy was measured.
    public let split: Split
    /// After how many epochs of training.
    public let epochs: Int
    /// Which one of several trainings: its seed where that is known, else from 1; nil for their mean, or where there
    /// was only one.
    public let training: Int?

    /// The whole of it, as text.
    public var description: String { "\(data).\(column)" }

    /// The text that names the column in the file of the data set.
    var column: String { "\(split.rawValue)@\(epochs)" + (training.map { "#\($0)" } ?? "") }

    /// The setting that a column's name says; nil where it says none.
    init?(_ column: String, data: String) {
        let parts = column.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let split = Split(rawValue: String(parts[0])) else { return nil }
        let time = parts[1].split(separator: "#", omittingEmptySubsequences: false)
        guard time.count <= 2, let epochs = Int(time[0]) else { return nil }
        if time.count == 2, Int(time[1]) == nil { return nil }
        (self.data, self.split, self.epochs) = (data, split, epochs)
        training = time.count == 2 ? Int(time[1]) : nil
    }
}

/// What is asked of the measurements of a data set.
struct Request {
    /// What the values are, for errors: `accuracy`.
    let quantity: String
    let space: String
    let data: String
    let split: AccuracySetting.Split
    let epochs: Int?
    let training: Int?

    /// The place in `settings`, all of the data set, of the one asked for.
    /// - Throws: `MeasurementError.unknown`, which says the first part that does not exist and what there is instead.
    func find(in settings: [AccuracySetting]) throws(MeasurementError) -> Int {
        let epochs = epochs ?? settings.map(\.epochs).max() ?? 0
        let places = Array(settings.indices)
        let whole = "\(quantity) of \(space) on \(data)"
        let inSplit = try narrow(places, to: split.rawValue, "split", whole) { settings[$0].split.rawValue }
        let part = "\(whole), split \(split.rawValue),"
        let atEpochs = try narrow(inSplit, to: "\(epochs)", "number of epochs", part) { "\(settings[$0].epochs)" }
        let trained = "\(part) after \(epochs) epochs"
        let wanted = training?.description ?? "mean"
        return try narrow(atEpochs, to: wanted, "training", trained) { settings[$0].training?.description ?? "mean" }[0]
    }

    private func narrow(
        _ places: [Int], to value: String, _ kind: String, _ within: String, by property: (Int) -> String
    ) throws(MeasurementError) -> [Int] {
        let kept = places.filter { property($0) == value }
        guard kept.isEmpty else { return kept }
        throw .unknown(kind: kind, within: within, asked: value, existing: places.map(property).unique)
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it stands first.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
