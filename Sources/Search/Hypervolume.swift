import Statistics

/// The volume between a set of points and a reference point: of all that some point dominates and that itself
/// dominates the reference.
///
/// E. Zitzler and L. Thiele: Multiobjective Optimization Using Evolutionary Algorithms – A Comparative Case Study.
/// PPSN V, 1998. Exact but for rounding. Two objectives: a sweep, n log n. Three: a sweep of slices, n log n, after
/// N. Beume, C. M. Fonseca, M. López-Ibáñez, L. Paquete and J. Vahrenhold: On the Complexity of Computing the
/// Hypervolume Indicator. IEEE Transactions on Evolutionary Computation 13(5), 2009. More: L. While, L. Bradstreet and
/// L. Barone: A Fast Way of Calculating Exact Hypervolumes. IEEE Transactions on Evolutionary Computation 16(1), 2012.
public enum Hypervolume {
    /// The volume, in the product of the objectives' units. Points that do not dominate the reference, and those that
    /// are left out because a value is not finite, add nothing.
    /// - Parameter reference: one coordinate for each objective, in its own direction and unit.
    /// - Throws: `ObjectivesError` for a reference of another number of coordinates, or one that is not finite.
    public static func measure(_ objectives: Objectives, reference: [Double]) throws(ObjectivesError) -> Double {
        guard reference.count == objectives.columns.count else {
            throw .reference(objectives.columns.count, reference.count)
        }
        if let bad = reference.firstIndex(where: { !$0.isFinite }) { throw .infiniteReference(bad) }
        return volume(of: gains(objectives, reference))
    }

    /// By how much each point beats the reference in each objective, `[point][m]`, of those that do so in all.
    private static func gains(_ objectives: Objectives, _ reference: [Double]) -> [[Double]] {
        Pareto.front(objectives).compactMap { point in
            let gains = objectives.columns.indices.map { objective in
                let direction = objectives.directions[objective]
                return direction.cost(reference[objective]) - direction.cost(objectives.columns[objective][point])
            }
            return gains.allSatisfy { $0 > 0 } ? gains : nil
        }
    }

    /// The volume of the union of the boxes from the origin to each point.
    static func volume(of points: [[Double]]) -> Double {
        guard let dimensions = points.first?.count else { return 0 }
        switch dimensions {
        case 1: return points.reduce(0) { max($0, $1[0]) }
        case 2: return area(of: points)
        case 3: return SliceSweep.volume(of: points)
        default: return limited(points)
        }
    }

    /// From the widest box to the narrowest, each adds what it is taller than all before.
    private static func area(of points: [[Double]]) -> Double {
        var (height, area) = (0.0, 0.0)
        for point in points.sorted(by: { $0[0] > $1[0] }) where point[1] > height {
            area += point[0] * (point[1] - height)
            height = point[1]
        }
        return area
    }

    /// WFG: each point adds its own box less its overlap with the boxes of the points after it (equation 5). With the
    /// points in ascending order of the last objective, every overlap is as deep in it as the point itself, so that
    /// the recursion goes down by a dimension.
    private static func limited(_ points: [[Double]]) -> Double {
        let depth = points[0].count - 1
        let order = points.sorted { $0[depth] < $1[depth] }
        return order.indices.reduce(0) { total, place in
            let point = order[place]
            let overlaps = order[(place + 1)...].map { other in zip(point, other).prefix(depth).map { min($0, $1) } }
            let box = point.prefix(depth).reduce(1, *)
            return total + point[depth] * (box - volume(of: undominated(overlaps)))
        }
    }

    /// The points that no other reaches beyond in every objective, without copies. Sweeps do that themselves.
    private static func undominated(_ points: [[Double]]) -> [[Double]] {
        guard let dimensions = points.first?.count, dimensions > 3 else { return points }
        let order = points.sorted { $0.reduce(0, +) > $1.reduce(0, +) }
        return order.reduce(into: [[Double]]()) { kept, point in
            if !kept.contains(where: { zip($0, point).allSatisfy { $0 >= $1 } }) { kept.append(point) }
        }
    }
}
