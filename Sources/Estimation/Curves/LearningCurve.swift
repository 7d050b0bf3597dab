/// A curve, seen so far: one value an epoch, perhaps with gaps.
public struct LearningCurve: Sendable, Hashable {
    /// The largest magnitude of a value from which anything can be foreseen; its square is still a number.
    public static let limit = 1e100

    /// The epochs, ascending, 1 or later.
    public let epochs: [Double]
    /// The finite value of each epoch.
    public let values: [Double]

    /// Sorts points by epoch and leaves out those whose value is not finite.
    ///
    /// - Throws: ``CurveError`` when no value is finite, an epoch lies before 1 or occurs twice.
    public init(epochs: [Double], values: [Double]) throws {
        precondition(epochs.count == values.count, "epochs and values differ in number")
        let points = zip(epochs, values).filter { $0.1.isFinite }.sorted { $0.0 < $1.0 }
        guard let first = points.first else { throw CurveError.empty }
        guard points.allSatisfy({ $0.0.isFinite }), first.0 >= 1 else { throw CurveError.epoch(first.0) }
        for (one, next) in zip(points, points.dropFirst()) where one.0 == next.0 { throw CurveError.twice(one.0) }
        self.epochs = points.map(\.0)
        self.values = points.map(\.1)
    }

    /// The points up to an epoch; nil where there is none.
    public func upTo(_ epoch: Double) -> LearningCurve? {
        let count = epochs.prefix { $0 <= epoch }.count
        return count == 0 ? nil : LearningCurve(sorted: Array(epochs[..<count]), Array(values[..<count]))
    }

    /// The value at an epoch, between neighbours on a straight line, beyond the ends that of the end.
    func value(at epoch: Double) -> Double {
        let above = epochs.firstIndex { $0 >= epoch } ?? epochs.count - 1
        if above == 0 || epochs[above] <= epoch { return values[above] }
        let share = (epoch - epochs[above - 1]) / (epochs[above] - epochs[above - 1])
        return values[above - 1] * (1 - share) + values[above] * share
    }

    /// - Precondition: the epochs ascend and the values are finite.
    init(sorted epochs: [Double], _ values: [Double]) {
        self.epochs = epochs
        self.values = values
    }
}

/// Why a curve cannot be extrapolated.
public enum CurveError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No value is finite.
    case empty
    /// An epoch before 1.
    case epoch(Double)
    /// An epoch that occurs twice.
    case twice(Double)
    /// The horizon does not lie beyond what was seen: the horizon, the last epoch.
    case horizon(Double, Double)
    /// Too few finished curves: how many there are, how many it takes.
    case fewFinished(Int, Int)
    /// A value outside the range that its scale allows: the value, the largest one.
    case range(Double, Double)
    /// A value beyond ``LearningCurve/limit``.
    case huge(Double)

    /// What is wrong, in a line.
    public var description: String {
        switch self {
        case .empty: "the curve has no finite value"
        case .epoch(let epoch): "epochs count from 1, not \(epoch)"
        case .twice(let epoch): "epoch \(epoch) occurs twice in one curve"
        case .horizon(let horizon, let last): "the curve is known up to epoch \(last), so \(horizon) is not ahead of it"
        case .fewFinished(let count, let needed):
            "\(count) finished curves reach the end; it takes \(needed) to learn from them"
        case .range(let value, let largest): "\(value) does not lie between 0 and \(largest)"
        case .huge(let value): "\(value) is too large: the curve has diverged"
        }
    }
}
