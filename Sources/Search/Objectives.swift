/// Which way a quantity is better.
public enum Direction: String, CaseIterable, Sendable {
    /// More is better.
    case maximise
    /// Less is better.
    case minimise

    /// The value with less being better.
    @inline(__always)
    func cost(_ value: Double) -> Double { self == .minimise ? value : -value }
}

/// Several quantities of the same things, each with the way in which it is better.
///
/// m objectives of n points are m columns of n values, as in a table.
public struct Objectives: Sendable {
    /// The values of each objective, `[m][n]`.
    public let columns: [[Double]]
    /// Which way each is better, `[m]`.
    public let directions: [Direction]
    /// The points of which every value is finite, ascending; all others are left out.
    public let points: [Int]
    /// The points that are left out because a value is missing (NaN) or infinite, ascending.
    public let omitted: [Int]

    /// Joins columns of equal length with their directions.
    /// - Throws: `ObjectivesError` where there is no column, the lengths differ, or there are not as many directions.
    public init(_ columns: [[Double]], _ directions: [Direction]) throws(ObjectivesError) {
        guard let count = columns.first?.count else { throw .none }
        guard columns.count == directions.count else { throw .directions(columns.count, directions.count) }
        guard columns.allSatisfy({ $0.count == count }) else { throw .unequalLengths(columns.map(\.count)) }
        (self.columns, self.directions) = (columns, directions)
        let whole = columns.reduce(into: [Bool](repeating: true, count: count)) { whole, column in
            for point in whole.indices where !column[point].isFinite { whole[point] = false }
        }
        points = whole.indices.filter { whole[$0] }
        omitted = whole.indices.filter { !whole[$0] }
    }

    /// How many points there are, with those left out.
    public var count: Int { points.count + omitted.count }

    /// The values of an objective at `points`, less being better.
    func costs(_ objective: Int) -> [Double] {
        let (column, direction) = (columns[objective], directions[objective])
        return points.map { direction.cost(column[$0]) }
    }
}

/// What is wrong with objectives.
public enum ObjectivesError: Error, Equatable, CustomStringConvertible {
    /// No objective at all.
    case none
    /// So many columns with so many directions.
    case directions(Int, Int)
    /// Columns of these lengths.
    case unequalLengths([Int])
    /// So many objectives with a reference point of so many coordinates.
    case reference(Int, Int)
    /// A coordinate of the reference point is missing or infinite: which one, from 0.
    case infiniteReference(Int)

    /// What was expected, what came, and what to try.
    public var description: String {
        switch self {
        case .none:
            "at least one objective is needed: name a column to maximise or minimise"
        case .directions(let columns, let directions):
            "each objective needs one direction, but there are \(columns) objectives and \(directions) directions"
        case .unequalLengths(let lengths):
            "all objectives need the same number of values, but they have \(lengths.map(String.init).joined(separator: ", "))"
        case .reference(let objectives, let coordinates):
            "the reference point needs one coordinate for each of the \(objectives) objectives, not \(coordinates)"
        case .infiniteReference(let objective):
            "coordinate \(objective + 1) of the reference point must be a finite number"
        }
    }
}
