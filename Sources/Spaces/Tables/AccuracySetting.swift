/// How an accuracy was measured; in text `cifar10.test@200`, or `cifar10.test@50#2` for the second training alone.
public struct AccuracySetting: Hashable, Sendable, CustomStringConvertible {
    /// Part of a data set on which an accuracy is measured.
    public enum Split: String, CaseIterable, Sendable {
        /// Held out of the training set, for choosing.
        case validation = "val"
        /// For the final judgement.
        case test
    }

    /// The data set's name.
    public let data: String
    /// Where the accuracy was measured.
    public let split: Split
    /// After how many epochs of training.
    public let epochs: Int
    /// Which one of several trainings, from 1; nil for their mean, or where there was only one.
    public let training: Int?

    /// The text that names the column.
    public var description: String {
        "\(data).\(split.rawValue)@\(epochs)" + (training.map { "#\($0)" } ?? "")
    }

    /// The setting that a column's name says; nil where it says none.
    init?(_ name: String) {
        let parts = name.split(separator: "@", omittingEmptySubsequences: false)
        let place = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, place.count == 2, let split = Split(rawValue: String(place[1])) else { return nil }
        let time = parts[1].split(separator: "#", omittingEmptySubsequences: false)
        guard time.count <= 2, let epochs = Int(time[0]) else { return nil }
        if time.count == 2, Int(time[1]) == nil { return nil }
        (data, self.split, self.epochs) = (String(place[0]), split, epochs)
        training = time.count == 2 ? Int(time[1]) : nil
    }
}

extension [AccuracySetting] {
    /// The one setting asked for.
    /// - Parameter epochs: nil for the longest training of all settings.
    /// - Throws: `MeasurementError.unknown`, which says the first part that does not exist and what there is instead.
    func find(
        _ space: String, data: String, split: AccuracySetting.Split, epochs: Int?, training: Int?
    ) throws(MeasurementError) -> AccuracySetting {
        let epochs = epochs ?? map(\.epochs).max() ?? 0
        let onData = try narrowed(by: \.data, to: data, "data set", "accuracy of \(space)")
        let inSplit = try onData.narrowed(
            by: \.split.rawValue, to: split.rawValue, "split", "accuracy of \(space) on \(data)")
        let part = "accuracy of \(space) on \(data), split \(split.rawValue),"
        let atEpochs = try inSplit.narrowed(by: \.epochs.description, to: "\(epochs)", "number of epochs", part)
        let found = try atEpochs.narrowed(
            by: \.run, to: training?.description ?? "mean", "training", "\(part) after \(epochs) epochs")
        return found[0]
    }

    private func narrowed(
        by property: (AccuracySetting) -> String, to value: String, _ kind: String, _ within: String
    ) throws(MeasurementError) -> [AccuracySetting] {
        let kept = filter { property($0) == value }
        guard kept.isEmpty else { return kept }
        let existing = reduce(into: [String]()) { names, setting in
            if !names.contains(property(setting)) { names.append(property(setting)) }
        }
        throw .unknown(kind: kind, within: within, asked: value, existing: existing)
    }
}

extension AccuracySetting {
    fileprivate var run: String { training?.description ?? "mean" }
}
