import Spaces
import Statistics

/// Rows dealt into parts of equal size at random, and folds of them, each of which holds out one part or some, so that
/// each row is held out by as many folds.
public struct Folds: Hashable, Sendable {
    /// For each row the part that it is in.
    public let parts: [Int]
    /// Whether a fold holds out a part, `[fold][part]`.
    private let held: [[Bool]]

    /// How many folds there are.
    public var count: Int { held.count }

    /// `rows` rows in `count` parts, or in as many as there are rows if these are fewer, and as many folds: fold m holds
    /// out part m and those that follow it, `heldAtOnce` in all; one part at least is kept.
    public init(_ rows: Int, count: Int, heldAtOnce: Int = 1, using generator: inout some RandomNumberGenerator) {
        let count = max(1, min(count, rows))
        let heldAtOnce = max(0, min(heldAtOnce, count - 1))
        parts = Self.dealt(rows, count, using: &generator)
        held = (0..<count).map { fold in (0..<count).map { ($0 - fold + count) % count < heldAtOnce } }
    }

    /// `rows` rows in `count` parts, or in as many as there are rows if these are fewer, and a fold for each pair of parts,
    /// which it holds out: count·(count − 1)/2 folds, of which count − 1 hold out a row. With three parts or fewer each
    /// fold holds out one.
    public init(_ rows: Int, pairsOf count: Int, using generator: inout some RandomNumberGenerator) {
        let count = max(1, min(count, rows))
        parts = Self.dealt(rows, count, using: &generator)
        let pairs = (0..<count).flatMap { first in (first + 1..<count).map { [first, $0] } }
        let sets = count > 3 ? pairs : count > 1 ? (0..<count).map { [$0] } : [[]]
        held = sets.map { set in (0..<count).map(set.contains) }
    }

    private static func dealt(
        _ rows: Int, _ count: Int, using generator: inout some RandomNumberGenerator
    ) -> [Int] {
        var parts = (0..<rows).map { $0 % count }
        generator.shuffle(&parts)
        return parts
    }

    /// Whether a fold holds out a row.
    public func holds(_ row: Int, _ fold: Int) -> Bool { held[fold][parts[row]] }

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
