import Spaces
import Statistics

/// Rows dealt into parts of equal size at random, and folds of them: fold m holds out part m, or it and some of those
/// that follow, so that each row is held out by as many folds.
public struct Folds: Hashable, Sendable {
    /// For each row the part that it is in.
    public let parts: [Int]
    /// How many parts, and folds, there are.
    public let count: Int
    /// How many parts a fold holds out.
    public let heldAtOnce: Int

    /// `rows` rows in `count` parts, or in as many as there are rows if these are fewer; one part at least is kept.
    public init(_ rows: Int, count: Int, heldAtOnce: Int = 1, using generator: inout some RandomNumberGenerator) {
        let count = max(1, min(count, rows))
        var parts = (0..<rows).map { $0 % count }
        generator.shuffle(&parts)
        (self.parts, self.count) = (parts, count)
        self.heldAtOnce = max(0, min(heldAtOnce, count - 1))
    }

    /// Whether a fold holds out a row.
    public func holds(_ row: Int, _ fold: Int) -> Bool { (parts[row] - fold + count) % count < heldAtOnce }

    /// The rows to learn from in a fold.
    public func kept(in fold: Int) -> [Int] { parts.indices.filter { !holds($0, fold) } }

    /// The rows that a fold holds out.
    public func held(in fold: Int) -> [Int] { parts.indices.filter { holds($0, fold) } }

    /// The folds that hold out a row: what is fitted to them has not seen it.
    public func strangers(to row: Int) -> [Int] { (0..<count).filter { holds(row, $0) } }
}

extension PredictorInputs {
    /// The rows of these numbers, in that order.
    public func gather(_ rows: [Int]) -> PredictorInputs {
        let width = names.count
        let values = rows.flatMap { self.values[$0 * width..<($0 + 1) * width] }
        return PredictorInputs(
            names: names, values: values, architectures: architectures?.gather(rows), space: space)
    }
}
